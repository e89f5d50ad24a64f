import type { Entity, Plain } from '../../core/model/entity';
import type { AnnotatedDocument, Relation } from '../shared/document';
import type { NoteCode } from '../shared/note-codes';
import { escapeXml, escapeXmlContent } from '../shared/xml';
import { elementOf, isAttribute, isId } from './elements';

export type Tell = (
  kind: 'changed' | 'lost',
  code: Extract<NoteCode, 'label-name' | 'field'>,
  entity: Entity | undefined,
  values: Readonly<Record<string, string>>,
) => void;

/** Where something is put into the text. */
interface Mark {
  readonly at: number;
  readonly markup: string;
}

/** A TEI file of a document. @param held what of it the markup can hold @param markup `inline` or `standoff` */
export function writeTei(
  { name, index }: AnnotatedDocument,
  { entities, relations }: { readonly entities: readonly Entity[]; readonly relations: readonly Relation[] },
  markup: string,
  tell: Tell,
): string {
  const ids = idsOf(entities, relations, markup);
  const marks = markup === 'inline' ? inlineMarks(entities, ids, tell) : anchorMarks(entities);
  let text = '';
  let at = 0;
  for (const { at: next, markup: tag } of marks) {
    text += escapeXmlContent(index.raw.slice(index.toUtf16(at), index.toUtf16(next))) + tag;
    at = next;
  }
  text += escapeXmlContent(index.raw.slice(index.toUtf16(at)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<TEI xmlns="http://www.tei-c.org/ns/1.0">',
    '  <teiHeader>',
    '    <fileDesc>',
    `      <titleStmt><title>${escapeXmlContent(name)}</title></titleStmt>`,
    '      <publicationStmt><p>Unpublished</p></publicationStmt>',
    '      <sourceDesc><p>Annotated plain text</p></sourceDesc>',
    '    </fileDesc>',
    '  </teiHeader>',
    ...standOff(entities, relations, ids, markup, tell),
    `  <text><body><ab xml:space="preserve">${text}</ab></body></text>`,
    '</TEI>',
    '',
  ].join('\n');
}

/** The ids of what something refers to, or that has one of its own. */
function idsOf(
  entities: readonly Entity[],
  relations: readonly Relation[],
  markup: string,
): ReadonlyMap<string, string> {
  const ends = new Set(relations.flatMap(({ from, to }) => [from, to]));
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  for (const { id, externalId } of entities) {
    if (
      externalId === undefined ||
      !isId(externalId) ||
      /^a\d+$|\.\d+$/.test(externalId) ||
      taken.has(externalId)
    )
      continue;
    taken.add(externalId);
    ids.set(id, externalId);
  }
  let last = 0;
  for (const entity of entities) {
    const isReferredTo =
      markup === 'standoff' ||
      ends.has(entity.id) ||
      entity.note !== undefined ||
      besides(entity, markup).length > 0;
    if (ids.has(entity.id) || !isReferredTo) continue;
    do last++;
    while (taken.has(`e${last}`));
    ids.set(entity.id, `e${last}`);
  }
  return ids;
}

function tagName({ label }: Entity, markup: string): string {
  return markup === 'inline' ? elementOf(label) : 'span';
}

/** The attributes of an entity for which its element has none. */
function besides(entity: Entity, markup: string): [string, Plain][] {
  const element = tagName(entity, markup);
  return Object.entries(entity.attributes ?? {}).filter(
    ([name, value]) => typeof value !== 'string' || !isOwn(name, entity, element),
  );
}

/** Whether an element has an attribute for one of its entity. A `key` without a `ref` would be read as the link. */
function isOwn(name: string, { link }: Entity, element: string): boolean {
  return name === 'key' ? element !== 'span' && link !== undefined : isAttribute(name, element);
}

function attributesOf(entity: Entity, ids: ReadonlyMap<string, string>, markup: string, tell: Tell): string {
  const { id, label, link, attributes = {} } = entity;
  const element = tagName(entity, markup);
  const pairs: [string, string][] = [];
  const xmlId = ids.get(id);
  if (xmlId !== undefined) pairs.push(['xml:id', xmlId]);
  if (element === 'rs' || element === 'span') {
    // A value of an enumeration is one word.
    const type = label.replace(/\s/g, '_');
    if (type !== label) tell('changed', 'label-name', entity, { from: label, to: type });
    pairs.push(['type', type]);
  }
  if (link !== undefined) pairs.push([element === 'span' ? 'corresp' : 'ref', link]);
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === 'string' && isOwn(name, entity, element)) pairs.push([name, value]);
  return pairs.map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
}

