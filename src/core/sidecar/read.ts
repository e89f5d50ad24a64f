import { isMap, isScalar, isSeq } from 'yaml';
import { compareEntities, type Entity } from '../model/entity';
import type { Problem } from '../problem';
import { beginsWithMark } from '../text';
import { isForYaml, isTooBigForYaml, YamlSource } from '../yaml-source';
import { readCanonical } from './canonical';
import { splitConflict } from './conflict-markers';
import { flatten } from './flatten';
import { commentLines, indentComments } from './comment-lines';
import { frameOf, listComments } from './frame';
import { hasReferences, readEntity } from './read-entity';
import { lineReader, problemsOfLarge } from './read-lines';
import { readManaged } from './read-managed';
import { readRecords } from './record-lines';
import type { Sidecar } from './sidecar';
import { writeSidecar } from './write';

export interface SidecarReading {
  /** `undefined` where an error makes the sidecar unusable; it must then not be overwritten. */
  readonly sidecar: Sidecar | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads a sidecar in any YAML form. The canonical form is read fast; anything else is read by `yaml`,
 * checked node by node, and brought into canonical form with its comments and unknown keys. A file without
 * content is an error: it is what an interrupted write of another program leaves, and must not pass for a
 * sidecar whose entities were all removed.
 */
export function readSidecar(source: string): SidecarReading {
  const text = beginsWithMark(source) ? source.slice(1) : source;
  const canonical = readCanonical(text, lineReader());
  if (typeof canonical !== 'number' && isUnique(canonical.entities)) {
    return { sidecar: inOrder(canonical), problems: [] };
  }
  const conflict = splitConflict(source);
  if (conflict) {
    const { start16, end16 } = conflict;
    const problem = { code: 'git-conflict', severity: 'error', start16, end16, values: {} } as const;
    return { sidecar: undefined, problems: [problem] };
  }
  if (!isTooBigForYaml(text)) return readAnyForm(source, text);
  const formatted = readFormatted(text);
  if (formatted) return { sidecar: inOrder(formatted), problems: [] };
  return { sidecar: undefined, problems: problemsOfLarge(source, text, canonical) };
}

/** Reads a sidecar that is canonical but for the white space of a formatter, without `yaml`. */
function readFormatted(text: string): Sidecar | undefined {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const flat = flatten(text.replaceAll(eol, '\n'));
  const sidecar = flat === undefined ? undefined : readCanonical(flat, lineReader());
  if (typeof sidecar !== 'object' || !isUnique(sidecar.entities)) return undefined;
  return { ...sidecar, frame: { ...sidecar.frame, eol } };
}

function readAnyForm(source: string, text: string): SidecarReading {
  const yaml = new YamlSource(source);
  try {
    let sidecar = readDocument(yaml);
    // A lone `\r` ends a line, too (YAML 1.2.2, 5.4), which `yaml` does not see.
    const unixText = text.replace(/\r\n?/g, '\n');
    if (sidecar && unixText !== text) {
      sidecar = readDocument(new YamlSource(unixText));
      if (!sidecar) yaml.report('not-canonicalizable', yaml.document.contents);
    }
    if (sidecar && /\r?\n/.exec(text)?.[0] === '\r\n') {
      sidecar = { ...sidecar, frame: { ...sidecar.frame, eol: '\r\n' } };
    }
    if (sidecar && !isReadWhenWritten(sidecar)) {
      yaml.report('not-canonicalizable', yaml.document.contents);
      sidecar = undefined;
    }
    return { sidecar: sidecar && inOrder(sidecar), problems: yaml.problems };
  } catch {
    // What `yaml` parses it may still fail to walk or to write.
    yaml.report('not-canonicalizable', yaml.document.contents);
    return { sidecar: undefined, problems: yaml.problems };
  }
}

/** The canonical form may be longer, and is not to become too large. */
function isReadWhenWritten(sidecar: Sidecar): boolean {
  const written = writeSidecar(sidecar);
  return isForYaml(written) || typeof readCanonical(written, lineReader()) !== 'number';
}

function inOrder(sidecar: Sidecar): Sidecar {
  const { entities, frame } = sidecar;
  const isOrdered = entities.every((e, i) => i === 0 || compareEntities(entities[i - 1]!, e) < 0);
  const records = readRecords(frame);
  if (isOrdered && Object.keys(records).length === 0) return sidecar;
  return { ...sidecar, entities: isOrdered ? entities : [...entities].sort(compareEntities), ...records };
}

function isUnique(entities: readonly Entity[]): boolean {
  return new Set(entities.map(({ id }) => id)).size === entities.length;
}

/** Checks a whole document node by node. @returns `undefined` where a problem is an error */
function readDocument(yaml: YamlSource): Sidecar | undefined {
  const root = yaml.rootMap();
  if (!root || yaml.hasErrors) return undefined;
  const managed = readManaged(yaml, root);
  const entities = readEntities(yaml, root.get('entities', true));
  if (yaml.hasErrors) return undefined;
  const around = listComments(yaml, root);
  const [first, ...others] = entities;
  if (first && around.above.length > 0) {
    const kept = first.kept ?? { above: [], pairs: '', comment: '' };
    const above = [...indentComments(around.above), ...kept.above];
    entities.splice(0, 1, { ...first, kept: { ...kept, above } });
    around.above = [];
  }
  const frame = frameOf(yaml, root, managed, around);
  if (!frame) yaml.report('not-canonicalizable', root);
  return frame && { ...managed, entities: first ? entities : others, frame };
}

function readEntities(yaml: YamlSource, node: unknown): Entity[] {
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  if (!isSeq(node)) {
    yaml.report('wrong-type', node, { key: 'entities', expected: 'list' });
    return [];
  }
  if (hasReferences(yaml, node)) return [];
  const ids = new Set<string>();
  return node.items.flatMap((item) => {
    if (!isMap(item)) {
      yaml.report('wrong-type', item ?? node, { key: 'entities', expected: 'map' });
      return [];
    }
    const entity = readEntity(yaml, item);
    if (!entity) return [];
    if (ids.has(entity.id)) yaml.report('entity-id-duplicate', item.get('id', true), { id: entity.id });
    ids.add(entity.id);
    const above = [...(item.spaceBefore ? [''] : []), ...indentComments(commentLines(item.commentBefore))];
    if (above.length === 0) return [entity];
    const kept = entity.kept ?? { above: [], pairs: '', comment: '' };
    return [{ ...entity, kept: { ...kept, above: [...above, ...kept.above] } }];
  });
}
