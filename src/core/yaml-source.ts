import {
  Composer,
  Document,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  Parser,
  visit,
  type CST,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { findTooDeep, MOST_LEVELS } from './nesting';
import type { Problem, ProblemCode } from './problem';
import { beginsWithMark } from './text';

/**
 * How every YAML file of a corpus is read: no merge keys, no custom tags. That keys are unique is checked
 * here, since `yaml` takes time by the square of their number.
 */
const PARSE_OPTIONS = { prettyErrors: false, logLevel: 'error', uniqueKeys: false, merge: false } as const;

/**
 * The most that is given to `yaml`, in UTF-16 units: it reads so many in less than a second, and nothing else
 * runs meanwhile. Sidecars as the program writes them are read without it, and may be larger.
 */
export const MOST_CHARACTERS = 500_000;

export function isTooBigForYaml(source: string): boolean {
  return source.length > MOST_CHARACTERS;
}

/** The most signs that are given to `yaml`: they take it longer than other characters. A person's sidecar has one among ten. */
const MOST_SIGNS = 125_000;
/** What makes a node, or parts one from another. */
const SIGNS = /[[\]{},:?\n]|-(?= )/g;

/** Whether a source is neither too big nor too dense. */
export function isForYaml(source: string): boolean {
  return !isTooBigForYaml(source) && findTooDense(source) === undefined;
}

/** Where a source has one sign too many for `yaml`, in UTF-16 units. */
function findTooDense(source: string): number | undefined {
  if (source.length <= MOST_SIGNS) return undefined;
  let signs = 0;
  for (const { index } of source.matchAll(SIGNS)) if (++signs > MOST_SIGNS) return index;
  return undefined;
}

/** The errors after which `yaml` stops: each takes it as long as a hundred characters. */
const MOST_ERRORS = 100;
/** How many of them are told: one quote that is missing makes errors of all that follows it. */
const MOST_SYNTAX_PROBLEMS = 10;
/** How many problems of a file are told. */
const MOST_PROBLEMS = 100;

class TooManyErrors extends Error {}

/**
 * What a scalar says as a name or a text, without its quotes: a number as its digits stand in the source, since
 * `1.10` and `1.1` are two names, and `007` is no `7`.
 */
export function writtenText({ source, value }: Scalar): string {
  return source ?? String(value);
}

/** A parsed YAML file that collects problems with their place in the source. */
export class YamlSource {
  readonly problems: Problem[] = [];
  /** Whether a problem is an error, be it told or not. */
  hasErrors = false;
  readonly document: Document.Parsed;
  readonly lines = new LineCounter();
  /** Without a byte-order mark, as the ranges of nodes count it; positions of problems count the mark. */
  readonly source: string;
  private readonly mark16: 0 | 1;

  constructor(source: string) {
    this.mark16 = beginsWithMark(source) ? 1 : 0;
    this.source = source.slice(this.mark16);
    this.document = this.parse() ?? (new Document() as unknown as Document.Parsed);
    const errors = this.document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
    for (const { pos, message } of errors.slice(0, MOST_SYNTAX_PROBLEMS)) this.addSyntaxError(pos, message);
    if (!this.hasErrors) this.checkReferences();
  }

  private parse(): Document.Parsed | undefined {
    if (isTooBigForYaml(this.source)) {
      this.add('yaml-too-big', 'error', [0, 0], { limit: String(MOST_CHARACTERS) });
      return undefined;
    }
    const deep16 = findTooDeep(this.source);
    if (deep16 !== undefined) {
      this.add('yaml-too-deep', 'error', [deep16, deep16 + 1], { limit: String(MOST_LEVELS) });
      return undefined;
    }
    const dense16 = findTooDense(this.source);
    if (dense16 !== undefined) {
      this.add('yaml-too-dense', 'error', [dense16, dense16 + 1], { limit: String(MOST_SIGNS) });
      return undefined;
    }
    try {
      return this.compose();
    } catch (error) {
      this.addSyntaxError([0, 0], error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** As `parseDocument` of `yaml`, but stops where there are too many errors. */
  private compose(): Document.Parsed | undefined {
    const composer = new Composer(PARSE_OPTIONS);
    let errors = 0;
    const count = () => {
      if (++errors > MOST_ERRORS) throw new TooManyErrors();
    };
    stopOnErrors(composer, count);
    const tokens = counted(new Parser(this.lines.addNewLine).parse(this.source), count);
    let first: Document.Parsed | undefined;
    try {
      for (const document of composer.compose(tokens, true, this.source.length)) {
        if (first) {
          const [start16] = document.range;
          this.add('yaml-several-documents', 'error', [start16, start16], {});
          break;
        }
        first = document;
      }
    } catch (error) {
      if (!(error instanceof TooManyErrors)) throw error;
      first ??= new Document() as unknown as Document.Parsed;
      first.errors.push(...composer.streamInfo().errors);
    }
    return first;
  }

  /** Reports keys that stand twice in a map, and aliases of nothing. */
  private checkReferences(): void {
    const anchors = new Set<string>();
    visit(this.document, {
      Node: (_, node) => {
        if (isMap(node)) this.checkKeys(node);
        if (!isAlias(node) && node.anchor) anchors.add(node.anchor);
        if (isAlias(node) && !anchors.has(node.source)) {
          this.report('yaml-alias-unknown', node, { alias: node.source });
        }
      },
    });
  }

  private checkKeys(map: YAMLMap): void {
    const keys = new Set<string>();
    for (const { key } of map.items) {
      if (!isScalar(key)) continue;
      const name = writtenText(key);
      if (keys.has(name)) this.report('key-duplicate', key, { key: name });
      keys.add(name);
    }
  }

  private addSyntaxError([from16, to16]: readonly [number, number], message: string): void {
    const start16 = Math.min(from16, this.source.length);
    const end16 = Math.min(Math.max(from16, to16), this.source.length);
    this.add('yaml-syntax', 'error', [start16, end16], { message });
  }

  private add(
    code: ProblemCode,
    severity: Problem['severity'],
    [start16, end16]: readonly [number, number],
    values: Record<string, string>,
  ): void {
    this.hasErrors ||= severity === 'error';
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push({
      code,
      severity,
      start16: start16 + this.mark16,
      end16: end16 + this.mark16,
      values,
    });
  }

  /** Adds a problem at a node; without one, at the beginning of the file. */
  report(
    code: ProblemCode,
    node: unknown,
    values: Record<string, string> = {},
    severity: Problem['severity'] = 'error',
  ): void {
    const [start16, end16] = (node as Node | null | undefined)?.range ?? [0, 0];
    this.add(code, severity, [start16, end16], values);
  }

  /** Whether there is nothing in the file but comments. */
  get isEmpty(): boolean {
    const root: unknown = this.document.contents;
    return !this.hasErrors && (root === null || (isScalar(root) && root.value === null && !root.source));
  }

  /** The top-level map; `undefined` and a problem where there is none. */
  rootMap(): YAMLMap | undefined {
    const root = this.document.contents;
    if (isMap(root)) return root;
    if (!this.hasErrors) this.report('root-not-a-map', root);
    return undefined;
  }

  /** The pairs of a map by key, with nodes as they stand in the source. */
  static pairs(map: YAMLMap): Map<string, { key: unknown; value: unknown }> {
    return new Map(map.items.map((pair) => [isScalar(pair.key) ? writtenText(pair.key) : '', pair]));
  }

  /** The value of a pair if it is a scalar of the wanted type; else a problem and `undefined`. */
  scalar<T extends 'string' | 'number' | 'boolean'>(
    pair: { key: unknown; value: unknown },
    type: T,
  ): { string: string; number: number; boolean: boolean }[T] | undefined {
    const node = pair.value;
    if (isScalar(node) && typeof node.value === type) return node.value as never;
    const key = isScalar(pair.key) ? writtenText(pair.key) : '';
    this.report('wrong-type', node ?? pair.key, { key, expected: type });
    return undefined;
  }
}

/** Calls `count` at each error that a composer meets in a document; it may throw. */
function stopOnErrors(composer: Composer, count: () => void): void {
  // Not declared, but the one way to stop it: a document has as many errors as it has characters.
  const inner = composer as unknown as { onError: (...args: unknown[]) => void };
  const { onError } = inner;
  inner.onError = (...args) => {
    count();
    onError(...args);
  };
}

/** The tokens of a parser; calls `count` at each that is an error. */
function* counted(tokens: Iterable<CST.Token>, count: () => void): Generator<CST.Token> {
  for (const token of tokens) {
    if (token.type === 'error') count();
    yield token;
  }
}