/** Entities as elements, which must nest. */
function inlineMarks(entities: readonly Entity[], ids: ReadonlyMap<string, string>, tell: Tell): Mark[] {
  const marks: Mark[] = [];
  const open: Entity[] = [];
  const close = (to: number) => {
    while (open.length > 0 && open.at(-1)!.end <= to) {
      const entity = open.pop()!;
      marks.push({ at: entity.end, markup: `</${elementOf(entity.label)}>` });
    }
  };
  for (const entity of entities) {
    close(entity.start);
    marks.push({
      at: entity.start,
      markup: `<${elementOf(entity.label)}${attributesOf(entity, ids, 'inline', tell)}>`,
    });
    open.push(entity);
  }
  close(Infinity);
  return marks;
}

function partsOf({ start, end, parts }: Entity): readonly (readonly [number, number])[] {
  return parts ?? [[start, end]];
}

/** An anchor where any part of an entity begins or ends, named by its place. */
function anchorMarks(entities: readonly Entity[]): Mark[] {
  const places = [...new Set(entities.flatMap((entity) => partsOf(entity).flat()))].sort((a, b) => a - b);
  return places.map((at) => ({ at, markup: `<anchor xml:id="a${at}"/>` }));
}

function standOff(
  entities: readonly Entity[],
  relations: readonly Relation[],
  ids: ReadonlyMap<string, string>,
  markup: string,
  tell: Tell,
): string[] {
  const spans = markup === 'inline' ? [] : entities.flatMap((entity) => spansOf(entity, ids, tell));
  const notes = entities.flatMap((entity) => {
    const target = `target="#${ids.get(entity.id)}"`;
    const own = besides(entity, markup).map(([name, value]) => {
      const [kind, text] =
        typeof value === 'string' ? ['', value] : [' subtype="json"', JSON.stringify(value)];
      return `<note ${target} type="attribute"${kind} n="${escapeXml(name)}">${escapeXml(text)}</note>`;
    });
    return entity.note === undefined ? own : [`<note ${target}>${escapeXml(entity.note)}</note>`, ...own];
  });
  const taken = new Set(ids.values());
  const related = relations.map(({ label, from, to, externalId, attributes }) => {
    if (attributes && Object.keys(attributes).length > 0)
      tell('lost', 'field', undefined, { fields: 'attributes', relation: label });
    const id =
      externalId !== undefined && isId(externalId) && !taken.has(externalId) ? ` xml:id="${externalId}"` : '';
    return `<relation${id} name="${escapeXml(label)}" active="#${ids.get(from)}" passive="#${ids.get(to)}"/>`;
  });
  const group = (tag: string, attributes: string, lines: readonly string[]) =>
    lines.length > 0
      ? [`    <${tag}${attributes}>`, ...lines.map((line) => `      ${line}`), `    </${tag}>`]
      : [];
  const groups = [
    ...group('spanGrp', ' type="entities"', spans),
    ...group('listAnnotation', '', notes),
    ...group('listRelation', '', related),
  ];
  return groups.length > 0 ? ['  <standOff>', ...groups, '  </standOff>'] : [];
}

/** The parts of an entity, each with the next one. */
function spansOf(entity: Entity, ids: ReadonlyMap<string, string>, tell: Tell): string[] {
  const parts = partsOf(entity);
  const id = ids.get(entity.id)!;
  const idOf = (i: number) => (i === 0 ? id : `${id}.${i + 1}`);
  return parts.map(([start, end], i) => {
    const own = i === 0 ? attributesOf(entity, ids, 'standoff', tell) : ` xml:id="${idOf(i)}"`;
    const next = i + 1 < parts.length ? ` next="#${idOf(i + 1)}"` : '';
    const prev = i > 0 ? ` prev="#${idOf(i - 1)}"` : '';
    return `<span${own} from="#a${start}" to="#a${end}"${next}${prev}>${i === 0 ? escapeXml(entity.text) : ''}</span>`;
  });
}
