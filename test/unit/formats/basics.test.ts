import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DocumentNames } from '../../../src/formats/shared/document-names';
import { offsetsOf } from '../../../src/formats/shared/offsets';
import { Report } from '../../../src/formats/shared/report';
import { readTags, TAG_SCHEMES, writeTags, type LabelledTokens } from '../../../src/formats/shared/tags';
import { conll2003 } from '../../../src/formats/conll2003';
import { conllu } from '../../../src/formats/conllu';
import { huggingface } from '../../../src/formats/huggingface';
import { tokenize } from '../../../src/formats/shared/tokens';
import { sliced, Utf8Builder } from '../../../src/formats/shared/utf8';
import { readCarried, withCarried } from '../../../src/core/sidecar/carried';
import { malformedItems, putRecords, readRecords } from '../../../src/core/sidecar/record-lines';
import { readSidecar } from '../../../src/core/sidecar/read';
import { NEW_FRAME } from '../../../src/core/sidecar/sidecar';
import { writeSidecar } from '../../../src/core/sidecar/write';
import { TextIndex } from '../../../src/core/text';
import { hostileText, yamlText } from '../core/arbitraries';
import { marked, parse, serialize, told } from './support';

describe('offsets of other tools', () => {
  const text = '\ufeff中\r\n😀e\u0301 x';

  it('are counted in each unit', () => {
    const index = new TextIndex(text.slice(1));
    const all = (unit: 'utf-16' | 'bytes' | 'python', hasMark = false) => {
      const offsets = offsetsOf(index, unit, hasMark);
      return Array.from({ length: index.length + 1 }, (_, i) => offsets.fromCodePoint(i));
    };
    // 中, the line ending, 😀, e, the accent, the space, x
    assert.deepEqual(all('utf-16'), [0, 1, 3, 5, 6, 7, 8, 9]);
    assert.deepEqual(all('python'), [0, 1, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(all('python', true), [1, 2, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(all('bytes'), [0, 3, 5, 9, 10, 12, 13, 14]);
  });

  it('there and back are the same, for any text and unit', () => {
    fc.assert(
      fc.property(
        hostileText,
        fc.constantFrom('utf-16', 'bytes', 'python' as const),
        fc.boolean(),
        (raw, unit, hasMark) => {
          const index = new TextIndex(raw.replace(/^\ufeff+/, ''));
          const offsets = offsetsOf(index, unit, hasMark);
          for (let at = 0; at <= index.length; at++)
            assert.equal(offsets.toCodePoint(offsets.fromCodePoint(at)), at);
          if (unit === 'bytes') {
            const bytes = Buffer.byteLength(index.raw.replace(/[\ud800-\udfff]/gu, '\ufffd'));
            assert.equal(offsets.length, bytes + (hasMark ? 1 : 0));
          }
        },
      ),
    );
  });
});

describe('tokens', () => {
  const tokens = (text: string, tokenizer: 'simple' | 'words' = 'simple') => {
    const { places16, count, sentences } = tokenize(text, tokenizer);
    const all = Array.from({ length: count }, (_, i) => text.slice(places16[2 * i], places16[2 * i + 1]));
    return sentences.map((from, i) => all.slice(from, sentences[i + 1]).join(' '));
  };

  it('are words, signs, and characters of scripts without spaces', () => {
    assert.deepEqual(tokens('Ada’s 3.5 km_h, (ok)!'), ['Ada ’ s 3 . 5 km_h , ( ok ) !']);
    assert.deepEqual(tokens('北京 is 首都'), ['北 京 is 首 都']);
    assert.deepEqual(tokens('cafe\u0301 👍🏽 👩\u200d👩 x'), ['cafe\u0301 👍🏽 👩\u200d👩 x']);
    assert.deepEqual(tokens('👨‍👩‍👧‍👦👨 🇫🇷🇩🇪🇯 1️⃣ ❤️‍🔥 🏴\u{e0067}\u{e0062}\u{e007f} a‍👩 กำ ｶﾞ'), [
      '👨‍👩‍👧‍👦 👨 🇫🇷 🇩🇪 🇯 1️⃣ ❤️‍🔥 🏴\u{e0067}\u{e0062}\u{e007f} a‍ 👩 กำ ｶﾞ',
    ]);
  });

  it('are those of Unicode where that is asked for', () => {
    assert.deepEqual(tokens("don't 首都", 'words'), ["don't 首都"]);
  });

  it('are in sentences that end with a line, or with a sign and a capital letter', () => {
    assert.deepEqual(tokens('One. Two? “Three!” Four.\nfive, 5.5 is. six'), [
      'One .',
      'Two ?',
      '“ Three ! ”',
      'Four .',
      'five , 5 . 5 is . six',
    ]);
    assert.deepEqual(tokens('Mr. Smith of U.S. fame. He'), ['Mr . Smith of U . S . fame .', 'He']);
    assert.deepEqual(tokens('他来。我走！'), ['他 来 。', '我 走 ！']);
  });

  it('end within no character as a reader sees it', () => {
    const parts = [
      '👨',
      '👩',
      '\u200d',
      '🇫',
      '🇷',
      '🏽',
      'é',
      'e\u0301',
      '❤',
      '\ufe0f',
      '1',
      '\u20e3',
      ' ',
      'a',
      '北',
      '가',
      'ᄀ',
    ];
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((all) => all.join(''));
    const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    const whole = '👨‍👩‍👧 🇫🇷';
    const { places16: places, count: words } = tokenize(whole, 'words');
    assert.deepEqual([words, ...places], [2, 0, 8, 9, 13]);
    fc.assert(
      fc.property(text, (text16) => {
        const { places16, count } = tokenize(text16);
        // (Words of Unicode are parted within what is no picture, such as half a flag, a joiner and a flag.)
        const edges = new Set([...segmenter.segment(text16)].map(({ index }) => index).concat(text16.length));
        // A mark without a letter, behind a space, is a token, and one character with the space.
        for (let i = 0; i < count; i++)
          for (const at16 of [places16[2 * i]!, places16[2 * i + 1]!])
            assert.ok(edges.has(at16) || text16[at16 - 1] === ' ', JSON.stringify([text16, at16]));
      }),
      { numRuns: 1000 },
    );
  });

  for (const format of [conll2003, conllu, huggingface])
    it(`tell of an entity within such a character, which takes in all of it: ${format.id}`, async () => {
      const document = marked('a', 'The 👨\u200d[PER 👩]\u200d👧 in [GPE 🇫]🇷.');
      const { files, notes } = await serialize(format, [document]);
      assert.deepEqual(told(notes), ['changed off-token [6, 7)', 'changed off-token [13, 14)']);
      const again = await parse(format, { [`a${format.extensions[0]}`]: files['']! });
      assert.deepEqual(
        again.documents[0]!.entities.map(({ label, text }) => [label, text]),
        [
          ['PER', '👨\u200d👩\u200d👧'],
          ['GPE', '🇫🇷'],
        ],
      );
    });

  it('hold every character that is seen, once, in order', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom('simple', 'words' as const), (text, tokenizer) => {
        const { places16, count, sentences } = tokenize(text, tokenizer);
        let rest = '';
        let from16 = 0;
        for (let i = 0; i < count; i++) {
          assert.ok(places16[2 * i]! >= from16 && places16[2 * i + 1]! > places16[2 * i]!);
          rest += text.slice(from16, places16[2 * i]);
          from16 = places16[2 * i + 1]!;
        }
        rest += text.slice(from16);
        assert.equal(rest.trim(), '');
        assert.deepEqual(
          [...sentences].sort((a, b) => a - b),
          [...new Set(sentences)],
        );
        assert.equal(sentences[0], count > 0 ? 0 : undefined);
        assert.ok(sentences.every((at) => at < count));
      }),
    );
  });
});

describe('tags of tokens', () => {
  const spans = fc
    .array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.constantFrom('PER', 'ORG', 'B-X')), {
      maxLength: 6,
    })
    .map((drawn) => {
      let next = 0;
      return drawn.map(([gap, length, label]): LabelledTokens => {
        const first = next + gap;
        next = first + length;
        return { first, last: next - 1, label };
      });
    });

  it('tell the spans that they were made of, in each scheme', () => {
    fc.assert(
      fc.property(spans, fc.constantFrom(...TAG_SCHEMES), (all, scheme) => {
        const count = (all.at(-1)?.last ?? 0) + 2;
        const faults: number[] = [];
        assert.deepEqual(
          readTags(writeTags(count, all, scheme), (i) => faults.push(i)),
          all,
        );
        assert.deepEqual(faults, []);
      }),
    );
  });

  it('are as in the literature', () => {
    const all = [
      { first: 0, last: 1, label: 'PER' },
      { first: 2, last: 2, label: 'PER' },
      { first: 4, last: 4, label: 'LOC' },
    ];
    assert.equal(writeTags(5, all, 'iob1').join(' '), 'I-PER I-PER B-PER O I-LOC');
    assert.equal(writeTags(5, all, 'iob2').join(' '), 'B-PER I-PER B-PER O B-LOC');
    assert.equal(writeTags(5, all, 'bioes').join(' '), 'B-PER E-PER S-PER O S-LOC');
    assert.equal(writeTags(5, all, 'bilou').join(' '), 'B-PER L-PER U-PER O U-LOC');
  });

  it('that no scheme allows are told, and make of it what they can', () => {
    const faults: number[] = [];
    const found = readTags(['E-PER', 'O', 'B-', 'I-LOC', 'what'], (i) => faults.push(i));
    assert.deepEqual(found, [
      { first: 0, last: 0, label: 'PER' },
      { first: 3, last: 3, label: 'LOC' },
    ]);
    assert.deepEqual(faults, [0, 2, 4]);
  });
});

