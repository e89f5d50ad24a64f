import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alignTexts } from '../../../src/core/align';
import {
  invertChanges,
  moveSpan,
  toTextChange,
  toTextChanges,
  type TextChange,
} from '../../../src/core/change';
import { TextIndex, type Span, type TextReplacement } from '../../../src/core/text';
import { hostileText, naive, spanIn } from './arbitraries';

const edited = hostileText.chain((raw) =>
  fc.tuple(
    fc.constant(raw),
    spanIn(raw.length),
    hostileText.map((text) => text.slice(0, 6)),
  ),
);

describe('an edit as a change in code points', () => {
  const change = (raw: string, start16: number, end16: number, text: string) => {
    const result = toTextChange(new TextIndex(raw), { start16, end16, text });
    return result && [result.start, result.end, result.inserted];
  };

  it('agrees with a naive model, whatever the edit splits or joins', () => {
    fc.assert(
      fc.property(edited, ([raw, { start, end }, text]) => {
        const replaced = raw.slice(0, start) + text + raw.slice(end);
        const found = toTextChange(new TextIndex(raw), { start16: start, end16: end, text });
        const [old, now] = [naive(raw), naive(replaced)];
        if (!found) return assert.deepEqual(now, old);
        const inserted = now.slice(found.start, found.start + found.inserted);
        assert.deepEqual([...old.slice(0, found.start), ...inserted, ...old.slice(found.end)], now);
        const removed = old.slice(found.start, found.end);
        assert.ok(removed.length + inserted.length > 0);
        if (removed.length > 0 && inserted.length > 0) {
          assert.notEqual(removed[0], inserted[0], 'as small as it can be');
          assert.notEqual(removed.at(-1), inserted.at(-1), 'as small as it can be');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is none where only line endings change', () => {
    assert.equal(change('a\nb\nc', 0, 5, 'a\r\nb\r\nc'), undefined);
    assert.equal(change('a\r\nb', 1, 3, '\n'), undefined);
    assert.equal(change('a\nb', 1, 1, '\r'), undefined);
    assert.equal(change('a\r\nb', 2, 3, ''), undefined);
  });

  it('leaves out what both ends share', () => {
    assert.deepEqual(change('one two three', 0, 13, 'one twelve three'), [6, 7, 4]);
    assert.deepEqual(change('aaa', 0, 1, ''), [0, 1, 0]);
  });

  it('knows what an edit splits and joins', () => {
    assert.deepEqual(change('a\r\nb', 2, 2, 'x'), [2, 2, 2], 'a line ending becomes two');
    assert.deepEqual(change('a\rx\nb', 2, 3, ''), [2, 4, 0], 'two become one');
    assert.deepEqual(change('\ud83dx\ude00', 1, 2, ''), [0, 3, 1], 'halves become an emoji');
    assert.deepEqual(change('😀', 1, 1, 'x'), [0, 1, 3], 'an emoji becomes halves');
    assert.deepEqual(change('ab', 1, 1, '\ufeffx'), [1, 1, 2], 'a mark inside counts');
    assert.deepEqual(change('a\ufeffb', 0, 1, ''), [0, 2, 0], 'a mark that is first now does not');
    assert.deepEqual(change('\ufeffab', 0, 0, 'x'), [0, 0, 2], 'one that is not first any more does');
  });
});

describe('the edits of one event', () => {
  const event = hostileText.chain((raw) =>
    fc.tuple(fc.constant(raw), fc.array(fc.nat(raw.length), { maxLength: 6 }), hostileText),
  );

  it('agree with a naive model together', () => {
    fc.assert(
      fc.property(event, ([raw, places, inserted]) => {
        const sorted = places.sort((a, b) => a - b);
        const replacements: TextReplacement[] = [];
        for (let i = 0; i + 1 < sorted.length; i += 2) {
          replacements.push({ start16: sorted[i]!, end16: sorted[i + 1]!, text: inserted.slice(i, i + 3) });
        }
        let replaced = raw;
        replacements.reverse();
        for (const one of replacements) {
          replaced = replaced.slice(0, one.start16) + one.text + replaced.slice(one.end16);
        }
        const changes = toTextChanges(new TextIndex(raw), replacements);
        assert.deepEqual(applyAll(naive(raw), naive(replaced), changes), naive(replaced));
      }),
      { numRuns: 1000 },
    );
  });
});

/** A text after changes; what they insert is taken from the text that must come out. */
function applyAll(old: string[], now: string[], changes: readonly TextChange[]): string[] {
  // From the last to the first, so what stands before a change still stands where the old text has it.
  let by = now.length - old.length;
  let result = [...old];
  for (const { start, end, inserted } of changes) {
    by -= inserted - (end - start);
    result = [
      ...result.slice(0, start),
      ...now.slice(start + by, start + by + inserted),
      ...result.slice(end),
    ];
  }
  return result;
}

/** `ab[cd]ef`: the span within brackets; `ab<xy>cd`: what an edit removes or has put in. */
function readSpan(marked: string): { text: string; span: Span } {
  const start = marked.indexOf('[');
  return { text: marked.replace(/[[\]]/g, ''), span: { start, end: marked.indexOf(']') - 1 } };
}

describe('a span that a change moves', () => {
  const table: [what: string, before: string, change: [number, number, string], after: string][] = [
    ['text typed before it', 'ab[cd]ef', [0, 0, 'xx'], 'xxab[cd]ef'],
    ['text typed at its start stays outside', 'ab[cd]ef', [2, 2, 'x'], 'abx[cd]ef'],
    ['text typed inside makes it grow', 'ab[cd]ef', [3, 3, 'x'], 'ab[cxd]ef'],
    ['text typed at its end stays outside', 'ab[cd]ef', [4, 4, 'x'], 'ab[cd]xef'],
    ['text typed behind it', 'ab[cd]ef', [5, 5, 'x'], 'ab[cd]exf'],
    ['text deleted before it', 'ab[cd]ef', [0, 2, ''], '[cd]ef'],
    ['its first letter deleted', 'ab[cd]ef', [2, 3, ''], 'ab[d]ef'],
    ['its last letter deleted', 'ab[cd]ef', [3, 4, ''], 'ab[c]ef'],
    ['its inside deleted', 'a[bcde]f', [2, 4, ''], 'a[be]f'],
    ['a deletion over its start', 'ab[cd]ef', [1, 3, ''], 'a[d]ef'],
    ['a deletion over its end', 'ab[cd]ef', [3, 5, ''], 'ab[c]f'],
    ['all of it deleted', 'ab[cd]ef', [2, 4, ''], 'ab[]ef'],
    ['more than it deleted', 'ab[cd]ef', [1, 5, ''], 'a[]f'],
    ['its first letters replaced', 'ab[cd]ef', [2, 3, 'xyz'], 'ab[xyzd]ef'],
    ['its last letters replaced', 'ab[cd]ef', [3, 4, 'xyz'], 'ab[cxyz]ef'],
    ['a replacement over its start', 'ab[cd]ef', [1, 3, 'xyz'], 'axyz[d]ef'],
    ['a replacement over its end', 'ab[cd]ef', [3, 5, 'xyz'], 'ab[c]xyzf'],
    ['all of it replaced', 'ab[cd]ef', [2, 4, 'xyz'], 'ab[]xyzef'],
  ];
  for (const [what, before, [start, end, text], after] of table) {
    it(`${what}: ${before} → ${after}`, () => {
      const old = readSpan(before);
      const now = old.text.slice(0, start) + text + old.text.slice(end);
      const moved = moveSpan(old.span, { start, end, inserted: text.length });
      assert.equal(
        `${now.slice(0, moved.start)}[${now.slice(moved.start, moved.end)}]${now.slice(moved.end)}`,
        after,
      );
    });
  }

  const changed = fc
    .tuple(spanIn(30), spanIn(30), fc.nat(9))
    .map(([span, at, inserted]): [Span, TextChange] => [span, { ...at, inserted }]);

  it('stays within the text, in order', () => {
    fc.assert(
      fc.property(changed, ([span, change]) => {
        const moved = moveSpan(span, change);
        assert.ok(0 <= moved.start && moved.start <= moved.end);
        assert.ok(moved.end <= 30 + change.inserted - (change.end - change.start));
      }),
    );
  });

  it('comes back by the inverse change where it was apart from the change, or held it', () => {
    fc.assert(
      fc.property(changed, ([span, change]) => {
        const back = invertChanges([change]).reduce<Span>(moveSpan, moveSpan(span, change));
        const isApart = change.end < span.start || change.start > span.end;
        const isInside = span.start < change.start && change.end < span.end;
        if (isApart || isInside) assert.deepEqual({ start: back.start, end: back.end }, span);
      }),
    );
  });

  it('is where it was where the inverse of changes is taken back', () => {
    const changes = [
      { start: 9, end: 9, inserted: 3, lead: 2 },
      { start: 4, end: 7, inserted: 1 },
      { start: 0, end: 2, inserted: 0, trail: 1 },
    ];
    assert.deepEqual(invertChanges(changes), [
      { start: 5, end: 8, inserted: 0, lead: 2 },
      { start: 2, end: 3, inserted: 3 },
      { start: 0, end: 0, inserted: 2, trail: 1 },
    ]);
    assert.deepEqual(invertChanges(invertChanges(changes)), changes);
  });
});

describe('changes that nobody saw', () => {
  it('lead from one text to the other', () => {
    const words = fc.array(fc.constantFrom('one ', 'two ', 'three\n', 'four', '\n', '😀', '中'), {
      maxLength: 14,
    });
    const text = fc.oneof(
      hostileText,
      words.map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, text, (from, to) => {
        const changes = alignTexts(new TextIndex(from), new TextIndex(to));
        assert.deepEqual(applyAll(naive(from), naive(to), changes), naive(to));
        changes.forEach((change, i) => assert.ok(i === 0 || change.end <= changes[i - 1]!.start));
      }),
      { numRuns: 1000 },
    );
  });

  it('leave what stands between two edits where it is', () => {
    const from = 'The first line.\nIn the middle stands Beijing.\nThe last line.\n';
    const to = 'A first line.\nIn the middle stands Beijing.\nThe very last line.\n';
    let span: Span = { start: from.indexOf('Beijing'), end: from.indexOf('Beijing') + 7 };
    for (const change of alignTexts(new TextIndex(from), new TextIndex(to))) span = moveSpan(span, change);
    assert.equal(to.slice(span.start, span.end), 'Beijing');
  });

  it('also within one paragraph', () => {
    const from = 'On Monday the mayor of Beijing met the mayor of Nanjing.';
    const to = 'On Tuesday the old mayor of Beijing met some people of Nanjing.';
    let span: Span = { start: from.indexOf('Beijing'), end: from.indexOf('Beijing') + 7 };
    for (const change of alignTexts(new TextIndex(from), new TextIndex(to))) span = moveSpan(span, change);
    assert.equal(to.slice(span.start, span.end), 'Beijing');
  });
});
