/** A character of a text, `\r\n` being one; the same object wherever it is moved to, or comes back. */
export interface Character {
  readonly text: string;
}

/** What a span is of: all characters that ever belonged to it, also those that are gone from the text now. */
export type Place = Set<Character>;

export interface ModelEntity {
  readonly label: string;
  readonly reviewed?: boolean | undefined;
  readonly note?: string | undefined;
  readonly place: Place;
}

/** An entity before and after a change; without the one it is added, without the other removed. */
export interface ModelEdit {
  readonly id: string;
  readonly before?: ModelEntity | undefined;
  readonly after?: ModelEntity | undefined;
}

export interface ModelReplacement {
  readonly start: number;
  readonly end: number;
  readonly characters: readonly Character[];
}

/** What the editor undoes at once. */
interface Group {
  /** In the order in which they lead back. */
  inverse: readonly ModelReplacement[];
  readonly texts: Set<string>;
}

const FIELDS = ['label', 'reviewed', 'note', 'place'] as const;

/**
 * What an annotated article must be after any operations, as simply as it can be said: the text is an array of
 * characters, a span is a set of them, and whoever takes a change of the text back has the same characters
 * again. It knows no offsets that move, no merge and no memory of places.
 */
export class ModelArticle {
  readonly entities = new Map<string, ModelEntity>();
  private done: (readonly ModelEdit[])[] = [];
  private undone: (readonly ModelEdit[])[] = [];
  private undoStack: Group[] = [];
  private redoStack: Group[] = [];

  constructor(private characters: readonly Character[]) {}

  get raw(): string {
    return rawOf(this.characters);
  }

  get length(): number {
    return this.characters.length;
  }

  slice(start: number, end: number): readonly Character[] {
    return this.characters.slice(start, end);
  }

  /** Where a place is, in characters; `undefined` where none of it is left. */
  spanOf(place: Place): { start: number; end: number } | undefined {
    const start = this.characters.findIndex((one) => place.has(one));
    return start < 0 ? undefined : { start, end: this.characters.findLastIndex((one) => place.has(one)) + 1 };
  }

  // --- The text, as an editor changes it ---

  /**
   * @param replacements from the last to the first
   * @param wantsToJoin the editor's undo step before it
   * @returns whether it joined that
   */
  type(replacements: readonly ModelReplacement[], wantsToJoin: boolean): boolean {
    const before = this.raw;
    this.undone = [];
    this.takeEdges(replacements);
    const inverse = this.replaceAll(replacements);
    const group = this.undoStack.at(-1);
    const joins = wantsToJoin && this.redoStack.length === 0 && !!group && !group.texts.has(this.raw);
    if (joins) {
      group.inverse = [...inverse, ...group.inverse];
      group.texts.add(this.raw);
    } else {
      this.undoStack.push({ inverse, texts: new Set([before, this.raw]) });
    }
    this.redoStack = [];
    return joins;
  }

  travel(direction: 'undo' | 'redo'): void {
    const [from, to] =
      direction === 'undo' ? [this.undoStack, this.redoStack] : [this.redoStack, this.undoStack];
    const group = from.pop();
    if (group) to.push({ ...group, inverse: this.replaceAll(group.inverse) });
  }

  /** @returns what takes it back */
  private replaceAll(replacements: readonly ModelReplacement[]): readonly ModelReplacement[] {
    return replacements.map((one) => this.replace(one)).reverse();
  }

  /** What is put at the edge of a mention together with another change within it is part of that change. */
  private takeEdges(replacements: readonly ModelReplacement[]): void {
    for (const place of this.places()) {
      const span = this.spanOf(place);
      if (!span) continue;
      const isWithin = (one: ModelReplacement) => span.start <= one.start && one.end <= span.end;
      const isAtEdge = ({ start, end }: ModelReplacement) =>
        start === end && (start === span.start || start === span.end);
      if (!replacements.some((one) => isWithin(one) && !isAtEdge(one))) continue;
      for (const one of replacements)
        if (isAtEdge(one)) for (const character of one.characters) place.add(character);
    }
  }

