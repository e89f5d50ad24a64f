import type { Plain } from '../../core/model/entity';
import type { AnnotatedDocument } from '../shared/document';
import { CONLLU_COLUMNS, type Declared } from './sheet';

/** What goes back as it came: the lines of a document, and what was declared above them. */
export interface Kept {
  readonly [key: string]: Plain;
  readonly lines: readonly string[];
}

export function keep(lines: readonly string[], { columns, fields, tagKey }: Declared): Kept {
  return {
    lines,
    ...(columns !== CONLLU_COLUMNS && { columns }),
    ...(fields !== '' && { fields }),
    ...(tagKey !== '' && { tagKey }),
  };
}

/** A sidecar may hold anything. */
export function keptOf({ carried }: AnnotatedDocument): { lines: string[]; outer: Declared } | undefined {
  const { lines } = Object(carried.conllu) as Record<string, Plain>;
  if (!Array.isArray(lines)) return undefined;
  const isLine = (line: Plain): line is string => typeof line === 'string' && !/[\r\n]/.test(line);
  return { lines: (lines as readonly Plain[]).filter(isLine), outer: declaredIn(carried.conllu) };
}

/** What was declared above the lines that are kept. */
export function declaredIn(kept: Plain | undefined): Declared {
  const { columns, fields, tagKey } = Object(kept) as Record<string, Plain>;
  const textOr = (value: Plain | undefined, usual: string) => (typeof value === 'string' ? value : usual);
  return { columns: textOr(columns, CONLLU_COLUMNS), fields: textOr(fields, ''), tagKey: textOr(tagKey, '') };
}
