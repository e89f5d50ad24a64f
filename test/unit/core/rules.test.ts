import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../src/core/model/edit.ts';
import type { Status } from '../../../src/core/model/records.ts';
import { compareEntities, type Entity } from '../../../src/core/model/entity.ts';
import { parseHeader } from '../../../src/core/header.ts';
import { readCorpusYaml } from '../../../src/core/labels.ts';
import { MentionIndex } from '../../../src/core/mentions.ts';
import { datePrefix } from '../../../src/core/rules/date-mismatch.ts';
import {
  checkInCorpus,
  RULES,
  severityOf,
  weighProblems,
  type RuleFinding,
  type RuleSettings,
} from '../../../src/core/rules/index.ts';
import { dateMeant, removeDuplicateKey, writeDate } from '../../../src/core/rules/header-fixes.ts';
import { RULE_IDS } from '../../../src/core/rules/rule.ts';
import { KnownForms } from '../../../src/core/suggest/known-forms.ts';
import type { Item } from '../../../src/core/suggest/item.ts';
import { TextIndex } from '../../../src/core/text.ts';
import { findingMessage } from '../../../src/wording/rules.ts';
import { inEnglish } from '../../../src/wording/translate.ts';

interface Options {
  readonly path?: string;
  readonly status?: Status;
  readonly rules?: RuleSettings;
  readonly labels?: readonly string[];
  readonly expectsDate?: boolean;
  /** What the rest of the corpus has, as marked texts. */
  readonly others?: readonly string[];
  /** What another corpus of the same window has. */
  readonly foreign?: readonly string[];
  readonly gazetteer?: readonly Item[];
  readonly refused?: readonly Item[];
}

/** `[Bob|PER]` is an entity, `[Bob|PER*]` a reviewed one, `[Bob|PER~cut-word]` one that ignores a rule; they may nest. */
function article(marked: string): { raw: string; entities: Entity[] } {
  let raw = '';
  const open: number[] = [];
  const entities: Entity[] = [];
  for (const token of marked.match(/\[|\|[A-Z]+\*?(?:~[a-z-]+)?\]|[^[|]+|\|/gu) ?? []) {
    const mark = /^\|([A-Z]+)(\*?)(?:~([a-z-]+))?\]$/.exec(token);
    if (token === '[') open.push(raw.length);
    else if (mark) {
      const [, label = '', star, ignored] = mark;
      const text = raw.slice(open.pop());
      const end = Array.from(raw).length;
      const start = end - Array.from(text).length;
      const fields = { ...(star && { reviewed: true }), ...(ignored && { ignore: [ignored] }) };
      entities.push({ id: `id${entities.length}`, label, start, end, text, ...fields });
    } else raw += token;
  }
  return { raw, entities: entities.sort(compareEntities) };
}

/** What the rules find, as the command line would ask for it. */
function find(raw: string, entities: readonly Entity[], options: Options = {}): RuleFinding[] {
  const mentions = new MentionIndex<string>((key) => (key.startsWith('foreign') ? 'foreign' : 'own'));
  mentions.set('own', entities);
  options.others?.forEach((other, i) => mentions.set(String(i), article(other).entities));
  options.foreign?.forEach((other, i) => mentions.set(`foreign ${i}`, article(other).entities));
  const labelsOf = (text: string) => mentions.labelsOf(text, 'own');
  const forms = new KnownForms(labelsOf, options.gazetteer, options.refused);
  for (const { text, reviewed } of mentions.forms('own')) if (reviewed > 0) forms.add(text);
  const facts = {
    hasLabel: (name: string) => (options.labels ?? ['PER', 'ORG', 'GPE']).includes(name),
    labelsOf,
    expectsDate: options.expectsDate ?? false,
    proposer: forms,
    settings: options.rules ?? {},
  };
  const checked = { index: new TextIndex(raw), status: options.status ?? 'open', entities };
  return checkInCorpus(options.path ?? 'a.txt', checked, facts);
}

/** What is found, as `rule "the words"`, and what the article is once all of it is mended. */
function check(marked: string, options: Options = {}): { found: string[]; mended: string[] } {
  const { raw, entities } = article(marked);
  const found = find(raw, entities, options);
  const edits = found.flatMap((finding) => finding.fix?.() ?? []);
  const mended = applyEdits({ status: options.status ?? 'open', entities }, edits);
  return {
    found: found.map(({ rule, start16, end16 }) => `${rule} "${raw.slice(start16, end16)}"`),
    mended: mended.entities.map(({ label, text }) => `${label} ${text}`),
  };
}

