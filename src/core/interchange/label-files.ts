import { isHexColor, nextColor } from '../color';
import { isLabelName, type Label } from '../labels';
import type { Context, Format, LabelSpec, SourceFile } from './format';

/**
 * The labels in those of a format's label files that are there.
 * @param find a file by its name, such as one beside the documents (see `SourceFile.sibling`)
 * @returns `undefined` where the format has no such files, or none of them is there
 * @throws FormatError where a file cannot be read or is malformed
 */
export function readLabelFiles(
  { labelFiles }: Pick<Format, 'labelFiles'>,
  find: (name: string) => SourceFile | undefined,
  context: Context,
): readonly LabelSpec[] | undefined {
  const sources = new Map<string, string>();
  for (const name of labelFiles?.names ?? []) {
    const file = find(name);
    if (file) sources.set(name, file.text());
  }
  return sources.size > 0 ? labelFiles!.parse(sources, context) : undefined;
}

/**
 * Another tool's labels as those of a corpus: each name once, keys and colours that no other label has. What
 * cannot be the name of a label is reported, and so is each label that is new.
 * @param known the labels that are there already; they stay as they are
 * @returns those, and behind them the new ones
 */
export function addLabels(
  specs: readonly LabelSpec[],
  known: readonly Label[],
  { report }: Pick<Context, 'report'>,
): readonly Label[] {
  const labels = new Map(known.map((label) => [label.name, label]));
  const keys = new Set(known.map(({ key }) => key));
  const wanted = specs.flatMap(({ color }) => (color === undefined ? [] : [color.toLowerCase()]));
  const colors = new Set([...known.map(({ color }) => color.toLowerCase()), ...wanted]);
  for (const { name, key, color, description } of specs) {
    if (labels.has(name)) continue;
    if (!isLabelName(name)) {
      report.add({ kind: 'invalid', code: 'value-malformed', values: { source: name } });
      continue;
    }
    const ownKey = key?.toLowerCase() ?? '';
    const isFree = /^[a-z0-9]$/.test(ownKey) && !keys.has(ownKey);
    if (isFree) keys.add(ownKey);
    const ownColor = color !== undefined && isHexColor(color) ? color : nextColor(colors);
    colors.add(ownColor.toLowerCase());
    labels.set(name, { name, key: isFree ? ownKey : undefined, color: ownColor, description });
    report.add({ kind: 'changed', code: 'label-added', label: name });
  }
  return [...labels.values()];
}