  /** Whether a mention begins where another ends. */
  isBetween(at: number): boolean {
    const spans = [...this.entities.values()].map(({ place }) => this.spanOf(place));
    return spans.some((one) => one?.start === at) && spans.some((one) => one?.end === at);
  }

  private replace({ start, end, characters }: ModelReplacement): ModelReplacement {
    const inverse = { start, end: start + characters.length, characters: this.slice(start, end) };
    for (const place of this.places()) {
      const span = this.spanOf(place);
      // Other characters for some of a mention, or for all, are a correction of it.
      const isWithin = span && span.start <= start && start < end && end <= span.end;
      if (isWithin) for (const one of characters) place.add(one);
    }
    this.show([...this.characters.slice(0, start), ...characters, ...this.characters.slice(end)]);
    return inverse;
  }

  private show(characters: readonly Character[]): void {
    this.characters = characters;
    // What now stands between characters of a place belongs to it.
    for (const place of this.places()) {
      const { start, end } = this.spanOf(place) ?? { start: 0, end: 0 };
      for (let i = start; i < end; i++) place.add(characters[i]!);
    }
  }

  private places(): Set<Place> {
    const edits = [...this.done, ...this.undone].flat();
    const entities = [...this.entities.values(), ...edits.flatMap(({ before, after }) => [before, after])];
    return new Set(entities.flatMap((entity) => entity?.place ?? []));
  }

  // --- The tags ---

  edit(edits: readonly ModelEdit[]): void {
    this.done.push(edits);
    this.undone = [];
    this.apply(edits);
  }

  /** What another writer did: nothing that could be undone here. */
  apply(edits: readonly ModelEdit[]): void {
    for (const { id, before, after } of edits) {
      const now = this.entities.get(id);
      if (!after) this.entities.delete(id);
      else if (!before || !now) this.entities.set(id, after);
      else {
        const changed = FIELDS.filter((field) => before[field] !== after[field]);
        const fields = Object.fromEntries(changed.map((field) => [field, after[field]]));
        this.entities.set(id, { ...now, ...fields });
      }
    }
  }

  /** @returns whether the newest step was taken back; if not, it is forgotten. `undefined` where there is none */
  travelTags(direction: 'undo' | 'redo'): boolean | undefined {
    const [from, to] = direction === 'undo' ? [this.done, this.undone] : [this.undone, this.done];
    const step = from.pop();
    if (!step) return undefined;
    const edits = direction === 'undo' ? step.map(inverse).reverse() : step;
    if (!edits.every((edit) => this.fits(edit))) return false;
    to.push(step);
    this.apply(edits);
    return true;
  }

  /** Whether an edit still finds what it is to change. */
  private fits({ id, before, after }: ModelEdit): boolean {
    const now = this.entities.get(id);
    if (!before || !now) return !before && !now;
    return FIELDS.every((field) => {
      // Where the text has moved what is to be removed does not matter.
      if (field === 'place') return !after || after.place === before.place || this.isSameSpan(now, before);
      return (after && after[field] === before[field]) || now[field] === before[field];
    });
  }

  private isSameSpan(one: ModelEntity, other: ModelEntity): boolean {
    if (one.place === other.place) return true;
    const [a, b] = [this.spanOf(one.place), this.spanOf(other.place)];
    return a?.start === b?.start && a?.end === b?.end;
  }

  /** The window was closed and opened again: the editor's own steps are gone, and with them what they would bring back. */
  reopen(): void {
    this.undoStack = [];
    this.redoStack = [];
    const shown = new Set(this.characters);
    for (const place of this.places()) {
      for (const character of place) if (!shown.has(character)) place.delete(character);
    }
  }
}

function inverse({ id, before, after }: ModelEdit): ModelEdit {
  return { id, before: after, after: before };
}

export function rawOf(characters: readonly Character[]): string {
  return characters.map(({ text }) => text).join('');
}

export function charactersOf(text: string): Character[] {
  return (text.match(/\r\n|[^]/gu) ?? []).map((character) => ({ text: character }));
}
