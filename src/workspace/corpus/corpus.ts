import * as vscode from 'vscode';
import { articleMatcher } from '../../core/articles';
import { textKey } from '../../core/model/history';
import { BUILT_IN, readCorpusYaml, type Label, type LabelSet } from '../../core/labels';
import { CORPUS_YAML } from '../../core/sidecar/name';
import { placeProblems, type FileProblem } from '../files/file-problem';
import { readSource, unreadProblem } from '../files/source';

export { CORPUS_YAML };

/** A folder of articles with its label set. */
export class Corpus {
  /** Without a usable `corpus.yaml`, the built-in set; with a broken one, the last that could be read. */
  labelSet: LabelSet = BUILT_IN;
  problems: readonly FileProblem[] = [];
  /** Whether there is a `corpus.yaml`. */
  hasYaml = false;
  /** Whether an annotator has a layer of one of its articles. */
  hasLayers = false;
  /** The address of the root as a string, with `/` at the end. */
  private base: string | undefined;
  private byName = new Map<string, Label>();
  private matches: (path: string) => boolean = () => false;

  constructor(
    readonly root: vscode.Uri,
    /** The workspace folder that the corpus is in. */
    readonly folder: vscode.WorkspaceFolder,
  ) {
    this.use(BUILT_IN);
  }

  get yamlUri(): vscode.Uri {
    return vscode.Uri.joinPath(this.root, CORPUS_YAML);
  }

  get name(): string {
    return this.root.path.slice(this.root.path.lastIndexOf('/') + 1) || this.folder.name;
  }

  label(name: string): Label | undefined {
    return this.byName.get(name);
  }

  /** Whether `corpus.yaml` has a label, or has not been read, so that nobody has said which there are. */
  allows(name: string): boolean {
    return !this.isFromYaml || this.byName.has(name);
  }

  /** A path relative to the corpus root, with `/`; `undefined` outside the corpus. */
  relativePath(uri: vscode.Uri): string | undefined {
    const root = this.root.path.endsWith('/') ? this.root.path : this.root.path + '/';
    const isInside = uri.scheme === this.root.scheme && uri.authority === this.root.authority;
    return isInside && uri.path.startsWith(root) ? uri.path.slice(root.length) : undefined;
  }

  /** The address of a relative path. */
  at(path: string): vscode.Uri {
    const base = this.root.path.endsWith('/') ? this.root.path : `${this.root.path}/`;
    return this.root.with({ path: base + path });
  }

  /** What {@link at} gives, as a string; the short way, which most names take, is far quicker. */
  keyOf(path: string): string {
    if (!/^[\w./~-]*$/.test(path)) return this.at(path).toString();
    this.base ??= this.at('').toString();
    return this.base + path;
  }

  /** Whether a relative path is that of an article, by the globs of the label set. */
  isArticle(path: string): boolean {
    return this.matches(path);
  }

  /** Reads `corpus.yaml`, from the editor that has it open with unsaved changes if there is one. @returns whether it changed */
  async refresh(): Promise<boolean> {
    const source = await readSource(this.yamlUri);
    if (source === this.source) return false;
    this.source = source;
    this.key = source === undefined ? '' : textKey(source);
    this.hasYaml = source !== undefined;
    if (source === undefined) {
      this.problems = [];
      this.isFromYaml = false;
      this.use(BUILT_IN);
    } else {
      const unread = unreadProblem(source);
      const { labelSet, problems } = unread
        ? { labelSet: undefined, problems: [unread] }
        : readCorpusYaml(source);
      this.problems = placeProblems(source, problems);
      if (labelSet) this.use(labelSet);
      this.isFromYaml ||= labelSet !== undefined;
    }
    return true;
  }

  /** Identifies what `corpus.yaml` says. */
  key = '';

  private source: string | undefined;
  private isFromYaml = false;

  private use(labelSet: LabelSet): void {
    this.labelSet = labelSet;
    this.byName = new Map(labelSet.labels.map((label) => [label.name, label]));
    this.matches = articleMatcher(labelSet.articles);
  }
}

/** The corpus that a place is in: the one with the deepest root. */
export function innermost(corpora: readonly Corpus[], uri: vscode.Uri): Corpus | undefined {
  return corpora
    .filter((corpus) => corpus.relativePath(uri) !== undefined)
    .sort((a, b) => b.root.path.length - a.root.path.length)[0];
}
