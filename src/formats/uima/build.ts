import type { Entity, Plain } from '../../core/model/entity';
import { offsetsOf, type Offsets } from '../shared/offsets';
import type { AnnotatedDocument, Relation } from '../shared/document';
import type { Format, WriteContext } from '../shared/format';
import { fit } from '../shared/limits';
import type { Note } from '../shared/report';
import { tokenize } from '../shared/tokens';
import { idsIn, refers, shortName, type Cas, type View } from './cas';
import { INITIAL_VIEW, META_DATA, RELATION, SENTENCE, SOFA, TOKEN, type Structure } from './structure';
import { isFeatureName, readKept, StaleError, type Kept, type KeptStructure, type Role } from './kept';
import type { Layers } from './layers';
import { ANNOTATION, DKPRO_TYPES, isOfRange, rangeOfValue, RELATION_TYPE, STRING, TypeSystem } from './types';

/** A document as a CAS: the one that it came from with what was changed since, or a new one. */
export function toCas(
  document: AnnotatedDocument,
  format: Pick<Format, 'id' | 'limits'>,
  layers: Layers,
  context: WriteContext,
): Cas {
  const { entities, relations } = fit(document, format, context.report);
  return new Builder(document, format, layers, context).build(entities, relations);
}

class Builder {
  private readonly types: TypeSystem;
  private readonly kept: Kept | undefined;
  private readonly structures: Structure[] = [];
  private readonly offsets: Offsets;
  private readonly raw: string;
  private nextId = 1;
  private sofa = 0;
  private readonly keptIds = new Set<number>();
  private readonly entities = new Map<string, Entity>();
  private layersByLabel: Map<string, KeptStructure> | undefined;
  /** Ids of structures by those of entities. */
  private readonly placed = new Map<string, number>();
  /** The features that the model says, which may have to be texts. */
  private readonly said: { features: Map<string, Plain>; type: string; name: string }[] = [];
  /** What is new in the view of the text. */
  private readonly added: number[] = [];

  constructor(
    private readonly document: AnnotatedDocument,
    format: Pick<Format, 'id'>,
    private readonly layers: Layers,
    private readonly context: WriteContext,
  ) {
    this.raw = document.index.raw;
    this.offsets = offsetsOf(document.index, 'utf-16');
    try {
      this.kept = readKept(document.carried[format.id], this.raw);
    } catch (error) {
      if (!(error instanceof StaleError)) throw error;
      this.note('lost', 'carried-outdated', { format: format.id, keys: 'annotations' });
    }
    if (!this.kept?.structures.some(({ role }) => role?.as === 'text')) this.kept = undefined;
    this.types = this.kept?.types ?? new TypeSystem(DKPRO_TYPES);
    for (const { id } of this.kept?.structures ?? []) {
      this.keptIds.add(id);
      this.nextId = Math.max(this.nextId, id + 1);
    }
  }

  build(entities: readonly Entity[], relations: readonly Relation[]): Cas {
    for (const entity of entities) this.entities.set(entity.id, entity);
    const open = new Map(relations.map((relation) => [relation.id, relation]));
    if (!this.kept) this.addText();
    const gone = this.placeEntities();
    if (this.kept) this.addKept(this.kept, open, gone);
    for (const [id, entity] of this.entities) {
      const place = this.placed.get(id)!;
      if (this.keptIds.has(place)) continue;
      const { type, role } = this.layerOf(entity);
      this.add(type, this.entityFeatures(entity, type, role), place);
    }
    if (open.size > 0 && !this.types.has(RELATION)) this.types.add(RELATION_TYPE);
    for (const relation of open.values()) this.add(RELATION, this.relationFeatures(relation, RELATION));
    this.writeAsTexts();
    for (const structure of this.structures) this.types.declare(structure);
    return {
      types: this.types,
      structures: this.structures,
      views: this.views(),
      frame: this.kept?.frame ?? {},
    };
  }

