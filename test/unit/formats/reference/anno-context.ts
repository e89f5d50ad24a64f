/**
 * What the terms of JSON mean that the Web Annotation Vocabulary gives its classes and properties
 * (https://www.w3.org/TR/annotation-vocab/, W3C Recommendation of 23 February 2017), for a processor of JSON-LD that
 * may not ask the network. Written from the vocabulary for these tests, with the terms that a text's annotations need:
 * of each it says what the W3C's document at {@link ANNO_CONTEXT} says, which is under the W3C Software and Document
 * License. A term that is missing here counts as one without a meaning.
 */
export const ANNO_CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

/** Terms that are called as in the vocabulary, by its namespace. */
const SAME_NAME = {
  oa: [
    ...['Annotation', 'Choice', 'Motivation', 'ResourceSelection', 'SpecificResource', 'TextualBody'],
    ...[
      'CssSelector',
      'FragmentSelector',
      'RangeSelector',
      'TextPositionSelector',
      'TextQuoteSelector',
      'XPathSelector',
    ],
    ...['assessing', 'bookmarking', 'classifying', 'commenting', 'describing', 'editing', 'highlighting'],
    ...['identifying', 'linking', 'moderating', 'questioning', 'replying', 'tagging'],
    ...['bodyValue', 'exact', 'prefix', 'suffix', 'styleClass'],
  ],
  foaf: ['Organization', 'Person', 'name'],
  dc: ['format', 'language'],
};

/** Whose values are resources. */
const RESOURCES = {
  body: 'oa:hasBody',
  target: 'oa:hasTarget',
  source: 'oa:hasSource',
  selector: 'oa:hasSelector',
  startSelector: 'oa:hasStartSelector',
  endSelector: 'oa:hasEndSelector',
  refinedBy: 'oa:refinedBy',
  scope: 'oa:hasScope',
  creator: 'dcterms:creator',
  conformsTo: 'dcterms:conformsTo',
  generator: 'as:generator',
  partOf: 'as:partOf',
  first: 'as:first',
  last: 'as:last',
  next: 'as:next',
  prev: 'as:prev',
};

/** Whose values are of a type of XML Schema. */
const TYPED = {
  start: ['oa:start', 'nonNegativeInteger'],
  end: ['oa:end', 'nonNegativeInteger'],
  total: ['as:totalItems', 'nonNegativeInteger'],
  startIndex: ['as:startIndex', 'nonNegativeInteger'],
  created: ['dcterms:created', 'dateTime'],
  modified: ['dcterms:modified', 'dateTime'],
  generated: ['dcterms:issued', 'dateTime'],
};

const mapped = <T, U>(terms: Readonly<Record<string, T>>, to: (value: T) => U) =>
  Object.fromEntries(Object.entries(terms).map(([term, value]) => [term, to(value)]));

export const PREFIXES = {
  oa: 'http://www.w3.org/ns/oa#',
  as: 'http://www.w3.org/ns/activitystreams#',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

export const annoContext: Readonly<Record<string, unknown>> = {
  ...PREFIXES,
  id: { '@id': '@id', '@type': '@id' },
  type: { '@id': '@type', '@type': '@id' },
  ...Object.fromEntries(
    Object.entries(SAME_NAME).flatMap(([prefix, terms]) => terms.map((term) => [term, `${prefix}:${term}`])),
  ),
  value: 'rdf:value',
  label: 'rdfs:label',
  Software: 'as:Application',
  AnnotationCollection: 'as:OrderedCollection',
  AnnotationPage: 'as:OrderedCollectionPage',
  ...mapped(RESOURCES, (id) => ({ '@id': id, '@type': '@id' })),
  ...mapped(TYPED, ([id, type]) => ({ '@id': id!, '@type': `xsd:${type}` })),
  items: { '@id': 'as:items', '@type': '@id', '@container': '@list' },
  motivation: { '@id': 'oa:motivatedBy', '@type': '@vocab' },
  purpose: { '@id': 'oa:hasPurpose', '@type': '@vocab' },
};
