import { isHexColor, nextColor } from '../../core/color';
import { type Label } from '../../core/labels';
import { isLabelName, newLabels } from '../../core/new-label';
import type { AnnotatedDocument } from './document';
import type { Context, Format, LabelFiles, LabelSpec, Occurring, SourceFile } from './format';

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
 * Another tool's labels as those of a corpus (see {@link labelsFrom}). What cannot be the name of a label is
 * reported, and so is each label that is new.
 * @param known the labels that are there already; they stay as they are
 * @returns those, and behind them the new ones
 */
export function addLabels(
  specs: readonly LabelSpec[],
  known: readonly Label[],
  { report }: Pick<Context, 'report'>,
): readonly Label[] {
  const there = new Set(known.map(({ name }) => name));
  const added = specs.filter(({ name }) => {
    if (there.has(name)) return false;
    const isFit = isLabelName(name);
    if (isFit) there.add(name);
    report.add({ kind: 'changed', code: isFit ? 'label-added' : 'label-unfit', label: name });
    return isFit;
  });
  return labelsFrom(added, known);
}

/**
 * Another tool's labels, whatever they are called: each name once, keys and colours that no other label has.
 * @param known the labels that are there already; they stay as they are
 * @returns those, and behind them the new ones
 */
export function labelsFrom(specs: readonly LabelSpec[], known: readonly Label[] = []): readonly Label[] {
  const labels = new Map(known.map((label) => [label.name, label]));
  const keys = new Set(known.map(({ key }) => key));
  const wanted = specs.flatMap(({ color }) => (color === undefined ? [] : [color.toLowerCase()]));
  const colors = new Set([...known.map(({ color }) => color.toLowerCase()), ...wanted]);
  for (const { name, key, color, description } of specs) {
    if (labels.has(name)) continue;
    const ownKey = key?.toLowerCase() ?? '';
    const isFree = /^[a-z0-9]$/.test(ownKey) && !keys.has(ownKey);
    if (isFree) keys.add(ownKey);
    const ownColor = color !== undefined && isHexColor(color) ? color : nextColor(colors);
    colors.add(ownColor.toLowerCase());
    labels.set(name, { name, key: isFree ? ownKey : undefined, color: ownColor, description });
  }
  return [...labels.values()];
}

/** What occurs in documents, gathered as they are written: memory grows with what differs, not with the corpus. */
export class Occurrences implements Occurring {
  readonly facts = new Set<string>();
  private readonly labels = new Set<string>();
  private readonly relationLabels = new Set<string>();
  private readonly values = new Map<string, Set<string>>();

  /** @param labelFiles those of the format that is written */
  constructor(private readonly labelFiles: LabelFiles | undefined) {}

  add(document: AnnotatedDocument): void {
    const { entities, relations } = document;
    for (const fact of this.labelFiles?.factsOf?.(document) ?? []) this.facts.add(fact);
    for (const { label, attributes } of entities) {
      this.labels.add(label);
      if (attributes === undefined) continue;
      for (const [name, value] of Object.entries(attributes)) {
        const values = this.values.get(name) ?? new Set();
        this.values.set(name, values);
        if (typeof value !== 'boolean' && values.size < MOST_VALUES)
          values.add(typeof value === 'string' ? value : JSON.stringify(value));
      }
    }
    for (const { label } of relations) this.relationLabels.add(label);
  }

  get relations(): readonly string[] {
    return [...this.relationLabels];
  }

  get attributes(): ReadonlyMap<string, readonly string[]> {
    return new Map([...this.values].map(([name, values]) => [name, [...values]]));
  }

  /** The labels of a corpus, and those that occur and are not among them. */
  labelsWith(known: readonly Label[]): readonly Label[] {
    const names = new Set(known.map(({ name }) => name));
    const others = [...this.labels].filter((name) => !names.has(name));
    return [...known, ...newLabels(others, known)];
  }
}

/** An attribute with more is no choice among values. */
const MOST_VALUES = 1000;
