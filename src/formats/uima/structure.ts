import type { Plain } from '../../core/model/entity';

/**
 * A feature structure. Its features are by name as UIMA CAS JSON writes it: `@` stands before one that refers to
 * other structures (the reader of XMI sets it, too), `^` or `#` may; `%ELEMENTS` are those of an array. A
 * reference is a number, several are a list, or in XMI a text with spaces between; offsets are numbers.
 */
export interface Structure {
  readonly id: number;
  /** With its package: `custom.Span`. */
  readonly type: string;
  readonly features: ReadonlyMap<string, Plain>;
}

export const SOFA = 'uima.cas.Sofa';
export const NAMED_ENTITY = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';
export const META_DATA = 'de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData';
export const SENTENCE = 'de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence';
export const TOKEN = 'de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token';
export const RELATION = 'custom.Relation';
export const INITIAL_VIEW = '_InitialView';
