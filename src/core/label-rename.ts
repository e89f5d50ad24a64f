import { isMap, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import { BUILT_IN, endOf, readCorpusYaml, withBuiltInLabels, writeCorpusYaml, type LabelSet } from './labels';
import { spliced, type Splice } from './splice';
import { writeScalar } from './sidecar/scalar';
import { writtenText, YamlSource } from './yaml-source';

/** Where the name of a label stands in a `corpus.yaml`, in UTF-16 units of its source. */
export interface LabelPlace {
  readonly name: string;
  readonly start16: number;
  readonly end16: number;
}

/** The names of the labels that a `corpus.yaml` has, with their places; none where it cannot be read. */
export function labelPlaces(source: string): LabelPlace[] {
  const yaml = new YamlSource(source);
  const mark16 = source.length - yaml.source.length;
  return labelPairs(yaml).flatMap(({ key }) => {
    const [start16, end16] = (key as Node).range!;
    return isScalar(key)
      ? [{ name: writtenText(key), start16: start16 + mark16, end16: end16 + mark16 }]
      : [];
  });
}

/**
 * What gives a label of a `corpus.yaml` another name and leaves all else as it stands. Where the label set has
 * the new name already, the old label is taken out of it. Where the file has no labels of its own, or is not
 * there (`undefined`), and a built-in one is renamed, the built-in ones are written out.
 * @param to the new name; without one, the label is taken out
 * @returns nothing to do where the label set does not have the label; `undefined` where the file cannot be
 * changed so that it has the labels that it should have
 */
export function renameInLabelSet(
  source: string | undefined,
  from: string,
  to: string | undefined,
): Splice[] | undefined {
  const names = source === undefined ? namesOf(BUILT_IN) : namesOf(readCorpusYaml(source).labelSet);
  if (!names) return undefined;
  if (!names.includes(from)) return [];
  const own = source ?? '';
  const whole = labelPairs(new YamlSource(own)).length > 0 ? own : writeOut(own);
  const splices = whole === undefined ? undefined : renameIn(whole, from, to);
  const result = splices && spliced(whole!, splices);
  if (result === undefined) return undefined;
  const wanted = names.flatMap((name) =>
    name !== from ? [name] : to === undefined || names.includes(to) ? [] : [to],
  );
  if (namesOf(readCorpusYaml(result).labelSet)?.join('\n') !== wanted.join('\n')) return undefined;
  return whole === own ? splices : [{ at16: own.length, removed: '', added: result.slice(own.length) }];
}

function namesOf(labelSet: LabelSet | undefined): string[] | undefined {
  return labelSet?.labels.map(({ name }) => name);
}

/** A file without labels with the built-in ones. */
function writeOut(source: string): string | undefined {
  return source === '' ? writeCorpusYaml('basic') : withBuiltInLabels(source);
}

function renameIn(source: string, from: string, to: string | undefined): Splice[] | undefined {
  const yaml = new YamlSource(source);
  const mark16 = source.length - yaml.source.length;
  const pairs = labelPairs(yaml);
  const splice = (start16: number, end16: number, added: string): Splice[] => [
    { at16: start16 + mark16, removed: yaml.source.slice(start16, end16), added },
  ];
  const pair = pairs.find(({ key }) => isScalar(key) && writtenText(key) === from);
  if (!pair) return undefined;
  const [start16, end16] = (pair.key as Node).range!;
  if (to === undefined || pairs.some(({ key }) => isScalar(key) && writtenText(key) === to)) {
    // Without any, there has to be an empty map: the built-in ones serve where there is none.
    if (pairs.length === 1 && !isInFlow(yaml)) return splice(start16, contentEnd(yaml.source, pair), '{}');
    const [a, b] = whereToRemove(yaml, pairs, pair);
    return splice(a, b, '');
  }
  return splice(start16, end16, inStyleOf(yaml.source.slice(start16, end16), to));
}

/** A name with the quotes that another one has. */
function inStyleOf(written: string, name: string): string {
  const [quote = ''] = written;
  const isQuoted = (quote === '"' || quote === "'") && !/["'\\]/.test(name);
  return isQuoted ? quote + name + quote : writeScalar(name);
}

function labelPairs(yaml: YamlSource): Pair[] {
  const root = yaml.hasErrors ? undefined : yaml.document.contents;
  const labels = isMap(root) ? (root as YAMLMap).get('labels', true) : undefined;
  return isMap(labels) ? labels.items : [];
}

/** The lines of a label, or, in a map on one line, the label with the comma that parts it from the next. */
function whereToRemove(
  yaml: YamlSource,
  pairs: readonly Pair[],
  pair: Pair,
): [start16: number, end16: number] {
  const { source } = yaml;
  const [start16] = (pair.key as Node).range!;
  const end16 = contentEnd(source, pair);
  const lineStart = source.lastIndexOf('\n', start16 - 1) + 1;
  const isOnOwnLine = /^\s*(?:\? *)?$/.test(source.slice(lineStart, start16));
  const at = pairs.indexOf(pair);
  const [before, next] = [pairs[at - 1], pairs[at + 1]];
  if (!isOnOwnLine || isInFlow(yaml)) {
    if (next) return [start16, (next.key as Node).range![0]];
    return before ? [endOf(before), end16] : [start16, end16];
  }
  const lineEnd = source.indexOf('\n', end16);
  return [lineStart, lineEnd < 0 ? source.length : lineEnd + 1];
}

/** Where a pair ends, without the white space behind it. */
function contentEnd(source: string, pair: Pair): number {
  return source.slice(0, endOf(pair)).trimEnd().length;
}

function isInFlow(yaml: YamlSource): boolean {
  const root = yaml.document.contents;
  const labels = isMap(root) ? root.get('labels', true) : undefined;
  return isMap(labels) && labels.flow === true;
}
