import { isOutside } from '../shared/tags';
import { bracketsIn, labelsInBrackets, type Brackets } from './brackets';

/**
 * What chunks are called (Tjong Kim Sang and Buchholz 2000), phrases of the Penn Treebank and arguments of verbs: their
 * columns look like one of entities, and are none.
 */
const CHUNK =
  /^(?:NP|VP|PP|ADVP|ADJP|S(?:BAR|BARQ|INV|Q)?|PRT|INTJ|CONJP|LST|UCP|TOP|ROOT|WH\w+|QP|NML|FRAG|V|(?:[CR]-)?ARG.*)$/;
/** The share of labels that are of another kind where a column is. */
const MOST = 0.9;

/**
 * Which columns of tags are read. All, from the outer to the inner, where there are no other columns and none says
 * again what another says, as what a program predicts beside what is right; else the last, or, of those that have
 * names, the first.
 */
export function tagsAmong(
  ofTags: readonly number[],
  {
    token,
    width,
    values,
    body,
    brackets,
    isNamed,
  }: {
    token: number;
    width: number;
    values: readonly ReadonlyMap<string, number>[];
    body: readonly (readonly string[])[];
    brackets: ReadonlyMap<number, Brackets>;
    isNamed: boolean;
  },
): { tags: readonly number[]; further: readonly number[] } {
  const isChain = (column: number) => brackets.get(column) === 'chains';
  const ofEntities = ofTags.filter((column) => !isChain(column) && !areChunks(values[column]!));
  const chains = ofTags.filter(isChain);
  if (ofEntities.length > 0 && chains.length > 0) {
    const { tags, further } = tagsAmong(ofEntities, { token, width, values, body, brackets, isNamed });
    return { tags, further: [...further, ...chains] };
  }
  const all = ofEntities.length > 0 ? ofEntities : chains.length > 0 ? chains.slice(-1) : ofTags.slice(-1);
  const isAll = all.length === width - token - 1;
  if (all.length < 2 || (isAll && !isNamed && !sayTheSame(all, body))) return { tags: all, further: [] };
  const main = isNamed ? all[0]! : all.at(-1)!;
  return { tags: [main], further: all.filter((column) => column !== main) };
}

function areChunks(values: ReadonlyMap<string, number>): boolean {
  const keys = [...values.keys()];
  const inBrackets = bracketsIn(values) ? labelsInBrackets(keys) : [];
  const labels =
    inBrackets.length > 0 ? inBrackets : keys.filter((tag) => !isOutside(tag)).map((tag) => tag.slice(2));
  return labels.length > 0 && labels.filter((label) => CHUNK.test(label)).length >= labels.length * MOST;
}

/** Whether half of what is tagged, or more, has the same tag in all columns. */
function sayTheSame(columns: readonly number[], rows: readonly (readonly string[])[]): boolean {
  const tagged = rows
    .map((row) => columns.map((column) => row[column]!))
    .filter((tags) => tags.some((tag) => !isOutside(tag)));
  return 2 * tagged.filter((tags) => new Set(tags).size === 1).length >= tagged.length;
}
