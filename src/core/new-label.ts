import { nextColor } from './color';
import type { Label } from './labels';
import { isPlainText } from './sidecar/scalar';

/** A new label with a colour and, where its name has a free letter, a key. */
export function newLabel(name: string, labels: readonly Label[]): Label {
  return newLabels([name], labels)[0]!;
}

/** As {@link newLabel}, one for each name. */
export function newLabels(names: readonly string[], labels: readonly Label[]): Label[] {
  const keys = new Set(labels.map((label) => label.key));
  const colors = new Set(labels.map((label) => label.color.toLowerCase()));
  return names.map((name) => {
    const key = [...name.toLowerCase()].find((letter) => /^[a-z]$/.test(letter) && !keys.has(letter));
    const color = nextColor(colors);
    keys.add(key);
    colors.add(color);
    return { name, key, color };
  });
}

/** In UTF-16 units. */
export const LONGEST_LABEL = 60;

/** Whether a name can be a label: short, on one line, the same in every YAML reader. */
export function isLabelName(name: string): boolean {
  return name.length > 0 && name.length <= LONGEST_LABEL && isPlainText(name);
}
