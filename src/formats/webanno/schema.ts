import { isFeatureName, isTypeName } from '../uima/kept';

/** A column: of a value; of the roles and of the targets of a slot; of where a relation comes from. */
export type Column =
  | { readonly kind: 'value'; readonly feature: string }
  | { readonly kind: 'roles'; readonly feature: string }
  | { readonly kind: 'targets'; readonly feature: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'source' };

/** A layer, as a line of the header has it. */
export interface Layer {
  readonly kind: 'SP' | 'CH' | 'RL';
  readonly type: string;
  readonly columns: readonly Column[];
  /** Of the links of slots, by the feature: their type and that of what they lead to. */
  readonly slots: ReadonlyMap<string, { readonly link: string; readonly target: string }>;
  /** What a relation is between. */
  readonly base: string;
}

const KINDS = ['SP', 'CH', 'RL'] as const;
export const ANY = 'uima.tcas.Annotation';

/**
 * `#T_SP=type|feature|ROLE_type:slot_linkType|targetType`, `#T_CH=…`, `#T_RL=type|feature|BT_baseType`.
 * @returns `undefined` where a line is none of these
 */
export function readLayer(line: string): Layer | undefined {
  const [, kind = '', rest = ''] = /^#T_(SP|CH|RL)=(.+)$/.exec(line) ?? [];
  const [type = '', ...fields] = rest.split('|').map((field) => field.trim());
  if (!isTypeName(type)) return undefined;
  const columns: Column[] = [];
  const slots = new Map<string, { link: string; target: string }>();
  let base = ANY;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    const [, feature, link] = /^ROLE_[^:]*:([^.]+?)_([^._]+\..+|[^._]+)$/.exec(field) ?? [];
    if (kind === 'SP' && feature !== undefined && link !== undefined) {
      if (!isFeatureName(feature) || !isTypeName(link)) return undefined;
      slots.set(feature, { link, target: fields[++i] ?? ANY });
      columns.push({ kind: 'roles', feature }, { kind: 'targets', feature });
    } else if (kind === 'RL' && field.startsWith('BT_')) {
      base = field.slice(3) || ANY;
      columns.push({ kind: 'source' });
    } else if (isFeatureName(field)) columns.push({ kind: 'value', feature: field });
    else if (field !== '') return undefined;
  }
  if (columns.length === 0) columns.push({ kind: 'none' });
  return { kind: kind as Layer['kind'], type, columns, slots, base };
}

export function writeLayer({ kind, type, columns, slots, base }: Layer): string {
  const fields = columns.map((column) => {
    if (column.kind === 'none') return '';
    if (column.kind === 'source') return `BT_${base}`;
    const { feature } = column;
    const { link = '', target = '' } = slots.get(feature) ?? {};
    if (column.kind === 'roles') return `ROLE_${type}:${feature}_${link}`;
    return column.kind === 'targets' ? target : feature;
  });
  return `#T_${kind}=${[type, ...fields].join('|')}`;
}

/** Spans, then chains, then relations. */
export function inOrder(layers: readonly Layer[]): readonly Layer[] {
  return KINDS.flatMap((kind) => layers.filter((layer) => layer.kind === kind));
}
