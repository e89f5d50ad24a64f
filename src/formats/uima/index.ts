import { FormatError, type Context, type Format, type Serializer, type WriteContext } from '../shared/format';
import { toCas } from './build';
import { readJson, writeJson } from './json';
import { Layers, UIMA_OPTIONS } from './layers';
import { toDocument } from './read';
import { readTypeSystem, writeTypeSystem } from './type-system';
import { DKPRO_TYPES, TypeSystem } from './types';
import { readXmi, writeXmi } from './xmi';

const TYPES_FILE = 'TypeSystem.xml';

/**
 * UIMA CAS XMI 1.0 (https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xmi), as INCEpTION and
 * DKPro Core write it: an `.xmi` for each document, and one `TypeSystem.xml` beside them. Offsets are UTF-16.
 *
 * Entities are DKPro's `NamedEntity` and the layers that people make (`custom.*`, `webanno.custom.*`), or the
 * types that an option names. `value` or `label` (or the one text that a layer has) is the label, `identifier`
 * the link, other features are attributes. Annotations with a `Governor` and a `Dependent` that are entities are
 * relations. `documentTitle` (or `documentId`) is the name. Everything else is kept with the types that it
 * needs, and comes back as long as the text is the same; a document that was no CAS gets tokens and sentences.
 */
export const uimaXmi: Format = {
  id: 'uima-xmi',
  title: 'UIMA CAS XMI',
  extensions: ['.xmi'],
  layout: 'file-per-document',
  limits: {
    overlap: 'any',
    discontinuous: false,
    fields: ['link', 'attributes', 'externalId'],
    relations: true,
  },
  annotatorFiles: true,
  options: UIMA_OPTIONS,
  needs: [':XMI', 'http:///uima/cas.ecore'],
  recognizes: (head) => /<\w+:XMI\s/.test(head) && head.includes('http:///uima/cas.ecore'),
  isCertain: (head) => /^\s*</.test(head) && uimaXmi.recognizes(head, ''),
  *parse(file, context) {
    const beside = file.sibling(TYPES_FILE);
    const types = beside ? readTypes(beside.text(), beside.path, context) : new TypeSystem(DKPRO_TYPES);
    yield toDocument(readXmi(file, types, context), file, uimaXmi, context);
  },
  serialize: (context) => new XmiWriter(context),
};

/** A description that is malformed costs what it says of types, not the documents. */
function readTypes(source: string, path: string, { report }: Context): TypeSystem {
  try {
    return readTypeSystem(source, path);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { values, place } = error;
    const { file, line, column } = place;
    report.add({ kind: 'invalid', code: 'line-malformed', file, line, column, values });
    return new TypeSystem();
  }
}

/**
 * UIMA CAS JSON 0.4 (https://github.com/apache/uima-uimaj-io-jsoncas, SPECIFICATION.adoc), as INCEpTION and
 * dkpro-cassis write it: a `.json` with its types for each document. Offsets are UTF-16, as both have them (the
 * specification leaves the unit open). What is an entity, a relation, and kept: as in {@link uimaXmi}.
 */
export const uimaJson: Format = {
  id: 'uima-json',
  title: 'UIMA CAS JSON',
  extensions: ['.json'],
  layout: 'file-per-document',
  limits: uimaXmi.limits,
  annotatorFiles: true,
  options: UIMA_OPTIONS,
  needs: ['"%HEADER"|"%TYPES"|"%FEATURE_STRUCTURES"|"%VIEWS"'],
  recognizes: (head) => /^\s*\{\s*"%(?:HEADER|TYPES|FEATURE_STRUCTURES|VIEWS)"\s*:/.test(head),
  isCertain: (head) => uimaJson.recognizes(head, ''),
  *parse(file, context) {
    yield toDocument(readJson(file, context), file, uimaJson, context);
  },
  serialize(context) {
    const layers = new Layers(uimaJson, context);
    return {
      document(document) {
        const cas = toCas(document, uimaJson, layers, context);
        return [{ path: `${document.name}.json`, content: writeJson(cas) }];
      },
      end: () => [],
    };
  },
};

class XmiWriter implements Serializer {
  private readonly layers: Layers;
  /** By folder: the types of all documents in it. */
  private readonly types = new Map<string, TypeSystem>();

  constructor(private readonly context: WriteContext) {
    this.layers = new Layers(uimaXmi, context);
  }

  document(document: Parameters<Serializer['document']>[0]) {
    const cas = toCas(document, uimaXmi, this.layers, this.context);
    const folder = document.name.slice(0, document.name.lastIndexOf('/') + 1);
    const types = this.types.get(folder) ?? new TypeSystem();
    this.types.set(folder, types);
    for (const type of cas.types.all) types.add(type);
    const content = writeXmi(cas, (count) =>
      this.context.report.add({
        kind: 'lost',
        code: 'character',
        document: document.name,
        values: { count: String(count) },
      }),
    );
    return [{ path: `${document.name}.xmi`, content }];
  }

  *end() {
    for (const [folder, types] of this.types)
      yield { path: folder + TYPES_FILE, content: writeTypeSystem(types) };
  }
}