describe('rules', () => {
  const examples: [name: string, marked: string, found: string[], mended: string[], options?: Options][] = [
    [
      'nothing in what is right',
      '[Ada|PER] met [Bob|PER] (of [Acme Inc.|ORG]).',
      [],
      ['PER Ada', 'PER Bob', 'ORG Acme Inc.'],
    ],
    ['a label that the set lacks', '[Ada|PERSON] left.', ['unknown-label "Ada"'], ['PERSON Ada']],
    [
      'the rarer of two labels',
      '[Jordan|PER] spoke.',
      ['inconsistent-label "Jordan"'],
      ['GPE Jordan'],
      { others: ['[Jordan|GPE] won', '[Jordan|GPE] lost'] },
    ],
    [
      'not the commoner of two labels',
      '[Jordan|GPE] and [Jordan|GPE]',
      [],
      ['GPE Jordan', 'GPE Jordan'],
      { others: ['[Jordan|PER]'] },
    ],
    [
      'both of two that are as common, which nobody can mend but a person',
      '[Jordan|GPE]',
      ['inconsistent-label "Jordan"'],
      ['GPE Jordan'],
      { others: ['[Jordan|PER]'] },
    ],
    [
      'a twin of a reviewed entity, at whole words',
      '[Ada|PER*] left. Ada, Adam and Ada.',
      ['untagged-mention "Ada"', 'untagged-mention "Ada"'],
      ['PER Ada', 'PER Ada', 'PER Ada'],
    ],
    ['no twin of one that nobody has reviewed', '[Ada|PER] left. Ada came back.', [], ['PER Ada']],
    [
      'no twin within another entity',
      '[Rome|GPE*] and the [Treaty of Rome|ORG]',
      [],
      ['GPE Rome', 'ORG Treaty of Rome'],
    ],
    [
      'a twin where there are no spaces',
      '[北京|GPE*]欢迎你。北京很大。',
      ['untagged-mention "北京"'],
      ['GPE 北京', 'GPE 北京'],
    ],
    [
      'a twin of what is reviewed in another article',
      'Ada left.',
      ['untagged-mention "Ada"'],
      ['PER Ada'],
      { others: ['[Ada|PER*] met [Ada|PER].'] },
    ],
    ['no twin of another corpus', 'Ada left.', [], [], { foreign: ['[Ada|PER*]'] }],
    [
      'no label of another corpus',
      '[Jordan|PER] spoke.',
      [],
      ['PER Jordan'],
      { foreign: ['[Jordan|GPE] won', '[Jordan|GPE] lost'] },
    ],
    [
      'a twin that is reviewed with two labels, which only a person can tell',
      'In Jordan.',
      ['untagged-mention "Jordan"'],
      [],
      {
        others: ['[Jordan|PER*] won'],
        rules: { 'inconsistent-label': 'off' },
        gazetteer: [{ text: 'Jordan', label: 'GPE' }],
      },
    ],
    ['no form that is only listed', 'In Oslo.', [], [], { gazetteer: [{ text: 'Oslo', label: 'GPE' }] }],
    [
      'no twin that was refused in this article, and one that was refused in another',
      'Ada met Bob.',
      ['untagged-mention "Bob"'],
      ['PER Bob'],
      {
        others: ['[Ada|PER*], [Bob|PER*]'],
        refused: [
          { text: 'Ada', label: 'PER', article: 'a.txt' },
          { text: 'Bob', label: 'PER', article: 'b.txt' },
        ],
      },
    ],
    ['white space and a comma at the edge', 'to[ Rome,|GPE] and', ['span-edge " Rome,"'], ['GPE Rome']],
    [
      'what nobody sees at the edge, but not within, nor where a word is written with it',
      'in [Par\u00adis\u200b|GPE] and [\u2067שלום\u2069|GPE] and [അവന്\u200d|PER]',
      ['span-edge "Par\u00adis\u200b"', 'span-edge "\u2067שלום\u2069"'],
      ['GPE Par\u00adis', 'GPE שלום', 'PER അവന്\u200d'],
    ],
    [
      'a bracket that is not closed in the span',
      'the ([UN|ORG] or [(EU|ORG]) or [NATO)|ORG]',
      ['span-edge "(EU"', 'span-edge "NATO)"'],
      ['ORG UN', 'ORG EU', 'ORG NATO'],
    ],
    [
      'no bracket that is closed in it',
      '[Bank (Europe)|ORG] and [Yahoo!|ORG]',
      [],
      ['ORG Bank (Europe)', 'ORG Yahoo!'],
    ],
    [
      'a cut word',
      'The [German|GPE]s met [Ad|PER]a and Mc[Donald|PER].',
      ['cut-word "German"', 'cut-word "Ad"', 'cut-word "Donald"'],
      ['GPE Germans', 'PER Ada', 'PER McDonald'],
    ],
    [
      'no cut word beside a hyphen, an apostrophe, a digit’s dot or in Chinese',
      "[Ada|PER]'s [Anglo|GPE]-German 在[北京|GPE]的",
      [],
      ['PER Ada', 'GPE Anglo', 'GPE 北京'],
    ],
    ['a cut word after an emoji of several units', '👩‍🚀 [Yur|PER]i', ['cut-word "Yur"'], ['PER Yuri']],
    ['a duplicate, of which the reviewed one stays', '[[Ada|PER]|PER*]', ['duplicate "Ada"'], ['PER Ada']],
    [
      'no duplicate with another label',
      '[[Rome|GPE]|ORG]',
      ['inconsistent-label "Rome"', 'inconsistent-label "Rome"'],
      ['GPE Rome', 'ORG Rome'],
    ],
    [
      'a date that is not that of the name',
      'date: 2022-09-09\n\nAda left.',
      ['date-mismatch "2022-09-09"'],
      [],
      { path: 'x/2022-09-08_a.txt' },
    ],
    [
      'no date that agrees with its folders',
      'date: 2022-09-09\n\nAda left.',
      [],
      [],
      { path: '2022/09/a.txt' },
    ],
    [
      'no date where others have one',
      '\nAda left.\nBob too.',
      ['header-missing "Ada left."'],
      [],
      { expectsDate: true },
    ],
    [
      'a date that is none',
      'date: 2022-02-31\n\nAda left.',
      ['header-malformed "2022-02-31"'],
      [],
      { expectsDate: true },
    ],
    [
      'done, with one to review',
      'date: 2022-09-09\n\n[Ada|PER] met [Bob|PER*].',
      ['done-unreviewed "Ada met Bob."'],
      ['PER Ada', 'PER Bob'],
      { status: 'done' },
    ],
    [
      'nothing that its entity ignores',
      'The [German|GPE~cut-word]s and [Ita|GPE]ly',
      ['cut-word "Ita"'],
      ['GPE German', 'GPE Italy'],
    ],
    [
      'nothing that the corpus has turned off',
      'The [German|GPE]s',
      [],
      ['GPE German'],
      { rules: { 'cut-word': 'off' } },
    ],
  ];
  for (const [name, marked, found, mended, options] of examples) {
    it(`find ${name}`, () => assert.deepEqual(check(marked, options), { found, mended }));
  }

  it('find crossing spans only where the corpus forbids them', () => {
    const raw = 'Bank of China Tower';
    const at = (id: string, start: number, end: number): Entity => {
      return { id, label: 'ORG', start, end, text: raw.slice(start, end) };
    };
    const entities = [at('a', 0, 13), at('b', 0, 4), at('c', 8, 19)];
    assert.deepEqual(find(raw, entities), []);
    const [finding, ...others] = find(raw, entities, { rules: { crossing: 'error' } });
    assert.deepEqual(others, []);
    assert.equal(finding!.severity, 'error');
    assert.equal(finding!.entity!.id, 'c');
    assert.deepEqual(finding!.values, {
      label: 'ORG',
      text: 'China Tower',
      otherLabel: 'ORG',
      other: 'Bank of China',
    });
    const choices = finding!.choices!().map(({ kind, edits }) => {
      const { entities: after } = applyEdits({ status: 'open', entities }, edits);
      return `${kind}: ${after.map(({ text }) => text).join(' | ')}`;
    });
    assert.deepEqual(choices, [
      'widen: Bank of China Tower | Bank | China Tower',
      'widen: Bank of China Tower | Bank of China | Bank',
      'narrow: Bank of | Bank | China Tower',
      'narrow: Bank of China | Bank | Tower',
      'delete: Bank | China Tower',
      'delete: Bank of China | Bank',
    ]);
  });

  it('offer each label with which a twin is reviewed', () => {
    const others = ['[Jordan|PER*], [Jordan|GPE*] and [Jordan|GPE*]'];
    const [finding] = find('Jordan', [], { others });
    assert.equal(finding!.fix, undefined);
    assert.deepEqual(
      finding!.choices!().map(({ label, edits: [edit] }) => [label, edit?.kind]),
      [
        ['GPE', 'add'],
        ['PER', 'add'],
      ],
    );
    assert.equal(finding!.values!.labels, 'GPE, PER');
  });

  it('say how much problems matter that the readers find', () => {
    const problems = [
      { code: 'label-unknown', severity: 'warning' },
      { code: 'header-key-duplicate', severity: 'warning' },
      { code: 'yaml-syntax', severity: 'error' },
    ] as const;
    assert.deepEqual(weighProblems(problems, {}), problems);
    assert.deepEqual(weighProblems(problems, { 'unknown-label': 'off', 'header-malformed': 'error' }), [
      { code: 'header-key-duplicate', severity: 'error' },
      { code: 'yaml-syntax', severity: 'error' },
    ]);
  });

  const dates: [raw: string, dated: string][] = [
    ['Ada left.\n', 'date: 2022-09-08\n\nAda left.\n'],
    ['title: A\r\n\r\nAda left.\r\n', 'date: 2022-09-08\r\ntitle: A\r\n\r\nAda left.\r\n'],
    ['\n\ntitle: A\n\nAda left.', '\n\ndate: 2022-09-08\ntitle: A\n\nAda left.'],
    [' date 2022-9-8 Ada left.', ' date 2022-09-08 Ada left.'],
    ['date: 2022-09-01T10:00 Ada left.', 'date: 2022-09-08T10:00 Ada left.'],
    ['date:\ntitle: A\n', 'date: 2022-09-08\ntitle: A\n'],
  ];
  for (const [raw, dated] of dates) {
    it(`write a date into ${JSON.stringify(raw)}`, () => {
      const { start16, end16, text } = writeDate(raw, '2022-09-08');
      assert.equal(raw.slice(0, start16) + text + raw.slice(end16), dated);
      assert.equal(parseHeader(dated).date, '2022-09-08');
    });
  }

  it('know which date is meant where the year stands first', () => {
    const all = [
      '2022/9/8',
      '2022.09.08',
      '20220908',
      '2022年9月8日',
      '8/9/2022',
      '2022-13-01',
      '2022-02-31',
    ];
    assert.deepEqual(all.map(dateMeant), [
      ...Array<string>(4).fill('2022-09-08'),
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('take a key that is there twice out of a header, and leave the article', () => {
    const without = (raw: string) => {
      const header = parseHeader(raw);
      const edit = removeDuplicateKey(raw, header, header.problems[0]!)!;
      return raw.slice(0, edit.start16) + edit.text + raw.slice(edit.end16);
    };
    assert.equal(without('title: A\ntitle: B\n\nAda.'), 'title: A\n\nAda.');
    assert.equal(without('date: 2022-09-08\ndate 2022-09-09 Ada.'), 'date: 2022-09-08\nAda.');
  });

  it('give nothing up that a duplicate says alone', () => {
    const raw = 'Ada left.';
    const ada = { label: 'PER', start: 0, end: 3, text: 'Ada' };
    const entities: Entity[] = [
      { id: 'a', ...ada, link: 'wikidata:Q7259' },
      { id: 'b', ...ada, reviewed: true },
    ];
    const [finding] = find(raw, entities);
    assert.equal(finding!.rule, 'duplicate');
    assert.equal(finding!.fix, undefined);
  });

  it('read dates from paths', () => {
    assert.equal(datePrefix('news/2022-09-08_a.txt'), '2022-09-08');
    assert.equal(datePrefix('20220908.txt'), '2022-09-08');
    assert.equal(datePrefix('2022/09/08/a.txt'), '2022-09-08');
    assert.equal(datePrefix('2022/a.txt'), '2022');
    assert.equal(datePrefix('120220908.txt'), undefined);
    assert.equal(datePrefix('000_dbeb007e7c7426dc.txt'), undefined);
  });

  it('mend what they find: nothing that they mended is found again, and no other text is touched', () => {
    const word = fc.constantFrom(
      'Ada',
      'Rome',
      'the',
      'a ',
      ' b',
      'x,',
      '(EU',
      '北京',
      '👩‍🚀',
      'é',
      '“q”',
      '.',
    );
    const token = fc.oneof(
      word,
      word.map((text) => `[${text}|PER]`),
      word.map((text) => `[${text}|GPE*]`),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(token, fc.constantFrom('', ' ', '\n'))), (tokens) => {
        const { raw, entities } = article(tokens.map((pair) => pair.join('')).join(''));
        const rules = { 'inconsistent-label': 'off', 'unknown-label': 'off' } as const;
        let now = { status: 'open' as Status, entities: entities as readonly Entity[] };
        for (let rounds = 0; ; rounds++) {
          const index = new TextIndex(raw);
          for (const { start, end, text } of now.entities) assert.equal(index.slice({ start, end }), text);
          // As a person does: all that one rule finds.
          const mendable = find(raw, now.entities, { rules }).filter((finding) => finding.fix);
          const edits = mendable
            .filter(({ rule }) => rule === mendable[0]!.rule)
            .flatMap((finding) => finding.fix!());
          if (edits.length === 0) break;
          assert.ok(rounds < 20, 'still something to mend');
          now = applyEdits(now, edits);
        }
      }),
    );
  });

  it('tell what a model speaks against, where the corpus asks for it', () => {
    const { raw, entities } = article(
      '[Ada|PER*] met [Bob|ORG*] and [Eve|GPE~unlikely-label] in Rome by [far|GPE].',
    );
    const [ada, bob, eve, far] = entities as [Entity, Entity, Entity, Entity];
    const likelier = (label: string, start: number, end: number) => ({
      label,
      start,
      end,
      probability: 0.97,
    });
    const certain = { probability: 0.021, certainty: 0.97 };
    const doubts = [
      { entity: undefined, likelier: likelier('GPE', 23, 27), ...certain },
      { entity: bob, likelier: likelier('PER', bob.start, bob.end), ...certain },
      { entity: ada, likelier: likelier('PER', 0, 7), ...certain },
      { entity: eve, likelier: likelier('PER', eve.start, eve.end), ...certain },
      { entity: far, likelier: undefined, ...certain },
    ];
    const facts = {
      hasLabel: () => true,
      labelsOf: () => [],
      expectsDate: false,
      proposer: new KnownForms(() => []),
      doubts,
    };
    const checked = { index: new TextIndex(raw), status: 'open' as const, entities };
    const messages = (settings: RuleSettings) =>
      checkInCorpus('a.txt', checked, { ...facts, settings }).map((one) => findingMessage(inEnglish, one));
    assert.deepEqual(messages({}), [], 'off where nothing is said');
    assert.deepEqual(messages({ 'unlikely-label': 'info' }), [
      '"Ada" is PER here (probability 0.02), and more likely PER "Ada met" (0.97).',
      '"Bob" is ORG here (probability 0.02), and more likely PER (0.97).',
      '"Rome" is not tagged, and almost certainly GPE (probability 0.97).',
      '"far" is GPE here (probability 0.02); its words are no entity elsewhere.',
    ]);
  });

  it('are each known by their id, and set in corpus.yaml', () => {
    assert.deepEqual([...RULES.map(({ id }) => id), 'orphan-sidecar'].sort(), [...RULE_IDS].sort());
    const source =
      'version: 1\nrules:\n  cut-word: off\n  crossing: error\n  no-rule: info\n  duplicate: loud\n';
    const { labelSet, problems } = readCorpusYaml(source);
    assert.deepEqual(labelSet?.rules, { 'cut-word': 'off', crossing: 'error' });
    assert.deepEqual(
      problems.map(({ code, start16, end16 }) => [code, source.slice(start16, end16)]),
      [
        ['rule-unknown', 'no-rule'],
        ['severity-unknown', 'loud'],
      ],
    );
    assert.equal(severityOf('duplicate', labelSet.rules), 'warning');
    assert.equal(severityOf('crossing', {}), 'off');
  });
});
