import { isScalar, Pair, Scalar, YAMLSeq, type Node, type YAMLMap } from 'yaml';
import type { YamlSource } from '../yaml-source';
import type { ManagedKeys } from './canonical';
import { commentLines, indentComments } from './comment-lines';
import type { Frame } from './sidecar';
import { MANAGED, setManagedLines } from './write';

/** How `yaml` writes what it read. (That aliases have anchors was checked; it takes time by the square of their number.) */
const AS_WRITTEN = {
  lineWidth: 0,
  flowCollectionPadding: false,
  doubleQuotedMinMultiLineLength: Infinity,
  verifyAliasOrder: false,
} as const;

/** Comments at the list of entities, without their `#`; an empty string is an empty line. */
export interface ListComments {
  /** Behind `entities:`, with its `#`, or nothing. */
  readonly opening: string;
  above: string[];
  readonly below: readonly string[];
}

/**
 * Whether each managed key stands at the beginning of a line above `entities`, its value on the same line:
 * then the writer can replace the line.
 */
export function hasManagedLines(yaml: YamlSource, root: YAMLMap): boolean {
  const entities16 = (find(root, 'entities')?.key as Node).range![0];
  return MANAGED.every((name) => {
    const pair = find(root, name);
    if (!pair) return true;
    const from16 = (pair.key as Node).range![0];
    const source = yaml.source.slice(from16, (pair.value as Node | null)?.range?.[1] ?? from16);
    return (
      from16 < entities16 &&
      (from16 === 0 || yaml.source[from16 - 1] === '\n') &&
      source.startsWith(name + ':') &&
      !source.includes('\n')
    );
  });
}

/** The comments of the list of entities itself, those between its items apart. */
export function listComments(yaml: YamlSource, root: YAMLMap): ListComments {
  const pair = find(root, 'entities');
  if (!pair) return { opening: '', above: [], below: [] };
  const value = pair.value as Node | null;
  const behind = yaml.source.slice((pair.key as Node).range![1]);
  const opening = /^[ \t]*:(?:[ \t]+(?:\[\]|null|~))?[ \t]+(#[^\n]*)/.exec(behind)?.[1] ?? '';
  const above = commentLines(value?.commentBefore);
  const below = commentLines(value?.comment);
  if (opening) {
    const from = [above, below].find(([first]) => first === opening.slice(1));
    from?.shift();
  }
  return { opening, above, below };
}

/**
 * The lines around the entities of a document in any form, as `yaml` writes them: managed keys on a line
 * each above `entities`, everything else in its order.
 * @returns `undefined` where that is not possible
 */
export function frameOf(
  yaml: YamlSource,
  root: YAMLMap,
  managed: ManagedKeys,
  around: ListComments,
): Frame | undefined {
  root.flow = false;
  const entities = find(root, 'entities');
  const value = new YAMLSeq();
  value.flow = true;
  const keyComment = commentLines((entities?.key as Node | undefined)?.comment);
  const opening = simplePair('entities', value, entities, keyComment);
  for (const key of MANAGED) {
    const pair = find(root, key);
    if (pair) root.items[root.items.indexOf(pair)] = simpleManaged(key, pair);
  }
  const at = entities ? root.items.indexOf(entities) : root.items.length;
  const isManaged = (pair: Pair) => isScalar(pair.key) && MANAGED.includes(pair.key.value as string);
  const rest = root.items.slice(at + 1);
  root.items = [
    ...root.items.slice(0, at),
    ...rest.filter(isManaged),
    opening,
    ...rest.filter((pair) => !isManaged(pair)),
  ];
  const { document } = yaml;
  const ending = commentLines(document.comment).map((line) => (line === '' ? '' : '#' + line));
  // Left to itself, `yaml` puts an empty line before it.
  document.comment = null;
  const lines = document.toString(AS_WRITTEN).split('\n');
  if (lines.at(-1) === '') lines.pop();
  const index = lines.indexOf('entities: []');
  if (index < 0) return undefined;
  return {
    head: setManagedLines(lines.slice(0, index), managed),
    comment: around.opening,
    tail: [...indentComments([...around.above, ...around.below]), ...lines.slice(index + 1), ...ending],
    eol: '\n',
  };
}

function find(root: YAMLMap, key: string): Pair | undefined {
  return root.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** A pair that `yaml` writes on one line, with the comments of another above it. */
function simplePair(name: string, value: Node, pair: Pair | undefined, comments: readonly string[]): Pair {
  const key = new Scalar(name);
  const old = pair?.key as Node | undefined;
  const above = [...commentLines(old?.commentBefore), ...comments];
  if (above.length > 0) key.commentBefore = above.join('\n');
  if (old?.spaceBefore) key.spaceBefore = true;
  return new Pair(key, value);
}

function simpleManaged(name: string, pair: Pair): Pair {
  const old = pair.value as Node | null;
  const [behind, ...others] = commentLines(old?.comment);
  const value = new Scalar('x');
  if (behind) value.comment = behind;
  const key = pair.key as Node;
  return simplePair(name, value, pair, [
    ...commentLines(key.comment),
    ...commentLines(old?.commentBefore),
    ...others,
  ]);
}
