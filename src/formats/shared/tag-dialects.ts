import { isOutside, KINDS, type TagReader } from './tags';

/**
 * Where the letter of a tag stands, and what parts it from the label; `bare`: there is no label; `PER`: there is nothing
 * else (which is not guessed: any column could be that).
 */
export const TAG_FORMS = {
  'B-PER': /^(?<letter>[BIMELSUW])-(?<label>.*)$/su,
  B_PER: /^(?<letter>[BIMELSUW])_(?<label>.*)$/su,
  'PER-B': /^(?<label>.+)-(?<letter>[BIMELSUW])$/su,
  PER_B: /^(?<label>.+)_(?<letter>[BIMELSUW])$/su,
} as const;
export type TagForm = keyof typeof TAG_FORMS | 'bare' | 'PER';
export const TAG_FORM_NAMES: readonly TagForm[] = [...(Object.keys(TAG_FORMS) as TagForm[]), 'bare', 'PER'];

const BARE = /^[BIMELSUW]$/;
/** What some nested corpora put between the tags of a token that stand in one column. */
const SIGNS = ['|', '^'] as const;

/** How the tags of a column are written. */
export interface TagDialect {
  readonly form: TagForm;
  /** Between the tags of a token, where a column holds several. */
  readonly sign?: string;
}

export const USUAL_TAGS: TagDialect = { form: 'B-PER' };

/** The share of tags that are of one form where a column is of tags: the others are faults. */
const MOST = 0.9;

/**
 * How the tags of a column are written; `undefined` where they are none.
 * @param values all that stand in the column, and how often
 */
export function dialectOf(values: ReadonlyMap<string, number>): TagDialect | undefined {
  const inside = [...values].filter(([value]) => !isOutside(value));
  if (inside.length === 0) return values.has('O') ? USUAL_TAGS : undefined;
  const form = formOf(inside);
  if (form) return form === 'bare' && !values.has('O') ? undefined : { form };
  for (const sign of SIGNS) {
    if (!inside.some(([value]) => value.includes(sign))) continue;
    const parts = inside.flatMap(([value, count]) => value.split(sign).map((tag) => [tag, count] as const));
    const inner = formOf(parts.filter(([tag]) => !isOutside(tag)));
    if (inner) return { form: inner, sign };
  }
  return undefined;
}

/**
 * A column whose tags are written as a person says.
 * @param isSaid whether it is said to be one, whatever is in it
 * @returns `undefined` where it is none
 */
export function dialectAs(
  form: TagForm,
  values: ReadonlyMap<string, number>,
  isSaid: boolean,
): TagDialect | undefined {
  const guessed = dialectOf(values);
  if (guessed?.form === form) return guessed;
  return isSaid ? { form } : undefined;
}

/** The form that most tags are of; a column whose tags have a label somewhere is not bare. */
function formOf(tags: readonly (readonly [tag: string, count: number])[]): TagForm | undefined {
  const sum = (some: typeof tags) => some.reduce((all, [, count]) => all + count, 0);
  const isMost = (form: keyof typeof TAG_FORMS) =>
    sum(tags.filter(([tag]) => fits(tag, form))) >= MOST * sum(tags);
  if (tags.length === 0) return undefined;
  if (tags.every(([tag]) => BARE.test(tag))) return 'bare';
  return (Object.keys(TAG_FORMS) as (keyof typeof TAG_FORMS)[]).find(isMost);
}

/** Whether a tag is of a form. What begins with `B_PER` may go on with a bare `I`. */
function fits(tag: string, form: keyof typeof TAG_FORMS): boolean {
  if (BARE.test(tag)) return form === 'B_PER';
  const label = TAG_FORMS[form].exec(tag)?.groups?.label;
  return label !== undefined && label !== '';
}

/**
 * Reads tags of a form.
 * @param defaultLabel of a tag that has none; without it, such a tag can only go on with what is open
 */
export function tagReader(form: TagForm, defaultLabel = ''): TagReader {
  if (form === 'PER') return (tag) => ({ kind: 'inside', label: tag });
  return (tag) => {
    if (BARE.test(tag)) {
      const kind = KINDS[tag]!;
      const goesOn = form !== 'bare' && (kind === 'inside' || kind === 'end');
      if (goesOn) return { kind, label: '' };
      return defaultLabel === '' ? undefined : { kind, label: defaultLabel };
    }
    if (form === 'bare') return undefined;
    const { letter = '', label = '' } = TAG_FORMS[form].exec(tag)?.groups ?? {};
    const named = label || defaultLabel;
    return letter === '' || named === '' ? undefined : { kind: KINDS[letter]!, label: named };
  };
}
