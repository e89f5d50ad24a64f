import { isObject, isText, itemsOf, type Json } from '../shared/json';
import { at, leavesOf, plainName } from '../shared/records/paths';
import {
  isLabelPath,
  isLengthPath,
  isSpanText,
  rolesOf,
  spanListsIn,
  spansIn,
} from '../shared/records/roles';
import { countingOf, Sample } from './counting';
import { USUAL, type Fields, type SaidFields, type SpanFields, type Unclear } from './fields';

const TEXT =
  /^(?:raw|full|plain|text|source|input|doc|document|article|tweet)?(?:texts?|contents?|document|sentence|sent|paragraph|passage|body|utterance|context|article|tweet|query|abstract|review|message)$/;
/** What is the text where nothing is called so. */
const MAYBE_TEXT = /^(?:data|source|doc|input)$/;
/** What is said of a document, not its text. */
const ABOUT = /^(?:meta|metadata|_)\./;
const SPANS =
  /^(?:ner|named)?(?:entit(?:y|ies)|spans?|ner|ents|nes|annotations?|labels?|mentions?|tags?|denotations?)$/;

/**
 * What stands where in records, by what was said, by names, and by what fits: spans are within the text, and where
 * they say their own texts, those stand there. Nothing is guessed that could be two things.
 */
export function guessFields(records: readonly Json[], said: SaidFields): Fields | Unclear {
  const lists = spanListsOf(records, said);
  if ('what' in lists) return lists;
  const spans: (SpanFields & { readonly texts: readonly string[] })[] = [];
  for (const { path, items } of lists) {
    const roles = rolesOf(items);
    const ends = endsOf(roles.ends, said);
    if (!ends && items.length > 0)
      return { what: 'start', found: roles.ends.map(({ start, end }) => `${start} … ${end}`) };
    const isUsual = { ...USUAL, isLength: false, texts: [] };
    spans.push(ends ? { path, ...ends, texts: roles.texts } : { ...isUsual, path });
  }
  const sample = new Sample(records, spans);
  const text = textOf(records, sample, said);
  if (typeof text !== 'string') return text;
  const { counting, texts, isProved, cutsWords } = countingOf(sample, text, said);
  if (cutsWords) return { what: 'ends', found: [] };
  const whole: SpanFields[] = [];
  for (const [i, { texts: paths, ...one }] of spans.entries()) {
    const own = paths.find((path) => isSpanText(path)) ?? texts[i];
    const label = said.label ?? one.label ?? labelOf(paths, own, said);
    if (typeof label === 'object') return { what: 'label', found: label };
    const link = said.link ?? paths.find((path) => /^(?:link|kbid)$/.test(plainName(path)));
    whole.push({ ...one, label, text: own === label ? undefined : own, link });
  }
  return { documents: '', text, spans: whole, counting, isCountingProved: isProved };
}

interface List {
  readonly path: string;
  readonly items: readonly Json[];
}

/** The lists of spans that are read. */
function spanListsOf(records: readonly Json[], said: SaidFields): readonly List[] | Unclear {
  const found = new Map<string, Json[]>();
  for (const record of records)
    for (const [path, items] of spanListsIn(record)) {
      const all = found.get(path) ?? [];
      found.set(path, all);
      for (const item of items) all.push(item);
    }
  if (said.spans) {
    const isMissing = said.spans.some((path) => records.every((record) => at(record, path) === undefined));
    if (isMissing) return { what: 'spans', found: [...found.keys()] };
    const itemsIn = (path: string) => records.flatMap((record) => spansIn(at(record, path), true) ?? []);
    return said.spans.map((path) => ({ path, items: itemsIn(path) }));
  }
  const lists = [...found].map(([path, items]) => ({ path, items }));
  const full = lists.filter(({ items }) => items.length > 0);
  const all = full.length > 0 ? full : lists.filter(({ path }) => SPANS.test(plainName(path)));
  const named = all.filter(({ path }) => SPANS.test(plainName(path)));
  const [only, ...more] = all.length === 1 ? all : named;
  if (only && more.length === 0) return [only];
  return { what: 'spans', found: all.map(({ path }) => path) };
}

function endsOf(
  found: ReturnType<typeof rolesOf>['ends'],
  { start, end }: SaidFields,
): Pick<SpanFields, 'start' | 'end' | 'isLength'> | undefined {
  if (start !== undefined && end !== undefined) return { start, end, isLength: isLengthPath(end) };
  const [only, ...more] = found.filter(
    (one) => (start === undefined || one.start === start) && (end === undefined || one.end === end),
  );
  return more.length === 0 ? only : undefined;
}

