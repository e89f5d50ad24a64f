import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findForms } from '../../../src/core/occurrences';
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
