import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';
import { type Header, KNOWN_KEYS, parseHeader } from '../../../src/core/header';
import { processorTime } from '../../support/processor-time.ts';

const EXAMPLES = join('test', 'fixtures', 'headers');
const GRAMMAR = join('syntaxes', 'corpus-article.tmLanguage.json');
const ROOT = 'text.corpus-article';

type Role = 'key' | 'date' | 'malformed' | 'value' | 'body';
const SCOPES: Record<Role, string> = {
  key: 'entity.name.tag.key.corpus-article',
  date: 'constant.numeric.date.corpus-article',
  malformed: 'invalid.illegal.date.corpus-article',
  value: 'string.unquoted.value.corpus-article',
  body: ROOT,
};

/** A piece of one line, in UTF-16 columns. */
interface Piece {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly role: Role;
}

interface Example {
  readonly title: string;
  readonly lines: readonly string[];
  readonly pieces: readonly Piece[];
}

/**
 * Reads an example in the format of the usual grammar test runner (vscode-tmgrammar-test): a title, then lines
 * of the article, each with assertions below it. `^^^` marks the columns above it, `<---` as many columns from
 * the start of the line, and the first scope says what stands there; the bare root scope is where the body
 * starts. What is not marked is neither key nor value.
 */
function readExample(path: string): Example {
  const [first = '', ...rest] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const title = /^# SYNTAX TEST "text\.corpus-article" "(.+)"$/.exec(first)?.[1];
  assert.ok(title, `${path}: no title`);
  const lines: string[] = [];
  const pieces: Piece[] = [];
  for (const text of rest) {
    const assertion = /^#( *)(?:(\^+)|<(-+)) (\S+)/.exec(text);
    if (!assertion) {
      assert.ok(!text.startsWith('#'), `${path}: not an assertion: ${text}`);
      lines.push(text);
      continue;
    }
    const [, indent, carets, dashes, scope] = assertion;
    const role = (Object.keys(SCOPES) as Role[]).find((key) => SCOPES[key] === scope);
    assert.ok(role, `${path}: unknown scope ${scope}`);
    const start = carets ? 1 + indent!.length : 0;
    pieces.push({ line: lines.length - 1, start, end: start + (carets ?? dashes)!.length, role });
  }
  return { title, lines, pieces };
}

/** What the parser says, as pieces. */
function parsedPieces(text: string): Piece[] {
  const header = parseHeader(text);
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map((end) => end.index + end[0].length)];
  const piece = (start16: number, end16: number, role: Role): Piece => {
    const line = starts.findLastIndex((start) => start <= start16);
    return { line, start: start16 - starts[line]!, end: end16 - starts[line]!, role };
  };
  const pieces = header.entries.flatMap((entry) => {
    const value = piece(entry.valueStart16, entry.valueEnd16, valueRole(header, entry.valueStart16));
    return [piece(entry.keyStart16, entry.keyEnd16, 'key'), ...(entry.value === '' ? [] : [value])];
  });
  if (header.bodyStart16 < text.length)
    pieces.push(piece(header.bodyStart16, header.bodyStart16 + 1, 'body'));
  return pieces;
}

function valueRole(header: Header, valueStart16: number): Role {
  if (header.problems.some((p) => p.code === 'header-date-malformed' && p.start16 === valueStart16)) {
    return 'malformed';
  }
  const entry = header.entries.find((candidate) => candidate.valueStart16 === valueStart16);
  return entry?.key.toLowerCase() === 'date' && /\d/.test(entry.value) ? 'date' : 'value';
}

/** What the grammar colours, as pieces: a body has no scope of its own, so it is in none of them. */
function colouredPieces(grammar: textmate.IGrammar, lines: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let stack = textmate.INITIAL;
  lines.forEach((text, line) => {
    const result = grammar.tokenizeLine(text, stack);
    stack = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const inner = scopes.slice(1);
      if (inner.length === 0 || inner[0]!.startsWith('punctuation.separator')) continue;
      const role = (Object.keys(SCOPES) as Role[]).find((key) => SCOPES[key] === inner[0]);
      assert.ok(role && inner.length === 1, `unexpected scopes ${scopes.join(' ')}`);
      pieces.push({ line, start: startIndex, end: Math.min(endIndex, text.length), role });
    }
  });
  return pieces;
}