describe('UTF-8 in pieces', () => {
  it('takes slices of a text, and UTF-8 behind them', () => {
    const behind = new TextEncoder().encode('é');
    for (const text of ['x'.repeat(2 ** 16), `${'x'.repeat(2 ** 16 - 1)}中`]) {
      const builder = new Utf8Builder();
      const slices = sliced(text);
      builder.appendSlice(slices, 0, text.length, behind);
      builder.appendSlice(slices, text.length - 1, text.length, behind);
      assert.equal(new TextDecoder().decode(builder.take()), `${text}é${text.at(-1)}é`);
    }
  });

  it('is that of the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileText, fc.string({ unit: 'binary' }))), (pieces) => {
        const builder = new Utf8Builder();
        for (const piece of pieces) builder.append(piece);
        const expected = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
        assert.deepEqual(Buffer.from(builder.take()), expected);
      }),
    );
  });

  it('takes a part of a text', () => {
    const builder = new Utf8Builder();
    builder.append('a中😀b', 1, 4);
    assert.equal(Buffer.from(builder.take()).toString(), '中😀');
    assert.equal(builder.take().length, 0);
  });
});

describe('names of documents', () => {
  it('stay within the corpus and differ', () => {
    const names = new DocumentNames(new Report());
    const take = (wanted: string) => names.take(wanted);
    assert.equal(take('2022/a'), '2022/a');
    assert.equal(take('2022/A'), '2022/A-2');
    assert.equal(take('../../etc/passwd'), 'etc/passwd');
    assert.equal(take('C:\\x\\con'), 'C_/x/_con');
    assert.equal(take('a\0b?.'), 'a_b_');
    assert.equal(take('…'), '…');
    assert.equal(take(' . / .. '), 'article');
    assert.equal(take('字'.repeat(200)), '字'.repeat(80));
  });

  it('are no two alike, however many there are', () => {
    const names = new DocumentNames(new Report());
    const wanted = Array.from({ length: 20_000 }, (_, i) => `part${i % 7}/${i}`);
    assert.deepEqual(
      wanted.map((name) => names.take(name)),
      wanted,
    );
    assert.deepEqual(
      wanted.map((name) => names.take(name)),
      wanted.map((name) => `${name}-2`),
    );
  });
});

