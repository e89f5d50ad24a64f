import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findForm, findForms, formTest, type FormOptions } from '../../../src/core/occurrences';

const EXACT: FormOptions = { wholeWords: true, matchCase: true };

/** What is found, marked in the text. */
function mark(text: string, forms: string | readonly string[], options: Partial<FormOptions> = {}): string {
  let marked = '';
  let at16 = 0;
  for (const { start16, end16 } of findForms(text, [forms].flat(), { ...EXACT, ...options })) {
    marked += `${text.slice(at16, start16)}[${text.slice(start16, end16)}]`;
    at16 = end16;
  }
  return marked + text.slice(at16);
}

describe('all places of a form', () => {
  const cases: [why: string, text: string, form: string | string[], marked: string][] = [
    [
      'are whole words',
      'Rome, Romeo and Rome’s Rome2 _Rome',
      'Rome',
      '[Rome], Romeo and [Rome]’s Rome2 _Rome',
    ],
    ['need no spaces in Chinese', '王亚平在北京航天城', '北京', '王亚平在[北京]航天城'],
    ['end beside another script', '在Beijing市', 'Beijing', '在[Beijing]市'],
    ['keep the case', 'US and us', 'US', '[US] and us'],
    ['are the longest of several forms', 'New York City', ['New York', 'New York City'], '[New York City]'],
    ['do not overlap', 'Ada Ada Ada', 'Ada Ada', '[Ada Ada] Ada'],
    ['may be wrapped', 'New\nYork', 'New York', '[New\nYork]'],
    [
      'hold signs as they are',
      'C++ and C+ (a|b) $1 [x]',
      ['C++', '(a|b)', '$1', '[x]'],
      '[C++] and C+ [(a|b)] [$1] [[x]]',
    ],
    ['may be emoji', 'a 😀😀 b', '😀', 'a [😀][😀] b'],
    ['know combining marks', 'cafe\u0301 cafe', 'cafe', 'cafe\u0301 [cafe]'],
  ];
  for (const [why, text, form, marked] of cases) {
    it(why, () => assert.equal(mark(text, form), marked));
  }

  it('may be in any case, or within words', () => {
    assert.equal(
      mark('İstanbul ISTANBUL istanbul', 'Istanbul', { matchCase: false }),
      'İstanbul [ISTANBUL] [istanbul]',
    );
    assert.equal(mark('ΣΊΣΥΦΟΣ', 'σίσυφος', { matchCase: false }), '[ΣΊΣΥΦΟΣ]');
    assert.equal(mark('Romeo', 'Rome', { wholeWords: false }), '[Rome]o');
  });

  it('are none for nothing', () => {
    assert.deepEqual(findForms('abc', [], EXACT), []);
    assert.deepEqual(findForms('abc', ['', ' '], EXACT), []);
  });

  it('hold a form, whatever it is made of', () => {
    const piece = fc
      .stringMatching(/^[ab .\\|^$()[\]{}*+?/&~!#-]{1,4}$/u)
      .filter((form) => form.trim() !== '');
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 3 }),
        fc.string(),
        fc.string(),
        (forms, before, after) => {
          const text = `${before} ${forms[0]} ${after}`;
          const options = { wholeWords: false, matchCase: true };
          const found = findForms(text, forms, options);
          assert.ok(found.length > 0);
          const folded = forms.map((form) => form.trim().replace(/\s+/g, ' '));
          for (const { start16, end16 } of found)
            assert.ok(folded.includes(text.slice(start16, end16).replace(/\s+/g, ' ')));
        },
      ),
    );
  });

  it('are the same for one form without its pattern', () => {
    const letter = fc.constantFrom('a', 'é', 'e\u0301', '-', ' ', '北', '😀', '.', 'B');
    const word = fc.array(letter, { minLength: 1, maxLength: 3 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.array(letter), word, (letters, form) => {
        fc.pre(!/\s/.test(form));
        const text = letters.join('');
        let behind = 0;
        const found = [...findForm(text, form)].filter(({ start16, end16 }) => {
          if (start16 < behind) return false;
          behind = end16;
          return true;
        });
        assert.deepEqual(found, findForms(text, [form], { wholeWords: true, matchCase: true }));
      }),
    );
  });
});

describe('a test of whole texts', () => {
  it('takes a form with any white space, and in any case where that is asked for', () => {
    const texts = ['New York', 'New\nYork', 'new york', 'New York City', 'Old New York', '京'];
    const taken = (matchCase: boolean) => texts.filter(formTest(['New York', '京'], matchCase));
    assert.deepEqual(taken(true), ['New York', 'New\nYork', '京']);
    assert.deepEqual(taken(false), ['New York', 'New\nYork', 'new york', '京']);
    assert.deepEqual(texts.filter(formTest([' '], false)), []);
  });

  it('is about what is seen, at the ends of the text and of the form', () => {
    const isRome = formTest(['\u200bRome\u00ad'], true);
    assert.deepEqual(['Rome', '\u2067Rome\u2069', 'Ro\u200bme'].map(isRome), [true, true, false]);
    assert.deepEqual(findForms('a Rome\u200b.', ['Rome\u200b'], EXACT), [{ start16: 2, end16: 6 }]);
  });
});
