import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findForms, patternOf } from '../../../src/core/occurrences';
import { foldCase } from '../../../src/core/suggest/fold-case';
import { FormMatcher, formOf } from '../../../src/core/suggest/matcher';

function matcherOf(forms: readonly string[]): FormMatcher {
  const matcher = new FormMatcher();
  for (const form of forms) matcher.add(form);
  return matcher;
}

/** What is found, marked in the text with the number of its form. */
function mark(text: string, ...forms: string[]): string {
  let marked = '';
  let at16 = 0;
  for (const { form, start16, end16 } of matcherOf(forms).find(text)) {
    marked += `${text.slice(at16, start16)}[${form}:${text.slice(start16, end16)}]`;
    at16 = end16;
  }
  return marked + text.slice(at16);
}

describe('the matcher', () => {
  const cases: [why: string, marked: string, text: string, ...forms: string[]][] = [
    [
      'takes the longest form',
      '[1:New York City] [0:New York]',
      'New York City New York',
      'New York',
      'New York City',
    ],
    ['goes back to a form that was whole', '[0:New York] Cit', 'New York Cit', 'New York', 'New York City'],
    ['wants whole words', 'Romeo [0:Rome]', 'Romeo Rome', 'Rome'],
    ['needs no spaces in Chinese', '在[0:北京]航天', '在北京航天', '北京'],
    ['takes any white space for one', '[0:New\r\n  York]', 'New\r\n  York', 'New York'],
    ['knows signs and emoji', '[0:C++] [1:😀]', 'C++ 😀', 'C++', '😀'],
    ['keeps the case', 'us [0:US]', 'us US', 'US'],
  ];
  for (const [why, marked, text, ...forms] of cases)
    it(why, () => assert.equal(mark(text, ...forms), marked));

  it('finds what a pattern of all forms finds', () => {
    const letter = fc.constantFrom(
      'a',
      'b',
      'é',
      'e\u0301',
      '-',
      ' ',
      ' ',
      '\n',
      '北',
      '京',
      '😀',
      '𐐀',
      '\ud83d',
      '.',
      '_',
      '1',
    );
    const word = fc
      .array(letter, { minLength: 1, maxLength: 6 })
      .map((letters) => letters.join('').replace(/\s+/g, ' '));
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 40 }), fc.array(word, { maxLength: 8 }), (letters, forms) => {
        const text = letters.join('');
        const matcher = matcherOf(forms);
        const found = matcher.find(text);
        const expected = findForms(text, forms, { wholeWords: true, matchCase: true });
        assert.deepEqual(
          found.map(({ start16, end16 }) => ({ start16, end16 })),
          expected,
        );
        for (const { form, start16, end16 } of found)
          assert.equal(matcher.form(form), formOf(text.slice(start16, end16)));
      }),
      { numRuns: 300 },
    );
  });

  it('finds forms in their own case and in any, as one by one in the text', () => {
    const letters = [
      'a',
      'A',
      'ß',
      'ẞ',
      'σ',
      'ς',
      'Σ',
      'k',
      '\u212a',
      'İ',
      'ı',
      'i',
      'I',
      'ü',
      'Ü',
      '𐐀',
      '𐐨',
      ' ',
      '\n',
      '北',
    ];
    const letter = fc.constantFrom(...letters);
    const text = fc.array(letter, { maxLength: 30 }).map((all) => all.join(''));
    const word = fc
      .array(letter, { minLength: 1, maxLength: 4 })
      .map((all) => all.join('').replace(/\s+/g, ' '));
    const form = fc.record({ word, matchCase: fc.boolean() });
    /** At each place the longest form, by a pattern for each; of the same length, the one in this case. */
    const naive = (source: string, forms: readonly { word: string; matchCase: boolean }[]) => {
      const found: string[] = [];
      for (let at16 = 0; at16 < source.length;) {
        const here = forms.flatMap(({ word: one, matchCase }) => {
          const pattern = patternOf([one], { wholeWords: true, matchCase });
          if (!pattern) return [];
          pattern.lastIndex = at16;
          const hit = pattern.exec(source);
          return hit?.index === at16 ? [{ end16: at16 + hit[0].length, matchCase }] : [];
        });
        const best = here.sort((a, b) => b.end16 - a.end16 || +b.matchCase - +a.matchCase)[0];
        if (best) found.push(`${at16}–${best.end16} ${best.matchCase}`);
        at16 = best?.end16 ?? at16 + 1;
      }
      return found;
    };
    fc.assert(
      fc.property(text, fc.array(form, { maxLength: 6 }), (source, forms) => {
        const matcher = new FormMatcher();
        const inCase = new Set<number | undefined>();
        for (const { word: one, matchCase } of forms) {
          const number = matcher.add(one, matchCase);
          if (matchCase) inCase.add(number);
        }
        const found = matcher
          .find(source)
          .map((match) => `${match.start16}–${match.end16} ${inCase.has(match.form)}`);
        assert.deepEqual(found, naive(source, forms));
      }),
      { numRuns: 300 },
    );
  });

  it('takes for the same in any case what a pattern takes', () => {
    const wrong: string[] = [];
    for (let code = 0x80; code <= 0x1ffff; code++) {
      const character = String.fromCodePoint(code);
      const cases = [character.toLowerCase(), character.toUpperCase(), foldCase(character)];
      for (const other of new Set(cases)) {
        if (other === character || other.length !== character.length) continue;
        const isSame = new RegExp(`^${character}$`, 'iv').test(other);
        if (isSame !== (foldCase(character) === foldCase(other))) wrong.push(`${code.toString(16)} ${other}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('finds each of many forms, and gives each its number', () => {
    const forms = Array.from({ length: 20_000 }, (_, i) => `F${i.toString(36)} ${(i * 7919).toString(36)}`);
    const matcher = matcherOf([...forms, ...forms]);
    assert.equal(matcher.size, forms.length);
    const text = forms.join('; ');
    assert.deepEqual(
      matcher.find(text).map(({ form, start16, end16 }) => [matcher.form(form), text.slice(start16, end16)]),
      forms.map((form) => [form, form]),
    );
  });
});