describe('what stands beside the entities of a sidecar', () => {
  const plain = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      yamlText,
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(yamlText, tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const name = yamlText.filter((text) => text !== '');

  it('comes back as it was written, with the lines around it', () => {
    const relation = fc.record(
      { id: name, label: name, from: name, to: name, externalId: name },
      { requiredKeys: ['id', 'label', 'from', 'to'] },
    );
    fc.assert(
      fc.property(
        fc.array(relation, { maxLength: 3 }),
        fc.dictionary(name, plain, { maxKeys: 2 }),
        (relations, carried) => {
          const before = { ...NEW_FRAME, tail: ['# mine', 'notes: kept'] };
          const frame = withCarried(before, carried as never);
          const unique = relations.filter(({ id }, i) => relations.findIndex((one) => one.id === id) === i);
          const about = { article: 'a.txt', textHash: '', status: 'open', entities: [] } as const;
          const sidecar = { ...about, relations: unique, frame };
          const read = readSidecar(writeSidecar(sidecar));
          assert.deepEqual(read.problems, []);
          const found = [read.sidecar!.relations ?? [], readCarried(read.sidecar!.frame)];
          assert.deepEqual(JSON.parse(JSON.stringify(found)), JSON.parse(JSON.stringify([unique, carried])));
          const without = putRecords(withCarried(read.sidecar!.frame, {}), { relations: [] });
          assert.deepEqual(without.tail, before.tail);
        },
      ),
    );
  });

  it('that is malformed is left out', () => {
    const frame = {
      ...NEW_FRAME,
      tail: ['relations: [1, {id: a}, {id: a, label: b, from: c, to: d}]', 'carried: 7'],
    };
    assert.deepEqual(readCarried(frame), {});
    assert.deepEqual(readRecords(frame), { relations: [{ id: 'a', label: 'b', from: 'c', to: 'd' }] });
    assert.deepEqual(malformedItems(frame), [['relations', 2]]);
    // It stays where the others change.
    assert.deepEqual(putRecords(frame, { relations: [] }).tail, [
      'relations:',
      '  - 1',
      '  - {id: a}',
      'carried: 7',
    ]);
  });
});