/** The field of the text, or what it may be. */
function textOf(records: readonly Json[], sample: Sample, { text }: SaidFields): string | Unclear {
  const paths = new Set(records.flatMap(textPathsOf));
  if (text !== undefined) {
    const isThere = records.some((record) => isText(at(record, text)));
    return isThere ? text : { what: 'text', found: [...paths] };
  }
  const fits = [...paths].map((path) => ({ path, ...sample.fit(path) }));
  const most = Math.max(0, ...fits.map(({ within }) => within));
  const within = fits.filter((one) => one.within === most);
  const said = Math.max(0, ...within.map(({ agreed }) => agreed));
  const agreed = within.filter((one) => one.agreed === said).map(({ path }) => path);
  // In a list such as `["text", {…}]`.
  const isOnlyOfList = agreed.length === 1 && agreed[0] === '0';
  const [named = []] = [TEXT, MAYBE_TEXT]
    .map((names) => agreed.filter((path) => names.test(plainName(path)) || isOnlyOfList))
    .filter(({ length }) => length > 0);
  // Another is the text if spans say so, or it has several words wherever it is, which names and numbers have not.
  const isWord = (text: Json | undefined) => isText(text) && !/\S\s+\S/.test(text);
  const isProse = (path: string) => most > 0 && !records.some((record) => isWord(at(record, path)));
  const found = named.length > 0 ? named : said > 0 ? agreed : agreed.filter(isProse);
  const [only, ...more] = found;
  return only !== undefined && more.length === 0 ? only : { what: 'text', found };
}

/** The paths of texts in a record that are not within lists; a record may be a list itself. */
function textPathsOf(record: Json): readonly string[] {
  const isOfDocument = (path: string) => !/\.\d+(?:\.|$)/.test(path) && !ABOUT.test(path);
  return [...leavesOf(record)].flatMap(([path, leaf]) => (isText(leaf) && isOfDocument(path) ? [path] : []));
}

/** The field of labels; what it may be, where that is not certain. */
function labelOf(
  paths: readonly string[],
  text: string | undefined,
  { defaultLabel }: SaidFields,
): string | readonly string[] | undefined {
  const asList = (path: string) => path.replace(/\.\d+$/, '');
  const others = paths.filter((path) => path !== text && !isSpanText(path));
  const exact = others.filter((path) => /^labels?$/.test(plainName(path)));
  const named = others.filter(isLabelPath);
  // In a list, nothing has a name.
  const unnamed = others.filter((path) => /^\d+$/.test(path));
  const [found = []] = [exact, named, unnamed].filter(({ length }) => length > 0);
  const [only, ...more] = new Set(found.map(asList));
  if (only !== undefined && more.length === 0) return only;
  if (only === undefined && defaultLabel !== undefined) return undefined;
  return [...new Set((only === undefined ? others : found).map(asList))];
}

/** A list of documents in a value, with its path and, where they are called so, their names. */
interface Holder {
  readonly path: string;
  readonly records: readonly Json[];
  readonly names?: readonly string[] | undefined;
}

/** The lists within the one value of a file that may be its documents; or objects by their names. */
function holdersIn(value: Json): readonly Holder[] {
  const found: Holder[] = [];
  const look = (one: Json | undefined, path: string, depth: number) => {
    if (Array.isArray(one)) {
      const records = itemsOf(one).filter((item) => isObject(item) || Array.isArray(item));
      if (records.length > 0 && path !== '') found.push({ path, records: itemsOf(one) });
    } else if (isObject(one) && depth < 4) {
      const values = Object.values(one) as Json[];
      if (values.length > 1 && values.every(isObject))
        found.push({ path: path === '' ? '*' : `${path}.*`, records: values, names: Object.keys(one) });
      for (const [key, item] of Object.entries(one))
        look(item, path === '' ? key : `${path}.${key}`, depth + 1);
    }
  };
  look(value, '', 0);
  return found;
}

export interface Understood {
  readonly fields: Fields;
  /** Of the one value of the file, where they are within it. */
  readonly within?: Holder | undefined;
}

/** What stands where in a file. @param isOnly whether its value is the only one, and may hold all documents */
export function understand(
  records: readonly Json[],
  isOnly: boolean,
  said: SaidFields,
): Understood | Unclear {
  const own = guessFields(records, said);
  const holders = isOnly ? holdersIn(records[0]!) : [];
  const guesses = holders.map((within) => ({
    within,
    fields: guessFields(within.records.slice(0, MOST_SAMPLED), said),
  }));
  const clear = guesses.flatMap(({ within, fields }): Understood[] =>
    'what' in fields ? [] : [{ within, fields: { ...fields, documents: within.path } }],
  );
  if (!('what' in own)) {
    // One of several that are alike is not all of them.
    const isOneOf = ({ within, fields }: Understood) =>
      within?.names !== undefined && within.records.every((record) => isText(at(record, fields.text)));
    return clear.find(isOneOf) ?? { fields: own };
  }
  if (clear.length > 1) return { what: 'documents', found: clear.map(({ fields }) => fields.documents) };
  // What is least wrong says most of what is missing.
  const nearest = guesses.flatMap(({ fields }) =>
    'what' in fields && fields.what !== 'spans' ? [fields] : [],
  )[0];
  return clear[0] ?? (own.what === 'spans' ? (nearest ?? own) : own);
}

/** How many records tell what stands where. */
export const MOST_SAMPLED = 100;