  private views(): View[] {
    const { sofa, added } = this;
    const known = new Set(this.structures.map(({ id }) => id));
    const kept = this.kept?.views ?? [];
    const hasOwn = kept.some((view) => view.sofa === sofa);
    const all = hasOwn ? kept : [{ name: INITIAL_VIEW, sofa, members: [] }, ...kept];
    return all.map((view) => {
      const members = view.members.filter((id) => known.has(id));
      return { ...view, members: view.sofa === sofa ? [...members, ...added] : members };
    });
  }

  /** Gives each entity the id that it had, or a new one. @returns the ids of what was deleted */
  private placeEntities(): Set<number> {
    const gone = new Set<number>();
    for (const { id, role } of this.kept?.structures ?? []) {
      if (role?.as !== 'entity') continue;
      if (this.entities.has(role.of ?? '')) this.placed.set(role.of!, id);
      else gone.add(id);
    }
    for (const id of this.entities.keys()) if (!this.placed.has(id)) this.placed.set(id, this.nextId++);
    return gone;
  }

  /** The layer of a new entity: that of others of its label in this document, else what was chosen. */
  private layerOf({ label }: Entity): { readonly type: string; readonly role?: Role | undefined } {
    if (this.layers.hasChosen || !this.kept) return { type: this.layers.type };
    if (!this.layersByLabel) {
      this.layersByLabel = new Map();
      for (const structure of this.kept.structures) {
        const { role } = structure;
        const other = role?.as === 'entity' ? this.entities.get(role.of ?? '') : undefined;
        if (other && !this.layersByLabel.has(other.label)) this.layersByLabel.set(other.label, structure);
      }
    }
    return this.layersByLabel.get(label) ?? { type: this.layers.type };
  }

  /** What was there, in its order. Relations that are written are taken out of the open ones. */
  private addKept({ structures }: Kept, open: Map<string, Relation>, gone: Set<number>): void {
    for (const { id, role } of structures) {
      if (role?.as === 'text') this.sofa = id;
      if (role?.as === 'relation' && !open.has(role.of ?? '')) gone.add(id);
    }
    for (const structure of structures) {
      const { id, type, role } = structure;
      if (gone.has(id)) continue;
      const own = this.withoutGone(structure, gone);
      if (role?.as === 'text') this.structures.push(this.withText(own));
      else if (role?.as === 'entity')
        this.put(id, type, this.entityFeatures(this.entities.get(role.of!)!, type, role, own));
      else if (role?.as === 'relation') {
        this.put(id, type, this.relationFeatures(open.get(role.of!)!, type, role, own));
        open.delete(role.of!);
      } else this.structures.push(own);
    }
  }

  /** A structure without references to what was deleted: no reader could follow them. */
  private withoutGone(structure: KeptStructure, gone: ReadonlySet<number>): Structure {
    if (gone.size === 0) return structure;
    const features = new Map<string, Plain>();
    for (const [key, value] of structure.features) {
      const lost = refers(structure, key, this.types) ? idsIn(value).filter((id) => gone.has(id)) : [];
      if (lost.length === 0) features.set(key, value);
      else {
        for (const id of lost) this.note('lost', 'reference-missing', { id: `${structure.type} ${id}` });
        const left = idsIn(value).filter((id) => !gone.has(id));
        if (Array.isArray(value)) features.set(key, left);
        else if (left.length > 0) features.set(key, left.join(' '));
      }
    }
    return { ...structure, features };
  }

  private withText({ id, type, features }: Structure): Structure {
    return { id, type, features: new Map([...features, ['sofaString', this.raw]]) };
  }

  private put(id: number, type: string, features: ReadonlyMap<string, Plain>): void {
    this.structures.push({ id, type, features });
  }

  private add(type: string, features: Iterable<readonly [string, Plain]>, id = this.nextId++) {
    this.put(id, type, features instanceof Map ? features : new Map(features));
    this.added.push(id);
  }

