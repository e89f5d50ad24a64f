import { Document, isMap, isScalar, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import type { Problem, ProblemCode } from './problem';

/** The schema and limits with which every YAML file of a corpus is read: no merge keys, no custom tags. */
const PARSE_OPTIONS = { prettyErrors: false, logLevel: 'silent', uniqueKeys: true, merge: false } as const;

/** A parsed YAML file that collects problems with their place in the source. */
export class YamlSource {
  readonly problems: Problem[] = [];
  readonly document: Document.Parsed;
  readonly lines = new LineCounter();

  constructor(readonly source: string) {
    this.document = this.parse();
    for (const error of this.document.errors) {
      const [start16, end16] = error.pos;
      this.addSyntaxError(Math.min(start16, source.length), Math.min(end16, source.length), error.message);
    }
  }

  private parse(): Document.Parsed {
    try {
      return parseDocument(this.source, { ...PARSE_OPTIONS, lineCounter: this.lines });
    } catch (error) {
      // Nested too deep for the stack, or a fault of the parser: a file that cannot be read.
      this.addSyntaxError(0, 0, error instanceof Error ? error.message : String(error));
      return new Document() as unknown as Document.Parsed;
    }
  }

  private addSyntaxError(start16: number, end16: number, message: string): void {
    const values = { message };
    this.problems.push({
      code: 'yaml-syntax',
      severity: 'error',
      start16,
      end16: Math.max(start16, end16),
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
    const range = (node as Node | null | undefined)?.range;
    this.problems.push({ code, severity, start16: range?.[0] ?? 0, end16: range?.[1] ?? 0, values });
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

  /** The value of a scalar node if it has the wanted type; else a problem and `undefined`. */
  scalar<T extends 'string' | 'number' | 'boolean'>(
    node: unknown,
    key: string,
    type: T,
  ): { string: string; number: number; boolean: boolean }[T] | undefined {
    if (isScalar(node) && typeof node.value === type) return node.value as never;
    this.report('wrong-type', node, { key, expected: type });
    return undefined;
  }
}
