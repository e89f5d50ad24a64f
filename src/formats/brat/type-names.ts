import { CleanNames } from '../shared/clean-names';
import type { AnnotatedDocument } from '../shared/document';
import type { WrittenNames } from '../shared/format';
import type { Report } from '../shared/report';

/**
 * What brat takes in the name of a type. Its own server wants ASCII (`^[a-zA-Z0-9_-]*$`); letters of other
 * scripts are let stand, as what else reads its files takes them, and nothing of them would be left.
 */
export function typeName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{M}\p{N}_-]/gu, '_');
  // A line of hyphens parts the types from each other in a configuration.
  return /^-*$/.test(clean) ? `_${clean}` : clean;
}

/** What types are called. @param labels those of a corpus, in their order: they come first */
export function namesOfTypes(report: Report, labels: readonly string[]): WrittenNames {
  return {
    labels: new CleanNames(report, typeName, labels),
    relations: new CleanNames(report, typeName),
    attributes: new CleanNames(report, typeName, [], 'attribute-name'),
  };
}

/** Gives names to the types of a document, whether it is written or not. */
export function seeTypes(names: WrittenNames, { entities, relations }: AnnotatedDocument): void {
  names.labels.see(entities.map(({ label }) => label));
  names.relations.see(relations.map(({ label }) => label));
  for (const { attributes } of [...entities, ...relations])
    names.attributes.see(Object.keys(attributes ?? {}));
}
