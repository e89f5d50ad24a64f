import { SENTENCE, TOKEN, type Structure } from '../uima/structure';

/** A token or a part of one, with the annotations on it. Offsets are UTF-16 units. */
export interface Unit {
  readonly start16: number;
  readonly end16: number;
  readonly annotations: Structure[];
  /** `1-2`, or `1-2.1`; set when all are known. */
  id: string;
}

interface TokenUnit extends Unit {
  /** Most tokens have none. */
  parts?: Map<string, Unit>;
}

export interface Sentence {
  /** That of its structure. */
  readonly id: number;
  readonly name: string | undefined;
  readonly start16: number;
  readonly end16: number;
  readonly tokens: TokenUnit[];
}

/** Where an annotation is, in whole tokens and parts of tokens. */
export interface Placed {
  readonly units: readonly Unit[];
  /** Whether it begins or ends with white space, which no unit is. */
  readonly isTrimmed: boolean;
}

/** The tokens of a CAS by sentences, and with parts where annotations begin or end in them. */
export class Units {
  readonly sentences: Sentence[];
  private readonly tokens: readonly TokenUnit[];
  private readonly placed = new Map<number, Placed>();

  constructor(structures: readonly Structure[]) {
    const newUnit = (structure: Structure): TokenUnit => {
      const { start16, end16 } = placeOf(structure);
      return { start16, end16, annotations: [], id: '' };
    };
    this.tokens = structures
      .filter(({ type }) => type === TOKEN)
      .map(newUnit)
      .filter(({ start16, end16 }) => start16 < end16)
      .sort((a, b) => a.start16 - b.start16);
    const found = structures.filter(({ type }) => type === SENTENCE);
    this.sentences = found
      .map((sentence) => {
        const name = sentence.features.get('id');
        return {
          id: sentence.id,
          ...placeOf(sentence),
          name: typeof name === 'string' ? name : undefined,
          tokens: [],
        };
      })
      .sort((a, b) => a.start16 - b.start16);
    let at = 0;
    for (const token of this.tokens) {
      while (at + 1 < this.sentences.length && this.sentences[at + 1]!.start16 <= token.start16) at++;
      this.sentences[at]?.tokens.push(token);
    }
    this.sentences = this.sentences.filter(({ tokens }) => tokens.length > 0);
  }

  /** Puts annotations on their units, in order: what begins first, and of those the longest. */
  place(annotations: readonly Structure[]): void {
    const sorted = annotations
      .map((structure) => ({ structure, ...placeOf(structure) }))
      .sort((a, b) => a.start16 - b.start16 || b.end16 - a.end16 || a.structure.id - b.structure.id);
    for (const { structure, start16, end16 } of sorted) {
      const units = this.unitsOf(start16, end16);
      if (units.length === 0) continue;
      for (const unit of units) unit.annotations.push(structure);
      const isTrimmed = units[0]!.start16 !== start16 || units.at(-1)!.end16 !== end16;
      this.placed.set(structure.id, { units, isTrimmed });
    }
    this.sentences.forEach(({ tokens }, s) =>
      tokens.forEach((token, t) => {
        token.id = `${s + 1}-${t + 1}`;
        partsOf(token).forEach((part, p) => (part.id = `${token.id}.${p + 1}`));
      }),
    );
  }

  placeOf({ id }: Pick<Structure, 'id'>): Placed | undefined {
    return this.placed.get(id);
  }

  /** All tokens, each with its parts behind it. */
  unitsIn({ tokens }: Sentence): readonly Unit[] {
    return tokens.flatMap((token) => (token.parts ? [token, ...partsOf(token)] : token));
  }

  private unitsOf(start16: number, end16: number): Unit[] {
    let i = this.firstFrom(start16);
    if (start16 === end16) {
      const token = this.tokens[i];
      return token && token.start16 <= start16 ? [partOf(token, start16, end16)] : [];
    }
    const units: Unit[] = [];
    for (; i < this.tokens.length && this.tokens[i]!.start16 < end16; i++) {
      const token = this.tokens[i]!;
      if (token.end16 <= start16) continue;
      const [from, to] = [Math.max(start16, token.start16), Math.min(end16, token.end16)];
      units.push(from === token.start16 && to === token.end16 ? token : partOf(token, from, to));
    }
    return units;
  }

  /** The first token that does not end before an offset. */
  private firstFrom(offset16: number): number {
    let [low, high] = [0, this.tokens.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.tokens[middle]!.end16 < offset16) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function placeOf({ features }: Structure): { start16: number; end16: number } {
  const [begin, end] = [features.get('begin'), features.get('end')];
  return { start16: typeof begin === 'number' ? begin : 0, end16: typeof end === 'number' ? end : 0 };
}

function partOf(token: TokenUnit, start16: number, end16: number): Unit {
  const key = `${start16} ${end16}`;
  token.parts ??= new Map();
  const part = token.parts.get(key) ?? { start16, end16, annotations: [], id: '' };
  token.parts.set(key, part);
  return part;
}

function partsOf({ parts }: TokenUnit): readonly Unit[] {
  return [...(parts?.values() ?? [])].sort((a, b) => a.start16 - b.start16 || b.end16 - a.end16);
}
