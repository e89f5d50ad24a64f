import { readTags } from '../shared/tags';
import { miscValue } from './misc';
import { cellOf, hasHole, tellCut, type Declared, type Fault, type Sheet, type WordSpan } from './sheet';

/** The label where the file has none, as in corpora of coreference only. */
export const UNTYPED = 'Mention';

/** Columns of CoNLL-U Plus, with whatever prefix, and keys of MISC that hold tags of entities or mark them. */
const TAG_COLUMN = /^(?:.*:)?(?:ne|ner|entity|namedentity)$/i;
export const isTagColumn = (name: string) => TAG_COLUMN.test(name);
const TAG_KEYS = ['NE', 'ne', 'NER', 'ner', 'NamedEntity'];
/** Keys whose values are tags if they look so, as spaCy reads `name=B-PER`, and `B-PER` alone. */
const LIKELY_KEYS = ['name', 'entity', ''];
/** What other tools may call tags. */
const TAG_NAME = /^(?:.*:)?(?:ent(?:ity|ities)?|ner?)(?:[_.-]?(?:tags?|types?|labels?|iob|bio))?$/i;

/** What stands for no tag. */
const NO_TAG = /^(?:O|No|_|\*)?$/;
const TAG = /^[BIELSU]-./su;
const FIRST_TAG = /^[BSU]-./su;

export const isTag = (value: string) => value === 'O' || TAG.test(value);

/** The column that has tags of entities; empty where none has. */
export function tagColumnOf({ columns, tagKey }: Declared): string {
  const names = columns.split(' ');
  return names.find((name) => name === tagKey) ?? names.find(isTagColumn) ?? '';
}

/** Whether a part of a MISC column, `ner=B-PER`, says of entities what we read. */
export function isOfEntity(pair: string, { tagKey }: Declared): boolean {
  const [key, value] = partsOf(pair);
  if (key === 'Entity' || TAG_KEYS.includes(key) || (key === tagKey && key !== '')) return true;
  return LIKELY_KEYS.includes(key.toLowerCase()) && isTag(value);
}

/** The key (empty where there is none) and the value of a part of a MISC column. */
function partsOf(pair: string): readonly [key: string, value: string] {
  const [, key = '', value = ''] = /^(?:([^=]*)=)?([^]*)$/.exec(pair) ?? [];
  return [key, value];
}

interface TaggedWords {
  readonly part: WordSpan;
  readonly label: string;
}

/** `NE=B-PER`, `ner=S-PER`, `NE=PER` and `NamedEntity=Yes`, and a column of tags. */
export function readAllTags(sheet: Sheet, fault: Fault): TaggedWords[] {
  const { words, declared, malformed } = sheet;
  const column = tagColumnOf(declared);
  const tagged: { readonly word: number; readonly tag: string }[] = [];
  /** The token of the last range that has a tag of its own, which speaks for its words. */
  let spokenFor = -1;
  words.forEach(({ cells, first }, word) => {
    const isRange = cells[0]!.includes('-');
    if (!isRange && first <= spokenFor) return;
    const said = tagInMisc(cellOf(cells, 'MISC', declared) ?? '_', declared);
    const tag = tagOf(said ?? (column === '' ? '' : (cellOf(cells, column, declared) ?? '')));
    // The row of a range says how its words look together; what they are is mostly theirs to say.
    if (isRange && tag === 'O') return;
    if (isRange) spokenFor = first;
    tagged.push({ word, tag });
  });
  if (tagged.every(({ tag }) => tag === 'O')) return [];
  const tags = tagged.map(({ tag }) => tag);
  const lineOf = (i: number) => words[tagged[i]!.word]!.line;
  return readTags(tags, (i) => fault(lineOf(i), 'sequence-malformed', { tag: tags[i]! })).flatMap(
    ({ first, last, label }): TaggedWords[] => {
      const part = [tagged[first]!.word, tagged[last]!.word] as const;
      const mayBeginAbove = malformed.has(lineOf(first) - 1) && !FIRST_TAG.test(tags[first]!);
      const mayGoOn = malformed.has(lineOf(last) + 1) && !/^[ELSU]-/.test(tags[last]!);
      if (!mayBeginAbove && !mayGoOn && !hasHole(part, sheet)) return [{ part, label }];
      tellCut(part, sheet, fault);
      return [];
    },
  );
}

function tagInMisc(misc: string, { tagKey }: Declared): string | undefined {
  if (misc === '_') return undefined;
  for (const key of tagKey === '' ? TAG_KEYS : [tagKey, ...TAG_KEYS]) {
    const value = miscValue(misc, key);
    if (value !== undefined) return value;
  }
  for (const pair of misc.split('|')) {
    const [key, value] = partsOf(pair);
    if (isTag(value) && LIKELY_KEYS.includes(key.toLowerCase())) return value;
  }
  return undefined;
}

function tagOf(said: string): string {
  if (NO_TAG.test(said) || /[()]/.test(said)) return 'O';
  if (said === 'Yes') return `I-${UNTYPED}`;
  return TAG.test(said) ? said : `I-${said}`;
}

/** Columns that hold something else than tags, whatever it looks like. */
const OTHER_COLUMNS = new Set(['ID', 'FORM', 'LEMMA', 'HEAD', 'MISC']);

/**
 * What looks like tags of entities and is not read, as nothing says for certain that it is: how many there are, by the
 * key of MISC or the column. A key looks so by its name, or where all its values are tags.
 */
export function unreadTags({ words, declared }: Sheet): ReadonlyMap<string, number> {
  const found = new Map<string, { count: number; isTags: boolean }>();
  const column = tagColumnOf(declared);
  const others = declared.columns
    .split(' ')
    .filter((name) => name !== column && !OTHER_COLUMNS.has(name))
    .map((name) => [name, declared.columns.split(' ').indexOf(name)] as const);
  const see = (key: string, value: string) => {
    const seen = found.get(key) ?? { count: 0, isTags: true };
    found.set(key, seen);
    if (!isTag(value) && !NO_TAG.test(value)) {
      seen.isTags = false;
      seen.count++;
    } else if (FIRST_TAG.test(value)) seen.count++;
  };
  for (const { cells } of words) {
    for (const [name, at] of others) see(name, cells[at]!);
    const misc = cellOf(cells, 'MISC', declared) ?? '_';
    for (const pair of misc === '_' ? [] : misc.split('|')) {
      const [key, value] = partsOf(pair);
      if (key !== '' && !isOfEntity(pair, declared)) see(key, value);
    }
  }
  const counts = new Map<string, number>();
  for (const [key, { count, isTags }] of found)
    if (count > 0 && (isTags || TAG_NAME.test(key))) counts.set(key, count);
  return counts;
}
