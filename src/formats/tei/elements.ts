/** The elements of TEI that are entities, by the labels that they are here. `rs` and `name` have theirs in `@type`. */
const ELEMENTS: Readonly<Record<string, string>> = {
  PER: 'persName',
  ORG: 'orgName',
  GPE: 'placeName',
  LOC: 'geogName',
  DATE: 'date',
  TIME: 'time',
  TERM: 'term',
};
const LABELS = new Map(Object.entries(ELEMENTS).map(([label, element]) => [element, label]));

/** The label of an inline element; `undefined` where it is no entity. */
export function labelOf(element: string, type: string | undefined): string | undefined {
  if (element === 'rs' || element === 'name') return type || 'MISC';
  return LABELS.get(element);
}

export function elementOf(label: string): string {
  return Object.hasOwn(ELEMENTS, label) ? ELEMENTS[label]! : 'rs';
}

/** The attributes that TEI has for names, dates and references, and that are read and written as such. */
const ATTRIBUTES =
  /^(?:type|subtype|cert|resp|role|n|ana|evidence|instant|corresp|sameAs|nymRef|full|sort|when|from|to|notBefore|notAfter|calendar|dur)$/;

/** Whether a name is an attribute of the element of a label. */
export function isAttribute(name: string, element: string): boolean {
  return (
    ATTRIBUTES.test(name) &&
    !(name === 'type' && (element === 'rs' || element === 'span')) &&
    !(element === 'span' && name !== 'cert' && name !== 'resp' && name !== 'n' && name !== 'subtype')
  );
}

export const isId = (text: string) => /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(text);
