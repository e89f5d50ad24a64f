import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareEntities, type Entity } from '../../../src/core/entity.ts';
import { BROKEN, groupByType, readKey } from '../../../src/features/decorations/groups.ts';
import { levelsOf } from '../../../src/features/decorations/levels.ts';

const entity = (id: string, start: number, end: number, more: Partial<Entity> = {}): Entity => ({
  ...{ id, label: 'ORG', start, end, text: 'x'.repeat(end - start) },
  ...more,
});
const shareText = (a: Entity, b: Entity) => a.start < b.end && b.start < a.end;

describe('the lines of entities', () => {
  it('are at different heights where entities share text, the outer one lowest', () => {
    const outer = entity('a', 0, 20);
    const inner = entity('b', 5, 9, { label: 'GPE' });
    const same = entity('c', 5, 9, { label: 'PER' });
    const fourth = entity('d', 6, 8);
    const next = entity('e', 20, 22);
    const levels = levelsOf([outer, inner, same, fourth, next]);
    assert.deepEqual(
      [outer, inner, same, fourth, next].map((one) => levels.get(one)),
      [0, 1, 2, 2, 0],
    );
  });

  it('differ for any two that share text, as far as there are lines, and each type draws them apart', () => {
    const one = fc
      .record({
        start: fc.nat(30),
        length: fc.integer({ min: 1, max: 12 }),
        label: fc.constantFrom('ORG', 'a+/-b'),
        reviewed: fc.boolean(),
        broken: fc.constantFrom(undefined, true as const),
      })
      .map(({ start, length, broken, ...rest }) => ({
        start,
        end: start + length,
        ...rest,
        ...(broken && { broken }),
      }));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (all) => {
        const entities = all
          .map(({ start, end, ...more }, i) => entity(`e${i}`, start, end, more))
          .sort(compareEntities);
        const placed = entities.filter(({ broken }) => !broken);
        const levels = levelsOf(entities);
        for (const a of placed) {
          for (const b of placed) {
            if (a === b || !shareText(a, b) || levels.get(a) !== levels.get(b)) continue;
            assert.equal(levels.get(a), 2, `${a.id} and ${b.id} look the same`);
          }
        }
        const groups = groupByType(entities, levels);
        assert.equal([...groups.values()].flat().length, entities.length);
        for (const [key, group] of groups) {
          if (key === BROKEN) continue;
          const { label, isReviewed, level } = readKey(key);
          group.forEach((member, i) => {
            assert.deepEqual([member.label, member.reviewed, levels.get(member)], [label, isReviewed, level]);
            assert.ok(i === 0 || group[i - 1]!.end < member.start);
          });
        }
      }),
    );
  });
});
