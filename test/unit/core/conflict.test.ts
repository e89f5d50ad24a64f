import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkConflicts, keepAllVersions, keepVersions, sidesOf } from '../../../src/core/conflict';
import { applyEdits, invertEdits } from '../../../src/core/model/edit';
import type { Annotations } from '../../../src/core/model/records';
import { compareEntities, type Entity } from '../../../src/core/model/entity';
import { splitConflict } from '../../../src/core/sidecar/conflict-markers';
import { readSidecar } from '../../../src/core/sidecar/read';
import { mergeAnnotations } from '../../../src/core/model/merge';
import { entity } from './arbitraries';

const ONE = entity({ id: 'aaaaaa', conflict: 'bbbbbb' });
const OTHER = entity({ id: 'bbbbbb', label: 'PER', note: 'n', conflict: 'aaaaaa' });
const LEFT = entity({ id: 'cccccc', start: 9, end: 13, conflict: 'deleted' });
const LONE = entity({ id: 'dddddd', start: 20, end: 24, conflict: 'zzzzzz' });
const ALL: Annotations = { status: 'open', entities: [ONE, OTHER, LEFT, LONE] };

const idsOf = ({ entities }: Annotations) =>
  entities.map(({ id, conflict }) => (conflict === undefined ? id : `${id}!`)).join();

describe('settling conflicts', () => {
  const settled = (edits: ReturnType<typeof keepVersions>) => {
    const after = applyEdits(ALL, edits);
    assert.deepEqual(applyEdits(after, invertEdits(edits)), ALL, 'can be taken back');
    return idsOf(after);
  };
  const keep = (...kept: Entity[]) => settled(keepVersions(kept, ALL.entities));

  it('by one version deletes the other', () => {
    assert.equal(keep(ONE), 'aaaaaa,cccccc!,dddddd!');
    assert.equal(keep(OTHER), 'bbbbbb,cccccc!,dddddd!');
  });

  it('by a version whose other is gone only removes the mark', () => {
    assert.equal(keep(LEFT, LONE), 'aaaaaa!,bbbbbb!,cccccc,dddddd');
  });

  it('by both versions removes both marks', () => {
    assert.equal(keep(ONE, OTHER), 'aaaaaa,bbbbbb,cccccc!,dddddd!');
    assert.equal(settled(keepAllVersions([OTHER], ALL.entities)), 'aaaaaa,bbbbbb,cccccc!,dddddd!');
  });

  it('does not delete a version that stands against another by now', () => {
    const moved = { ...OTHER, conflict: 'cccccc' };
    assert.deepEqual(
      keepVersions([ONE], [ONE, moved]).map(({ kind }) => kind),
      ['change'],
    );
  });

  it('is asked for by a problem for each, which says how versions differ', () => {
    const problems = checkConflicts([...ALL.entities, entity()], ({ start, end }) => ({
      start16: start,
      end16: end,
    }));
    assert.deepEqual(
      problems.map(({ start16, values }) => [start16, values.id, values.state, values.fields]),
      [
        [0, 'aaaaaa', 'other', 'label, note'],
        [0, 'bbbbbb', 'other', 'label, note'],
        [9, 'cccccc', 'deleted', ''],
        [20, 'dddddd', 'gone', ''],
      ],
    );
  });
});

const marked = (ours: string, base: string | undefined, theirs: string) =>
  `<<<<<<< HEAD\n${ours}${base === undefined ? '' : `||||||| 1234567\n${base}`}=======\n${theirs}>>>>>>> theirs\n`;

