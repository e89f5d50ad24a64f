import { writeScalar } from '../sidecar/scalar';

/** An item of a list: text by key. */
export type Item = Readonly<Record<string, string>>;

/** How the items of a file look: the key of the list, the keys of an item, and those that each must have. */
export interface ItemForm {
  readonly list: string;
  readonly keys: readonly string[];
  readonly needed: readonly string[];
  /** Keys of an item that are `true` or `false`; above the list, each may be set for all items that lack it. */
  readonly flags?: readonly string[];
}

/** An item as the program writes it, without its indentation. */
export function itemText(item: Item, { keys, flags }: ItemForm): string {
  const pairs = keys.flatMap((key) => {
    const value = item[key];
    if (value === undefined) return [];
    return `${key}: ${flags?.includes(key) ? value : writeScalar(value)}`;
  });
  return `- {${pairs.join(', ')}}`;
}
