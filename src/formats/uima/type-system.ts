import { elementsOf, escapeXmlContent, parseXml, textOf, type XmlElement } from '../shared/xml';
import { isFeatureName, isTypeName } from './kept';
import { STRING, TOP, TypeSystem, type FeatureType, type Type } from './types';

const NAMESPACE = 'http://uima.apache.org/resourceSpecifier';

/**
 * The types of a UIMA type system description; imports of others are not followed, and what is malformed is
 * left out.
 * @throws FormatError where it is no well-formed XML
 */
export function readTypeSystem(source: string, file: string): TypeSystem {
  const types = new TypeSystem();
  const root = parseXml(source, file);
  for (const list of elementsOf(root, 'types'))
    for (const element of elementsOf(list, 'typeDescription')) {
      const type = readType(element);
      if (type) types.add(type);
    }
  return types;
}

function said(element: XmlElement, name: string): string | undefined {
  const [found] = elementsOf(element, name);
  return found && textOf(found).trim();
}

function readType(element: XmlElement): Type | undefined {
  const name = said(element, 'name') ?? '';
  if (!isTypeName(name)) return undefined;
  const description = said(element, 'description');
  const allowed = elementsOf(element, 'allowedValues').flatMap((values) =>
    elementsOf(values, 'value').map((value) => said(value, 'string') ?? ''),
  );
  return {
    name,
    supertype: said(element, 'supertypeName') || TOP,
    features: elementsOf(element, 'features').flatMap((list) =>
      elementsOf(list, 'featureDescription').flatMap(readFeature),
    ),
    ...(description && { description }),
    ...(allowed.length > 0 && { allowed }),
  };
}

function readFeature(element: XmlElement): FeatureType[] {
  const name = said(element, 'name') ?? '';
  if (!isFeatureName(name)) return [];
  const [description, element_, shared] = ['description', 'elementType', 'multipleReferencesAllowed'].map(
    (one) => said(element, one),
  );
  return [
    {
      name,
      range: said(element, 'rangeTypeName') || STRING,
      ...(element_ && { element: element_ }),
      ...(shared && { shared: shared === 'true' }),
      ...(description && { description }),
    },
  ];
}

/** A type system as a description of its own. */
export function writeTypeSystem(types: TypeSystem): string {
  const lines = [...types.all].map(
    ({ name, supertype, features, description = '', allowed }) => `    <typeDescription>
      <name>${escapeXmlContent(name)}</name>
      <description>${escapeXmlContent(description)}</description>
      <supertypeName>${escapeXmlContent(supertype)}</supertypeName>
${allowed ? `      <allowedValues>\n${allowed.map((value) => `        <value><string>${escapeXmlContent(value)}</string></value>\n`).join('')}      </allowedValues>\n` : ''}${features.length > 0 ? `      <features>\n${features.map(writeFeature).join('')}      </features>\n` : ''}    </typeDescription>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="${NAMESPACE}">
  <types>
${lines.join('')}  </types>
</typeSystemDescription>
`;
}

function writeFeature({ name, range, element, shared, description = '' }: FeatureType): string {
  const more = [
    element === undefined ? '' : `          <elementType>${escapeXmlContent(element)}</elementType>\n`,
    shared === undefined
      ? ''
      : `          <multipleReferencesAllowed>${shared}</multipleReferencesAllowed>\n`,
  ];
  return `        <featureDescription>
          <name>${escapeXmlContent(name)}</name>
          <description>${escapeXmlContent(description)}</description>
          <rangeTypeName>${escapeXmlContent(range)}</rangeTypeName>
${more.join('')}        </featureDescription>
`;
}