  /** The text, what it is called, and its sentences and tokens, without which INCEpTION shows nothing. */
  private addText(): void {
    this.sofa = this.nextId++;
    const [id, raw] = [this.sofa, this.raw];
    const features = { sofaNum: 1, sofaID: INITIAL_VIEW, mimeType: 'text', sofaString: raw };
    this.put(id, SOFA, new Map<string, Plain>(Object.entries(features)));
    const { name } = this.document;
    this.add(META_DATA, [
      ...this.place(0, raw.length),
      ['language', 'x-unspecified'],
      ['documentTitle', name],
      ['documentId', name],
    ]);
    const { places16, count, sentences } = tokenize(raw, this.layers.tokenizer);
    sentences.forEach((first, i) => {
      const last = (sentences[i + 1] ?? count) - 1;
      this.add(SENTENCE, this.place(places16[2 * first]!, places16[2 * last + 1]!));
    });
    for (let i = 0; i < count; i++) this.add(TOKEN, this.place(places16[2 * i]!, places16[2 * i + 1]!));
  }

  private place(begin: number, end: number): [string, Plain][] {
    return [
      ['@sofa', this.sofa],
      ['begin', begin],
      ['end', end],
    ];
  }

  private entityFeatures(entity: Entity, type: string, role?: Role, own?: Structure): Map<string, Plain> {
    const { start, end, link } = entity;
    const features = new Map<string, Plain>(
      this.place(this.offsets.fromCodePoint(start), this.offsets.fromCodePoint(end)),
    );
    const takesAlso = link === undefined ? [] : ([['identifier', link]] as const);
    this.addSayings(features, entity, type, role, takesAlso);
    for (const [key, value] of own?.features ?? []) features.set(key, value);
    return features;
  }

  /** A relation is where its second end is, as INCEpTION has it. */
  private relationFeatures(
    relation: Relation,
    type: string,
    role?: Role,
    own?: Structure,
  ): Map<string, Plain> {
    const to = this.entities.get(relation.to)!;
    const features = new Map<string, Plain>([
      ...this.place(this.offsets.fromCodePoint(to.start), this.offsets.fromCodePoint(to.end)),
      ['@Governor', this.placed.get(relation.from)!],
      ['@Dependent', this.placed.get(relation.to)!],
    ]);
    this.addSayings(features, relation, type, role);
    for (const [key, value] of own?.features ?? []) features.set(key, value);
    return features;
  }

  /** The label, the link and the attributes. */
  private addSayings(
    features: Map<string, Plain>,
    { label, attributes = {} }: Pick<Entity | Relation, 'label' | 'attributes'>,
    type: string,
    role: Role | undefined,
    more: Iterable<readonly [string, string]> = [],
  ): void {
    const hasNone = role !== undefined && role.label === undefined && label === shortName(type);
    const usual = type === RELATION ? 'label' : this.layers.labelFeature(type, this.types);
    if (!hasNone) this.say(features, type, role?.label ?? usual, label);
    for (const [name, value] of more) this.say(features, type, name, value);
    for (const [wanted, value] of Object.entries(attributes)) {
      let name = wanted.replace(/[^\p{L}\p{N}_]/gu, '_').replace(/^(?![\p{L}_])/u, '_');
      while (features.has(name) || features.has(`@${name}`) || !isFeatureName(name)) name += '_';
      if (name !== wanted) this.note('changed', 'attribute-name', { from: wanted, to: name });
      this.say(features, type, name, value);
    }
  }

  /** Gives a feature a value; of values of several kinds, the feature is one of texts (see {@link writeAsTexts}). */
  private say(features: Map<string, Plain>, type: string, name: string, value: Plain): void {
    const range = this.types.feature(type, name)?.range;
    const wanted = range === undefined ? rangeOfValue(value) : isOfRange(value, range) ? undefined : STRING;
    if (wanted) this.types.add({ name: type, supertype: ANNOTATION, features: [{ name, range: wanted }] });
    features.set(name, value);
    this.said.push({ features, type, name });
  }

  /** What its feature cannot hold as it is becomes text. */
  private writeAsTexts(): void {
    for (const { features, type, name } of this.said) {
      const value = features.get(name)!;
      if (isOfRange(value, this.types.feature(type, name)?.range ?? STRING)) continue;
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
      this.note('changed', 'value-as-text', { name, value: text });
      features.set(name, text);
    }
  }

  private note(kind: 'changed' | 'lost', code: Note['code'], values: Record<string, string>): void {
    this.context.report.add({ kind, code, document: this.document.name, values });
  }
}
