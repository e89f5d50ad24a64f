import type { Entity, Plain } from '../../core/model/entity';
import type { AnnotatedDocument } from '../shared/document';
import { FormatError, optionOf, type Format, type Serializer, type WriteContext } from '../shared/format';
import { fit } from '../shared/limits';
import { about, Report } from '../shared/report';
import { isForXml, parseXml } from '../shared/xml';
import { readTei } from './parse';
import { writeTei, type Tell } from './write';

/** Writes each document as a file: as it was, where it came from one that says the same. */
export function serializeTei(
  format: Pick<Format, 'id' | 'limits' | 'options'>,
  { report, options }: WriteContext,
): Serializer {
  const markup = optionOf(format, 'markup', options);
  return {
    document(document) {
      const path = `${document.name}.tei.xml`;
      const { source } = Object(document.carried.tei) as Record<string, Plain>;
      if (typeof source === 'string' && saysTheSame(document, source)) {
        fit(
          document,
          { id: format.id, limits: { ...format.limits, overlap: 'any', discontinuous: true } },
          report,
        );
        return [{ path, content: source }];
      }
      const { name } = document;
      if (source !== undefined) report.add({ kind: 'lost', code: 'markup-lost', document: name });
      const isInline = markup === 'inline';
      const limits = {
        ...format.limits,
        overlap: isInline ? ('nested' as const) : ('any' as const),
        discontinuous: !isInline,
      };
      const held = fit(document, { id: format.id, limits }, report);
      const tell: Tell = (kind, code, entity, values) =>
        report.add({ kind, code, document: name, values, ...(entity && about(entity)) });
      const count =
        countForbidden(document.index.raw) +
        held.entities.reduce((sum, entity) => sum + countForbidden(textsOf(entity)), 0);
      if (count > 0)
        report.add({ kind: 'lost', code: 'character', document: name, values: { count: String(count) } });
      return [{ path, content: writeTei(document, held, markup, tell) }];
    },
    end: () => [],
  };
}

/** How many characters of a text no XML can hold. */
function countForbidden(text: string): number {
  return isForXml(text) ? 0 : Array.from(text).filter((char) => !isForXml(char)).length;
}

function textsOf({ label, note = '', link = '', attributes = {} }: Entity): string {
  const values = Object.entries(attributes).map(
    ([name, value]) => name + (typeof value === 'string' ? value : ''),
  );
  return label + note + link + values.join('');
}

/** Whether a file says of its text what the document says now. */
function saysTheSame(document: AnnotatedDocument, source: string): boolean {
  try {
    const before = readTei(parseXml(source, ''), document.name, '', new Report());
    return before.index.raw === document.index.raw && sayings(before) === sayings(document);
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

function sayings({ entities, relations }: AnnotatedDocument): string {
  const say = ({
    label,
    start,
    end,
    parts,
    externalId,
    note,
    link,
    reviewed,
    suggestedBy,
    attributes = {},
  }: Entity) =>
    JSON.stringify([
      start,
      end,
      parts,
      label,
      externalId,
      note,
      link,
      reviewed,
      suggestedBy,
      Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  const said = new Map(entities.map((entity) => [entity.id, say(entity)]));
  const related = relations.map(({ label, from, to }) =>
    JSON.stringify([label, said.get(from), said.get(to)]),
  );
  return JSON.stringify([[...said.values()].sort(), related.sort()]);
}
