import { Document, isMap, isScalar, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import { isNestedTooDeep } from './nesting';
import type { Problem, ProblemCode } from './problem';
import { beginsWithMark } from './text';

/**
 * How every YAML file of a corpus is read: no merge keys, no custom tags. (With the log level `silent`, a second
 * document in a file would be no error.)
 */
const PARSE_OPTIONS = { prettyErrors: false, logLevel: 'error', uniqueKeys: true, merge: false } as const;

/**
 * The most that is given to `yaml`, in millions of UTF-16 units: it reads about one in a second, and nothing
 * else runs meanwhile. Sidecars as the program writes them are read without it, and may be larger.
 */
const MOST_MILLIONS = 4;

/** A parsed YAML file that collects problems with their place in the source. */
export class YamlSource {
  readonly problems: Problem[] = [];
  readonly document: Document.Parsed;
  readonly lines = new LineCounter();
  /** Without a byte-order mark, as the ranges of nodes count it; positions of problems count the mark. */
  readonly source: string;
  private readonly mark16: 0 | 1;

  constructor(source: string) {
    this.mark16 = beginsWithMark(source) ? 1 : 0;
    this.source = source.slice(this.mark16);
    this.document = this.parse();
    for (const error of this.document.errors.slice(0, 100)) this.addSyntaxError(error.pos, error.message);
  }

  private parse(): Document.Parsed {
    if (this.source.length > MOST_MILLIONS * 1e6) {
      this.add('yaml-too-big', 'error', [0, 0], { limit: String(MOST_MILLIONS) });
      return new Document() as unknown as Document.Parsed;
    }
    let message = 'Nested too deep';
    try {
      if (!isNestedTooDeep(this.source)) {
        return parseDocument(this.source, { ...PARSE_OPTIONS, lineCounter: this.lines });
      }
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
    this.addSyntaxError([0, 0], message);
    return new Document() as unknown as Document.Parsed;
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
    this.problems.push({
      code,
      severity,
      start16: start16 + this.mark16,
      end16: end16 + this.mark16,
      values,
    });
  }

  get hasErrors(): boolean {
    return this.problems.some((problem) => problem.severity === 'error');
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
    return new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : '', pair]));
  }

  /** The value of a pair if it is a scalar of the wanted type; else a problem and `undefined`. */
  scalar<T extends 'string' | 'number' | 'boolean'>(
    pair: { key: unknown; value: unknown },
    type: T,
  ): { string: string; number: number; boolean: boolean }[T] | undefined {
    const node = pair.value;
    if (isScalar(node) && typeof node.value === type) return node.value as never;
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    this.report('wrong-type', node ?? pair.key, { key, expected: type });
    return undefined;
  }
}
