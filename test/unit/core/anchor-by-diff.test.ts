import assert from 'node:assert/strict';
import { anchorByDiff } from '../../../src/core/anchor/by-diff.ts';
import { TextIndex } from '../../../src/core/text.ts';
import { entity } from './arbitraries.ts';

/** So many characters of a sentence, of which no two are alike nearby: the last ones, or the first ones. */
const LEAD = 'bcdf ghjk lmnp qrst vwxz bdgk cfhl jmqt npsv rwzb dfkp ghlq jtvx cmrz ';
const TRAIL = ' bfjn cgkp dhlq rtvx mswz bgmr chns dktv fjpw glqx hbrz cndv kfsw jgtx';
const lead = (length: number) => LEAD.repeat(8).slice(-length);
const trail = (length: number) => TRAIL.repeat(8).slice(0, length);
/** A word of another text. */
const word = (length: number) => 'y'.repeat(length);
const other = (length: number) => 'u'.repeat(length);

/** Where the mention in square brackets of an old text is in the new: `-` where that is left to a person. */
function found(old: string, now: string, mention?: string): string {
  const [start, end] = [old.indexOf('['), old.indexOf(']') - 1];
  const [from, to] = [old, now].map((text) => new TextIndex(text.replace(/[[\]]/g, ''))) as [
    TextIndex,
    TextIndex,
  ];
  const asked = entity({ start, end, text: mention ?? from.slice({ start, end }) });
  const places = anchorByDiff([asked], from, to);
  return places.has(asked) ? String(places.get(asked)?.start) : '-';
}

/** The same as {@link found}; the new text has square brackets where the mention is to be found, if it is. */
function check(old: string, now: string, mention?: string): void {
  const expected = now.indexOf('[');
  assert.equal(found(old, now, mention), expected < 0 ? '-' : String(expected), `${old}\n${now}`);
}

/** Another mention, of whose surroundings nothing changed: the first is not the only one. */
const LATER = '. Later, Rome slept on.';

