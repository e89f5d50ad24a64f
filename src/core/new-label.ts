import { nextColor } from './color';
import { withKeys, type Keyed } from './label-keys';
import type { Label } from './labels';
import { isPlainText } from './sidecar/scalar';

/** A new label with a colour and, where one character is free, a key that changes no other label's. */
export function newLabel(name: string, labels: readonly Label[]): Label {
  return newLabels([name], labels)[0]!;
}

/** As {@link newLabel}, one for each name. */
export function newLabels(names: readonly string[], labels: readonly Label[]): Label[] {
  const colors = new Set(labels.map((label) => label.color.toLowerCase()));
  const added = withKeys<Keyed>([...labels, ...names.map((name) => ({ name }))]);
  return added.slice(labels.length).map(({ name, key }) => {
    const color = nextColor(colors);
    colors.add(color);
    // Two characters are not written: such keys are given anew whenever the label set is read.
    return { name, key: key?.length === 1 ? key : undefined, color };
  });
}

/** In UTF-16 units. */
export const LONGEST_LABEL = 60;

/** Whether a name can be a label: short, on one line, the same in every YAML reader. */
export function isLabelName(name: string): boolean {
  return name.length > 0 && name.length <= LONGEST_LABEL && isPlainText(name);
}
