import type { Status } from '../../core/model/records';
import { entityIdFrom, type Entity } from '../../core/model/entity';
import type { Relation } from '../../core/model/records';
import type { Carried } from '../../core/sidecar/sidecar';
import type { TextIndex } from '../../core/text';

export type { Carried, Relation };

/** An article with what is annotated in it, on its way between a format and a corpus. */
export interface AnnotatedDocument {
  /** What it is called: a path in its corpus with `/`, without an extension. */
  readonly name: string;
  /** The layer of the annotator whose it is, where a source tells them apart; empty for the shared one. */
  readonly layer?: string | undefined;
  /** Its text, as it was read; spans are code points of it, as a `TextIndex` counts them. */
  readonly index: TextIndex;
  /** In the sidecar's order (see `compareEntities`); each span holds its entity's text. */
  readonly entities: readonly Entity[];
  readonly relations: readonly Relation[];
  readonly status?: Status | undefined;
  readonly carried: Carried;
}

/** A document with those of its entities that are wanted, and the relations between them. */
export function withOnly(
  document: AnnotatedDocument,
  isWanted: (entity: Entity) => boolean,
): AnnotatedDocument {
  const entities = document.entities.filter(isWanted);
  if (entities.length === document.entities.length) return document;
  const ids = new Set(entities.map(({ id }) => id));
  const relations = document.relations.filter(({ from, to }) => ids.has(from) && ids.has(to));
  return { ...document, entities, relations };
}

/**
 * Ids for what is read from another format: the same for the same content, so that reading a file again
 * changes nothing, and no two of one document alike.
 */
export class IdMaker {
  private readonly taken = new Set<string>();
  /** The last number behind a content that came several times. */
  private readonly numbers = new Map<string, number>();

  /** @param content what tells the entity (or relation) from others of its document */
  make(content: string): string {
    let id = entityIdFrom(content);
    while (this.taken.has(id)) {
      const number = (this.numbers.get(content) ?? 1) + 1;
      this.numbers.set(content, number);
      id = entityIdFrom(`${content} ${number}`);
    }
    this.taken.add(id);
    return id;
  }
}