describe('a mention of an older text, by comparison', () => {
  const alone: [what: string, old: string, now: string, mention?: string][] = [
    ['is where it is alone in both texts, whatever was written around it', 'In [Rome] it rained.', 'We all saw [Rome], and it shone.'],
    ['is where it was written in another way', 'Then O[’Neill] sang.', "Then, O['Neill] sang."],
    ['is found without the white space at its ends', 'In [Rome ]it rained.', 'Now in [Rome], it rained.', 'Rome '],
    ['is not told where it was not in the old text', '[In Rome it] rained.', 'In Rome it rained.', 'Rome'],
    ['is not another, though that stands where anything stood', 'xo xe xi [Rome] fell', '-Rome xo xe xi'],
  ]; // prettier-ignore
  for (const [what, ...texts] of alone) it(what, () => check(...texts));

  describe('that is not alone, and whose surroundings were rewritten', () => {
    /** Of a sentence, so many characters before it are left, and so many behind it. */
    const rewritten = (
      before: number,
      after: number,
      [deleted, inserted]: [number, number],
      isFound: boolean,
    ) => {
      const rest = `${trail(after)}${LATER}`;
      const mention = isFound ? '[Rome]' : 'Rome';
      check(
        `${word(deleted)}${lead(before)}[Rome]${rest}`,
        `${other(inserted)}${lead(before)}${mention}${rest}`,
      );
    };
    it('is left to a person where more than a third of what stands before it is gone', () => {
      rewritten(11, 5, [20, 0], true);
      rewritten(11, 5, [21, 0], false);
    });
    it('or more than half as much was put in there', () => {
      rewritten(11, 5, [0, 30], true);
      rewritten(11, 5, [0, 31], false);
      rewritten(11, 5, [15, 15], true);
    });
    it('but not where a word before it is left', () => rewritten(12, 5, [40, 40], true));
    it('nor where most of its sentence is', () => {
      rewritten(11, 20, [21, 0], false);
      rewritten(11, 21, [21, 0], true);
    });
    it('where what else agrees is in the sentences around it, that does not count', () => {
      const rest = `${trail(5)}. ${trail(40)}${LATER}`;
      check(`${word(21)}${lead(11)}[Rome]${rest}`, `${lead(11)}Rome${rest}`);
      const [before, end] = [`${lead(40)}! ${lead(5)}`, `${trail(9)}${word(21)}${LATER}`];
      check(`${before}[Rome]${end}`, `${before}Rome${trail(9)}${LATER}`);
    });
    it('what was rewritten farther away does not count', () => {
      // A letter at eleven characters, so that no word is left, and a word at so many.
      const far = (at: number, isFound: boolean) => {
        const between = lead(at - 12);
        const mention = isFound ? '[Rome]' : 'Rome';
        const end = `${trail(5)}${LATER}`;
        check(
          `${lead(9)}${between}Q${lead(11)}[Rome]${end}`,
          `${lead(9)}${other(31)}${between}Z${lead(11)}${mention}${end}`,
        );
      };
      far(61, true);
      far(60, false);
      far(40, false);
    });
    it('nor does what of a long deletion is farther away', () => {
      const cut = (near: number, isFound: boolean) => {
        const between = lead(60 - near - 12);
        const mention = isFound ? '[Rome]' : 'Rome';
        const end = `${trail(5)}${LATER}`;
        check(
          `${lead(9)}${word(40)}${between}Q${lead(11)}[Rome]${end}`,
          `${lead(9)}${between}Z${lead(11)}${mention}${end}`,
        );
      };
      cut(19, true);
      cut(20, false);
    });
    /** As {@link rewritten}, behind it. */
    const behind = (
      before: number,
      after: number,
      [deleted, inserted]: [number, number],
      isFound: boolean,
    ) => {
      const start = `Later, Rome slept on. ${lead(before)}`;
      const mention = isFound ? '[Rome]' : 'Rome';
      check(
        `${start}[Rome]${trail(after)}${word(deleted)}`,
        `${start}${mention}${trail(after)}${other(inserted)}`,
      );
    };
    it('is left to a person, too, where that was behind it', () => {
      behind(5, 11, [20, 0], true);
      behind(5, 11, [21, 0], false);
      behind(5, 11, [0, 30], true);
      behind(5, 11, [0, 31], false);
      behind(5, 12, [40, 40], true);
      // The space behind the sentence before is one of them.
      behind(19, 11, [21, 0], false);
      behind(20, 11, [21, 0], true);
    });
    it('as far as that is near', () => {
      const far = (at: number, isFound: boolean) => {
        const start = `Later, Rome slept on. ${lead(5)}`;
        const between = trail(at - 12);
        const mention = isFound ? '[Rome]' : 'Rome';
        check(
          `${start}[Rome]${trail(11)}Q${between}${trail(9)}`,
          `${start}${mention}${trail(11)}Z${between}${other(31)}${trail(9)}`,
        );
      };
      far(61, true);
      far(60, false);
      far(40, false);
      const cut = (near: number, isFound: boolean) => {
        const start = `Later, Rome slept on. ${lead(5)}`;
        const between = trail(60 - near - 12);
        const mention = isFound ? '[Rome]' : 'Rome';
        check(
          `${start}[Rome]${trail(11)}Q${between}${word(40)}${trail(9)}`,
          `${start}${mention}${trail(11)}Z${between}${trail(9)}`,
        );
      };
      cut(19, true);
      cut(20, false);
    });
  });

  describe('that is not alone, where something else fits as well', () => {
    /** A text of which one character is another, so many from an end. */
    const spoilt = (text: string, at: number) => `${text.slice(0, at)}Z${text.slice(at + 1)}`;
    const around = (before: number, after: number) => `#${lead(before)}Rome${trail(after)}#`;
    type Agreement = [before: number, after: number];
    const image = ([before, after]: Agreement, mention: string) =>
      `${spoilt(lead(60), 59 - before)}${mention}${spoilt(trail(60), after)}`;
    const whole = `${lead(60)}[Rome]${trail(60)}`;

    /** Of what is around the mention so much is left, and a copy that is new has so much of it. */
    const beside = (agreed: Agreement, copy: Agreement, isFound: boolean) =>
      check(whole, image(agreed, isFound ? '[Rome]' : 'Rome') + around(...copy));
    const cases: [what: string, agreed: Agreement, beaten: Agreement, fits: Agreement][] = [
      ['has as much of it', [10, 10], [10, 9], [10, 10]],
      ['has as much of it, on other sides', [10, 10], [8, 11], [9, 11]],
      ['has a longer word before it', [5, 20], [12, 8], [13, 8]],
      ['has a longer word behind it', [20, 6], [8, 12], [8, 13]],
      ['has more before it', [15, 25], [15, 8], [16, 8]],
      ['has more behind it', [25, 15], [8, 15], [8, 16]],
      ['has a sentence of it, with all that is before it', [20, 30], [19, 13], [20, 12]],
      ['has a sentence of it, with all that is behind it', [30, 20], [13, 19], [12, 20]],
    ];
    for (const [what, agreed, beaten, fits] of cases)
      it(`is left to a person where that ${what}`, () => {
        beside(agreed, beaten, true);
        beside(agreed, fits, false);
      });
    it('is where it was if that has less than a sentence of it', () => {
      beside([20, 30], [20, 11], true);
      beside([30, 20], [11, 20], true);
    });
    it('is left to a person where that has as much as is compared, to either side', () => {
      const [start, end] = [lead(500), trail(500)];
      check(`${start}[Rome]${end}`, `${start}Rome${end}${around(450, 13)}`);
      check(`${start}[Rome]${end}`, `${start}Rome${end}${around(13, 450)}`);
      check(`${start}[Rome]${end}`, `${start}[Rome]${end}${around(390, 13)}`);
      check(`${start}[Rome]${end}`, `${start}[Rome]${end}${around(13, 390)}`);
    });
    it('is left to a person where another that was taken away may be what is left', () => {
      const gone = (copy: Agreement, isFound: boolean) =>
        check(
          `${whole}${around(...copy)}${LATER}`,
          `${image([10, 10], isFound ? '[Rome]' : 'Rome')}${LATER}`,
        );
      gone([9, 10], true);
      gone([10, 9], true);
      gone([10, 10], false);
    });
  });

  describe('that was taken away', () => {
    const OTHERS = Array.from({ length: 60 }, (_, i) => ' ' + 'aeiouy'.charAt(i % 6).repeat(1 + (i % 5)) + 'eo'.repeat(1 + (i >> 3))).join(''); // prettier-ignore
    const ROME = `${OTHERS} Rome ${OTHERS}`;
    /** A sentence stands behind other text now, before which it stood. */
    const moved = (
      [before, after]: [string, string],
      isFound: boolean,
      { text = OTHERS, gone = '', fresh = '' }: { text?: string; gone?: string; fresh?: string } = {},
    ) =>
      check(`${before}[Rome]${after}${gone}${text}`, `${text}${before}${isFound ? '[Rome]' : 'Rome'}${after}${fresh}`); // prettier-ignore
    const copy = (before: number, after: number) => `#${lead(before)}Rome${trail(after)}#`;

    it('is where its sentence stands now, if that is long enough', () => {
      moved([lead(16), trail(16)], true);
      moved([lead(16), trail(15)], false);
    });
    it('is there among others if a word on either side of it is, too', () => {
      moved([`${lead(11)}.`, trail(20)], true, { text: ROME });
      moved([`${lead(10)}.`, trail(21)], false, { text: ROME });
      moved([lead(20), `.${trail(11)}`], true, { text: ROME });
      moved([lead(21), `.${trail(10)}`], false, { text: ROME });
    });
    it('or most of its sentence', () => {
      moved([lead(32), ''], true, { text: ROME });
      moved([`.${lead(31)}`, ''], false, { text: ROME });
      moved(['', trail(32)], true, { text: ROME });
      moved(['', `${trail(31)}.`], false, { text: ROME });
    });
    it('needs neither where it is alone in both texts', () => {
      moved([`${lead(10)}.`, trail(21)], true);
      moved([`${lead(10)}.`, trail(21)], false, { fresh: '#Rome#' });
      moved([`${lead(10)}.`, trail(21)], false, { gone: '#Rome#' });
    });
    it('is left to a person where another place has half as much of it', () => {
      moved([lead(20), trail(20)], true, { fresh: copy(10, 9) });
      moved([lead(20), trail(20)], true, { text: `${OTHERS}${copy(10, 9)}` });
      moved([lead(20), trail(20)], false, { fresh: copy(10, 10) });
    });
    it('or where another that was taken away may have gone there', () => {
      moved([lead(20), trail(20)], true, { gone: copy(19, 20) });
      moved([lead(20), trail(20)], true, { gone: copy(20, 19) });
      moved([lead(20), trail(20)], false, { gone: copy(20, 20) });
    });
    it('is not where it stands beside one that is still where it was', () => {
      const still = `${lead(20)}Rome${trail(20)}`;
      moved([lead(20), trail(20)], true, { text: `${OTHERS}#${still}#${OTHERS}` });
    });
  });
});
