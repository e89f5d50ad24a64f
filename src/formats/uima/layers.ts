import { FormatError, optionOf, type Context, type Format, type FormatOption } from '../shared/format';
import { TOKENIZERS, type Tokenizer } from '../shared/tokens';
import { shortName, textOfFeature, valueOf } from './cas';
import { NAMED_ENTITY, type Structure } from './structure';
import { isFeatureName, isTypeName } from './kept';
import { STRING, type TypeSystem } from './types';

export const UIMA_OPTIONS: readonly FormatOption[] = [
  {
    name: 'type',
    values: [],
    description:
      'the types of annotations that are entities, parted by commas; the first is written (NamedEntity, and all of custom.* and webanno.custom.* that is read)',
  },
  {
    name: 'feature',
    values: [],
    description: 'the feature that is the label of an entity (value or label)',
  },
  {
    name: 'name',
    values: ['title', 'file'],
    description: 'whether a document is called as its metadata say, or as its file',
  },
  { name: 'tokenizer', values: TOKENIZERS, description: 'how text is cut into tokens' },
];

/** Layers that people make in INCEpTION and WebAnno. */
const CUSTOM = /^(?:webanno\.)?custom\./;
/** Features that are labels, by their names, the likeliest first. */
const LABELS = ['value', 'label', 'relationType', 'DependencyType'];

/** What of a CAS are entities and relations, and which of their features are their labels. */
export class Layers {
  private readonly chosen: readonly string[];
  private readonly feature: string;
  readonly tokenizer: Tokenizer;
  readonly namesByTitle: boolean;

  /** @throws FormatError where an option is no name of a type or feature */
  constructor(format: Pick<Format, 'id' | 'options'>, { options }: Pick<Context, 'options'>) {
    const option = (name: string) => optionOf(format, name, options);
    this.chosen = option('type')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    this.feature = option('feature');
    this.tokenizer = option('tokenizer') as Tokenizer;
    this.namesByTitle = option('name') === 'title';
    const check = (name: string, value: string, isName: boolean) => {
      if (!isName) throw new FormatError('option-unknown', { file: format.id }, { name, value, values: '' });
    };
    for (const type of this.chosen) check('type', type, isTypeName(type) && type.includes('.'));
    check('feature', this.feature, this.feature === '' || isFeatureName(this.feature));
  }

  /** Whether annotations of a type are entities (or relations, where they are between some). */
  isEntity(type: string, types: TypeSystem): boolean {
    if (this.chosen.length > 0) return this.chosen.some((name) => types.isKind(type, name));
    // Links of chains are no mentions by themselves.
    if (types.feature(type, 'referenceRelation')) return false;
    return types.isKind(type, NAMED_ENTITY) || CUSTOM.test(type);
  }

  get hasChosen(): boolean {
    return this.chosen.length > 0;
  }

  /** The type of entities that are new. */
  get type(): string {
    return this.chosen[0] ?? NAMED_ENTITY;
  }

  /** The feature that is the label of what is new, or has none yet. */
  labelFeature(type: string, types: TypeSystem): string {
    if (this.feature !== '') return this.feature;
    const own = LABELS.find((name) => types.feature(type, name));
    return own ?? (type === this.type && type !== NAMED_ENTITY ? 'label' : 'value');
  }

  /** The label of what is read and the feature that says it; without one, the name of its type. */
  labelOf(structure: Structure, types: TypeSystem): { label: string; feature?: string } {
    const feature = this.feature || this.findLabel(structure, types);
    const value = feature === undefined ? undefined : valueOf(structure, feature);
    if (feature === undefined || value === undefined || value === null || typeof value === 'object')
      return { label: shortName(structure.type) };
    const label = String(value);
    return label.trim() === '' ? { label: shortName(structure.type) } : { label, feature };
  }

  private findLabel(structure: Structure, types: TypeSystem): string | undefined {
    const usual = LABELS.find((name) => textOfFeature(structure, name));
    if (usual !== undefined) return usual;
    const texts = types.featuresOf(structure.type).filter(({ range }) => range === STRING);
    return texts.length === 1 && texts[0]!.name !== 'identifier' ? texts[0]!.name : undefined;
  }
}