async function loadGrammar(): Promise<textmate.IGrammar> {
  await oniguruma.loadWASM(readFileSync(join('node_modules', 'vscode-oniguruma', 'release', 'onig.wasm')));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(GRAMMAR, 'utf8'), GRAMMAR)),
  });
  const grammar = await registry.loadGrammar(ROOT);
  assert.ok(grammar);
  return grammar;
}

const notBody = (pieces: readonly Piece[]): Piece[] => pieces.filter(({ role }) => role !== 'body');

/** Header-like lines: what random strings would hardly ever hit. */
const headerLikeLine = fc
  .tuple(
    fc.constantFrom('', '', '', ' ', '\t\u00a0', '\u3000', '\f', '.'),
    fc.oneof(
      fc.constantFrom('date', 'date', 'Date', 'DATE', 'Title', 'ID', 'Word-Count', 'Beijing', 'författare'),
      fc.constantFrom(...KNOWN_KEYS, 'datew', 'a_1', '1a', 'x'.repeat(40), 'x'.repeat(41), ''),
    ),
    fc.constantFrom(' ', ': ', ':', ' : ', '  :', '  ', '\t', ':\u3000', '\u2028', '：', ''),
    fc.oneof(
      fc.constantFrom(
        '2022-09-09',
        '2022-13-45',
        '2022-02-29',
        '9/9/2022',
        '20220909',
        '2022年9月9日',
        '2022-9',
      ),
      fc.constantFrom('2022', '2022-09-09,', '9 September 2022', 'unknown', '', ':', '😀', '、', 'x y z'),
      fc
        .tuple(fc.constantFrom('x', '9', 'x y'), fc.constantFrom(39, 40, 41, 63, 64, 65, 199, 200, 201))
        .map(repeat),
      fc.tuple(fc.constantFrom('x'), fc.constantFrom(998, 999, 1000, 1001)).map(repeat),
    ),
    fc.constantFrom(
      '',
      '',
      ' ',
      'T08:00Z',
      ' 08:00',
      'T25:00',
      ' 08:00:00.5 +0800',
      ' The city',
      '\u3000日',
      '日',
    ),
  )
  .map((parts) => parts.join(''));
const headerLike = fc
  .array(fc.oneof({ weight: 8, arbitrary: headerLikeLine }, fc.constantFrom('', ' ')), { maxLength: 5 })
  .map((lines) => lines.join('\n'));

function repeat([unit, times]: [string, number]): string {
  return unit.repeat(times);
}

