import type { Plain } from '../../../entity';
import type { AnnotatedDocument } from '../../document';
import { CONLLU_COLUMNS, type Declared } from './sheet';

/** What goes back as it came: the lines of a document, and what was declared above them. */
export interface Kept {
  readonly [key: string]: Plain;
  readonly lines: readonly string[];
}

export function keep(lines: readonly string[], { columns, fields }: Declared): Kept {
  return {
    lines,
    ...(columns !== CONLLU_COLUMNS && { columns }),
    ...(fields !== '' && { fields }),
  };
}

/** A sidecar may hold anything. */
export function keptOf({ carried }: AnnotatedDocument): { lines: string[]; outer: Declared } | undefined {
  const { lines, columns, fields } = Object(carried.conllu) as Record<string, Plain>;
  if (!Array.isArray(lines)) return undefined;
  const isLine = (line: Plain): line is string => typeof line === 'string' && !/[\r\n]/.test(line);
  const outer = {
    columns: typeof columns === 'string' ? columns : CONLLU_COLUMNS,
    fields: typeof fields === 'string' ? fields : '',
  };
  return { lines: (lines as readonly Plain[]).filter(isLine), outer };
}
