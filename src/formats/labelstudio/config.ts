import { hexOfCssColor } from '../../core/css-color';
import type { Label } from '../../core/labels';
import type { LabelFiles, LabelSpec } from '../shared/format';
import { elementsOf, escapeXml, parseXml, type XmlElement } from '../shared/xml';

/** What a labelling configuration says of labels of text. */
export interface LabelConfig {
  readonly labels: readonly LabelSpec[];
  /** The field of a task's data that each `<Text>` shows, by its name. */
  readonly fields: ReadonlyMap<string, string>;
  /** The same of each `<HyperText>` and `<Paragraphs>`. */
  readonly pages: ReadonlyMap<string, string>;
  /** What holds the text of each paragraph, where `<Paragraphs>` says it. */
  readonly textKey?: string | undefined;
}

/** Controls whose labels are of text; others are of pictures or sounds. */
const CONTROLS = ['labels', 'hypertextlabels', 'paragraphlabels'];

/**
 * Reads a labelling configuration (https://labelstud.io/guide/setup, tags `Labels`, `Label`, `Text`, `HyperText` and `Paragraphs`). The
 * name of a label is what annotations call it: its `alias`, where it has one, else its `value`.
 * @throws FormatError where it is no well-formed XML
 */
export function readConfig(source: string, file: string): LabelConfig {
  const labels = new Map<string, LabelSpec>();
  const fields = new Map<string, string>();
  const pages = new Map<string, string>();
  let textKey: string | undefined;
  const visit = (element: XmlElement, isOfText: boolean) => {
    const tag = element.name.toLowerCase();
    const { name = '', value = '' } = element.attributes;
    if (tag === 'label' && isOfText) {
      const label = labelOf(element);
      if (label.name !== '' && !labels.has(label.name)) labels.set(label.name, label);
    }
    if (tag === 'text' && value.startsWith('$')) fields.set(name, value.slice(1));
    if (tag === 'paragraphs') textKey ??= element.attributes.textKey;
    if (['hypertext', 'paragraphs'].includes(tag) && value.startsWith('$')) pages.set(name, value.slice(1));
    for (const child of elementsOf(element)) visit(child, isOfText || CONTROLS.includes(tag));
  };
  visit(parseXml(source, file), false);
  return { labels: [...labels.values()], fields, pages, textKey };
}

function labelOf({ attributes }: XmlElement): LabelSpec {
  const { value = '', alias = '', hint, hotkey, background = '' } = attributes;
  const color = hexOfCssColor(background);
  // What people see of a label with an alias is its value.
  const description = hint ?? (alias === '' ? undefined : value);
  return {
    name: alias || value,
    ...(hotkey !== undefined && { key: hotkey }),
    ...(color !== undefined && { color }),
    ...(description !== undefined && { description }),
  };
}

function writeConfig(labels: readonly Label[]): string {
  const lines = labels.map(({ name, key, color, description }) => {
    const attributes = Object.entries({ value: name, background: color, hotkey: key, hint: description })
      .filter(([, value]) => value !== undefined)
      .map(([attribute, value]) => ` ${attribute}="${escapeXml(value!)}"`);
    return `    <Label${attributes.join('')}/>`;
  });
  return [
    '<View>',
    '  <Labels name="label" toName="text">',
    ...lines,
    '  </Labels>',
    '  <Text name="text" value="$text"/>',
    '</View>',
    '',
  ].join('\n');
}

export const labelConfig: LabelFiles = {
  names: ['label_config.xml', 'labeling_config.xml', 'config.xml'],
  parse: (sources) => [...sources].flatMap(([name, source]) => readConfig(source, name).labels),
  serialize: (labels) => [{ path: 'label_config.xml', content: writeConfig(labels) }],
};
