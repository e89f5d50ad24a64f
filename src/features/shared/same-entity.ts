import type { Entity } from '../../core/model/entity';

/** What makes two mentions one entity: the same link, or, where there is none, the same text and label. */
export type Identity = { readonly link: string } | { readonly text: string; readonly label: string };

export function identityOf({ link, text, label }: Pick<Entity, 'link' | 'text' | 'label'>): Identity {
  return link === undefined ? { text, label } : { link };
}

export function isSame(
  identity: Identity,
  { link, text, label }: Pick<Entity, 'link' | 'text' | 'label'>,
): boolean {
  return 'link' in identity ? link === identity.link : text === identity.text && label === identity.label;
}
