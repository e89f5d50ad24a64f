import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareEntities, type Entity } from '../../../src/core/model/entity.ts';
import { BROKEN, groupByType, readKey } from '../../../src/features/decorations/groups.ts';
import { placesOf } from '../../../src/features/decorations/levels.ts';

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
    const places = placesOf([outer, inner, same, fourth, next]);
    assert.deepEqual(
      [outer, inner, same, fourth, next].map((one) => places.get(one)?.level),
      [0, 1, 2, 2, 0],
    );
  });

  it('have their labels at different corners, also where one begins in another and ends behind it', () => {
    const date = entity('a', 0, 14, { label: 'DATE' });
    const event = entity('b', 10, 33, { label: 'EVENT' });
    const city = entity('c', 15, 22, { label: 'GPE' });
    const places = placesOf([date, event, city]);
    const corners = [date, event, city].map((one) => places.get(one)?.corner);
    assert.deepEqual(corners, ['end', 'end', 'end']);
    const inner = placesOf([event, city]);
    assert.deepEqual([event, city].map((one) => inner.get(one)?.corner), ['end', 'start']); // prettier-ignore
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
        const places = placesOf(entities);
        for (const a of placed) {
          for (const b of placed) {
            if (a === b || !shareText(a, b) || places.get(a)?.level !== places.get(b)?.level) continue;
            assert.equal(places.get(a)?.level, 2, `${a.id} and ${b.id} look the same`);
          }
        }
        const groups = groupByType(entities, places);
        assert.equal([...groups.values()].flat().length, entities.length);
        for (const [key, group] of groups) {
          if (key === BROKEN) continue;
          const { label, isReviewed, ...place } = readKey(key);
          group.forEach((member, i) => {
            assert.deepEqual([member.label, member.reviewed, places.get(member)], [label, isReviewed, place]);
            assert.ok(i === 0 || group[i - 1]!.end < member.start);
          });
        }
      }),
    );
  });
});