describe('core/header', () => {
  let grammar: textmate.IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  describe('examples shared by the parser and the grammar', () => {
    for (const file of readdirSync(EXAMPLES)) {
      const { title, lines, pieces } = readExample(join(EXAMPLES, file));
      it(`${file}: ${title}`, () => {
        for (const lineEnd of ['\n', '\r\n', '\r']) {
          assert.deepEqual(parsedPieces(lines.join(lineEnd)), pieces, `parser, ${JSON.stringify(lineEnd)}`);
        }
        assert.deepEqual(colouredPieces(grammar, lines), notBody(pieces), 'grammar');
      });
    }
  });

  it('gives keys, values, the date and where the body starts', () => {
    const text = 'Title: A, B\r\ndate 2022-09-09\r\n\r\nThe city';
    const entry = (key: string, keyStart16: number, value: string, valueStart16: number) => {
      const [keyEnd16, valueEnd16] = [keyStart16 + key.length, valueStart16 + value.length];
      return { key, value, keyStart16, keyEnd16, valueStart16, valueEnd16 };
    };
    assert.deepEqual(parseHeader(text), {
      entries: [entry('Title', 0, 'A, B', 7), entry('date', 13, '2022-09-09', 18)],
      bodyStart16: 32,
      date: '2022-09-09',
      problems: [],
    });
  });

  it('gives no header for an empty text and for prose', () => {
    assert.deepEqual(parseHeader(''), { entries: [], bodyStart16: 0, problems: [] });
    assert.deepEqual(parseHeader(' \r\n The city'), { entries: [], bodyStart16: 4, problems: [] });
    assert.deepEqual(parseHeader('title:'), {
      entries: [{ key: 'title', value: '', keyStart16: 0, keyEnd16: 5, valueStart16: 6, valueEnd16: 6 }],
      bodyStart16: 6,
      problems: [],
    });
  });

  it('reports what is wrong, with its place', () => {
    const assertProblems = (text: string, ...expected: [code: string, value: string][]) => {
      const { problems } = parseHeader(text);
      assert.deepEqual(
        problems.map(({ code, start16, end16 }) => [code, text.slice(start16, end16)]),
        expected,
        text,
      );
      for (const { value, start16, end16 } of problems) assert.equal(value, text.slice(start16, end16));
    };
    for (const malformed of ['2022-13-45', '2022-02-30', '2022-9-9', '09/09/2022', '20220909', '2022-09']) {
      for (const form of [
        'date # The city',
        'date: # The city',
        ' date #\nThe city',
        'date: #',
        'id: 1\ndate #',
      ]) {
        assertProblems(form.replace('#', malformed), ['header-date-malformed', malformed]);
        assert.equal(parseHeader(form.replace('#', malformed)).date, undefined);
      }
    }
    assertProblems('date: 2022-09-09\nDate: 2022-09-10\n\nX', ['header-key-duplicate', 'Date']);
    assertProblems('title: A\nid: 1\ntitle: B\n\nX', ['header-key-duplicate', 'title']);
    assertProblems('date: n.d.\n\nX');
    assertProblems('Date palms grow in 2022.');
    assertProblems('date night 2022-13-45');
    assert.equal(parseHeader('date: 2022-09-09\nDate: 2022-09-10').date, '2022-09-09');
  });

  it('ends after 64 entries', () => {
    const header = parseHeader('id: 1\n'.repeat(100));
    assert.equal(header.entries.length, 64);
    assert.equal(header.bodyStart16, 64 * 6);
  });

  it('takes no time on a line of many megabytes', () => {
    const megabytes = (unit: string): string => unit.repeat((16 << 20) / unit.length);
    const parseAll = () => {
      for (const unit of ['a', ' ', ' \n', ': ', '1-', 'title: ', 'date: 2022-09-09 ', 'a: b\n']) {
        for (const start of ['', 'date ', 'date: ', 'title ', 'title: ', 'title: x\nkey: ', 'title: x\n']) {
          parseHeader(start + megabytes(unit));
        }
      }
    };
    const each = processorTime(parseAll) / 56;
    assert.ok(each < 400, `${each} ms each`);
  });

  it('never throws, and its offsets are in order and hold what it says', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), headerLike);
    fc.assert(
      fc.property(anyText, fc.constantFrom('\n', '\r\n', '\r'), (lines, lineEnd) => {
        const text = lines.replaceAll('\n', lineEnd);
        const header = parseHeader(text);
        let last = 0;
        for (const entry of header.entries) {
          const { keyStart16, keyEnd16, valueStart16, valueEnd16 } = entry;
          assert.ok(last <= keyStart16 && keyStart16 < keyEnd16 && keyEnd16 <= valueStart16);
          assert.ok(valueStart16 <= valueEnd16);
          assert.equal(text.slice(keyStart16, keyEnd16), entry.key);
          assert.equal(text.slice(valueStart16, valueEnd16), entry.value);
          last = valueEnd16;
        }
        assert.ok(last <= header.bodyStart16 && header.bodyStart16 <= text.length);
        assert.match(text.slice(last, header.bodyStart16), /^[ \t\u00a0\u3000\r\n]*$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with the grammar on any text', () => {
    fc.assert(
      fc.property(headerLike, (text) => {
        assert.deepEqual(colouredPieces(grammar, text.split('\n')), notBody(parsedPieces(text)));
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees with the grammar on every day', () => {
    for (const year of ['0000', '1900', '2000', '2022', '2024', '2100']) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const line = `date ${year}-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')} X`;
          assert.deepEqual(colouredPieces(grammar, [line]), notBody(parsedPieces(line)), line);
        }
      }
    }
  });

  it('knows the same keys as the grammar', () => {
    assert.equal(readFileSync(GRAMMAR, 'utf8').split(KNOWN_KEYS.join('|')).length - 1, 4);
  });
});