describe('versions in conflict', () => {
  const named = (entities: readonly Entity[], sides: ReadonlyMap<string, string>) =>
    entities.map(({ id, label, note }) => `${label}${note ?? ''} ${sides.get(id) ?? '?'}`).sort();
  const merge = (base: Entity[], ours: Entity[], theirs: Entity[]) => {
    const all = [base, ours, theirs].map((entities): Annotations => ({ status: 'open', entities }));
    const { entities } = mergeAnnotations(...(all as [Annotations, Annotations, Annotations])).annotations;
    return named(entities, sidesOf(entities, { ours, theirs }));
  };
  const was = entity({ id: 'aaaaaa', label: 'GPE' });

  it('are those of the side that said what they differ in', () => {
    const [loc, org] = [entity({ ...was, label: 'LOC' }), entity({ ...was, label: 'ORG' })];
    assert.deepEqual(merge([was], [loc], [org]), ['LOC ours', 'ORG theirs']);
    assert.deepEqual(merge([was], [org], [loc]), ['LOC theirs', 'ORG ours']);
    // The note that one side added is in both versions.
    assert.deepEqual(merge([was], [{ ...loc, note: 'n' }], [org]), ['LOCn ours', 'ORGn theirs']);
  });

  it('are of the side that still has them, where the other deleted them', () => {
    const changed = entity({ ...was, label: 'LOC' });
    assert.deepEqual(merge([was], [changed], []), ['LOC ours']);
    assert.deepEqual(merge([was], [], [changed]), ['LOC theirs']);
  });

  it('of any merge are never both of one side', () => {
    const one = fc.record({
      id: fc.constantFrom('aaaaaa', 'bbbbbb', 'cccccc'),
      label: fc.constantFrom('PER', 'ORG', 'GPE'),
      start: fc.constantFrom(0, 9),
      note: fc.constantFrom(undefined, 'n', 'm'),
    });
    const state = fc.uniqueArray(one, { selector: ({ id }) => id }).map((some): Annotations => ({
      status: 'open',
      entities: some
        .map(({ note, start, ...rest }) =>
          entity({ ...rest, start, end: start + 4, ...(note !== undefined && { note }) }),
        )
        .sort(compareEntities),
    }));
    fc.assert(
      fc.property(state, state, state, (base, ours, theirs) => {
        const { entities } = mergeAnnotations(base, ours, theirs).annotations;
        const sides = sidesOf(entities, { ours: ours.entities, theirs: theirs.entities });
        for (const { id, conflict } of entities) {
          if (conflict === undefined) assert.equal(sides.get(id), undefined);
          else if (sides.has(id) && sides.has(conflict)) assert.notEqual(sides.get(id), sides.get(conflict));
        }
      }),
    );
  });
});

describe('conflict markers of git', () => {
  it('part a file into its sides', () => {
    const source = `a\n${marked('b\n', undefined, 'c\nd\n')}e\n${marked('', undefined, 'f\n')}`;
    assert.deepEqual(splitConflict(source), {
      ours: 'a\nb\ne\n',
      base: undefined,
      theirs: 'a\nc\nd\ne\nf\n',
      names: { ours: 'HEAD', theirs: 'theirs' },
      start16: 2,
      end16: 14,
    });
  });

  it('part it into the base, too, where every conflict shows it', () => {
    assert.equal(splitConflict(`a\n${marked('b\n', 'x\n', 'c\n')}`)?.base, 'a\nx\n');
    const mixed = marked('b\n', 'x\n', 'c\n') + marked('b\n', undefined, 'c\n');
    assert.equal(splitConflict(mixed)?.base, undefined);
  });

  it('may stand on lines that end with \\r\\n, and at the end of the file', () => {
    const source = marked('b\n', undefined, 'c\n').replaceAll('\n', '\r\n').trimEnd();
    const { ours, theirs } = splitConflict(source) ?? {};
    assert.deepEqual([ours, theirs], ['b\r\n', 'c\r\n']);
  });

  for (const source of [
    'a\n',
    'a\n=======\nb\n',
    '<<<<<<< HEAD\na\n',
    '<<<<<<< HEAD\na\n=======\nb\n',
    '<<<<<<< HEAD\na\n>>>>>>> b\n',
    '<<<<<<< HEAD\na\n<<<<<<< HEAD\n=======\nb\n>>>>>>> b\n',
    ' <<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n',
    '<<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n',
  ]) {
    it(`are not in ${JSON.stringify(source)}`, () => assert.equal(splitConflict(source), undefined));
  }

  it('of any lines give the lines back', () => {
    const lines = fc.array(fc.constantFrom('a\n', '=\n', '<<<<\n', '  - {x: 1}\n', '\n'), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(lines, lines, lines, lines), { minLength: 1, maxLength: 4 }), (hunks) => {
        const text = (part: string[]) => part.join('');
        const side = (n: number) => hunks.map((hunk) => text(hunk[0]) + text(hunk[n]!)).join('');
        const source = hunks
          .map(([both, o, b, t]) => text(both) + marked(text(o), text(b), text(t)))
          .join('');
        const { ours, base, theirs } = splitConflict(source) ?? {};
        assert.deepEqual([ours, base, theirs], [side(1), side(2), side(3)]);
      }),
    );
  });

  it('are the one problem of a sidecar, at the first of them', () => {
    const source = `version: 1\nentities:\n${marked('  - {id: a}\n', undefined, '  - {id: b}\n')}`;
    const { sidecar, problems } = readSidecar('\ufeff' + source);
    assert.equal(sidecar, undefined);
    assert.deepEqual(
      problems.map(({ code, severity, start16, end16 }) => [code, severity, start16, end16]),
      [['git-conflict', 'error', 22, 34]],
    );
  });
});
