import { hash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { foreignProblem, type ReadArticle } from '../core/article-problems';
import { articleMatcher } from '../core/articles';
import { notUtf8Problem } from '../core/check-article';
import { BUILT_IN, readCorpusYaml, type LabelSet } from '../core/labels';
import { LineIndex } from '../core/lines';
import { isOwnText, placeAnnotations, type Origin } from '../core/place';
import type { Problem } from '../core/problem';
import {
  baseName,
  CORPUS_YAML,
  isSameName,
  isSidecarName,
  layerOf,
  sharedSidecarName,
  sidecarName,
} from '../core/sidecar/name';
import { readSidecar, type SidecarReading } from '../core/sidecar/read';
import { normalizeText, TextIndex } from '../core/text';
import { problemMessage } from '../wording/problems';
import { inEnglish } from '../wording/translate';
import { UsageError } from './command';
import { decodeBytes, readAll, readIfThere, walk, type Folder } from './disk';
import { count } from './report';
import { reasonOf, TargetError } from './system-error';
import { say } from './terminal';

/** The text of an article. */
export interface ArticleText extends Pick<ReadArticle, 'index' | 'isUtf8'> {
  /** `sha256:…` of its text. */
  readonly textHash: string;
  /** Why its file cannot be read; its text is empty then. */
  readonly unreadable: string | undefined;
}

/** An article and what was read of it. */
export interface ArticleReading extends ReadArticle, ArticleText {
  /** Relative to the corpus root, with `/`. */
  readonly path: string;
}

/** The path of an article, and the name of a layer of it. */
export type LayerOfArticle = Readonly<Record<'article' | 'layer', string>>;

/** A place in a file of a corpus, with what is wrong there. */
export class CorpusFileError extends Error {
  constructor(file: string, source: string, problem: Pick<Problem, 'code' | 'values' | 'start16'>) {
    const { line, character } = new LineIndex(source).at(problem.start16);
    super(`${file}:${line + 1}:${character + 1}: ${problemMessage(inEnglish, problem)} Nothing was written.`);
  }
}

const UNREADABLE = { severity: 'error', start16: 0, end16: 0 } as const;

/**
 * A corpus on disk: a folder with its label set. A folder below it that has a `corpus.yaml` of its own is
 * another corpus, as in the editor.
 */
export class DiskCorpus {
  /** Without a usable `corpus.yaml`, the built-in set. */
  readonly labelSet: LabelSet;
  /** What is in `corpus.yaml`; `undefined` where there is none. */
  readonly yaml: string | undefined;
  readonly yamlProblems: readonly Problem[];
  /** Whether a path, relative to the root, is that of an article. */
  readonly isArticle: (path: string) => boolean;
  private readonly labels: ReadonlySet<string> | undefined;

  /** @param root as a person named it @throws UsageError where it is no folder */
  constructor(readonly root: string) {
    const stats = statSync(root, { throwIfNoEntry: false });
    if (stats && !stats.isDirectory()) throw new UsageError(`${root} is no folder, so it is no corpus.`);
    const file = this.read(CORPUS_YAML);
    this.yaml = file?.source;
    const { labelSet, problems } = !file
      ? { labelSet: undefined, problems: [] }
      : file.problem
        ? { labelSet: undefined, problems: [file.problem] }
        : readCorpusYaml(file.source);
    this.labelSet = labelSet ?? BUILT_IN;
    this.yamlProblems = problems;
    this.isArticle = articleMatcher(this.labelSet.articles);
    if (labelSet) this.labels = new Set(labelSet.labels.map(({ name }) => name));
  }

  /** As {@link DiskCorpus}, of a folder with articles. @throws UsageError */
  static open(root: string): DiskCorpus {
    if (!existsSync(root)) throw new UsageError(`There is no folder ${root}.`);
    const corpus = new DiskCorpus(root);
    if (!corpus.articles().next().done) return corpus;
    corpus.tellLinks();
    const inner = corpus.inner.length > 0 ? ` Other corpora are below it: ${corpus.inner.join(', ')}.` : '';
    throw new UsageError(
      `There are no articles (${corpus.labelSet.articles.join(', ')}) in ${root}.${inner}`,
    );
  }

  /** Folders of other corpora that were met. */
  private inner: string[] = [];
  /** Links that were met and not followed. */
  private readonly passedOver = new Set<string>();

  /** Whether `corpus.yaml` has a label, or has not said which there are. */
  allows = (name: string): boolean => this.labels?.has(name) ?? true;

  file(path: string): string {
    return join(this.root, path);
  }

  /** A path as messages have it: from the working directory, with `/`, where it is below that. */
  shown(path: string): string {
    const file = this.file(path);
    return sep === '\\' ? file.replaceAll('\\', '/') : file;
  }

  /** The path of a file in the corpus, relative to its root; `undefined` where it is not in it. */
  pathOf(file: string): string | undefined {
    const path = relative(this.root, file).replaceAll(sep, '/');
    return path.startsWith('../') || path === '..' || path === '' ? undefined : path;
  }

  /** Says how many links were passed over where folders were walked through. */
  tellLinks(): void {
    const { size } = this.passedOver;
    if (size === 0) return;
    const [first] = this.passedOver;
    const which = size > 1 ? `${this.shown(first!)} and others` : this.shown(first!);
    say(
      `${count(size, 'link')} ${size > 1 ? 'were' : 'was'} passed over (${which}): to folders, or to nothing.`,
    );
  }

  *folders(): Generator<Folder> {
    this.inner = [];
    if (existsSync(this.root))
      yield* walk(this.root, {
        enters: (prefix, entries) => {
          const isInner = entries.some(({ name }) => name === CORPUS_YAML);
          if (isInner) this.inner.push(this.shown(prefix));
          return !isInner;
        },
        // What is in it, and so what the corpus is, is not known.
        fail: (prefix, error) => {
          throw new TargetError(`The folder ${this.shown(prefix)} cannot be read (${reasonOf(error)})`);
        },
        // As in the editor.
        followsFolders: false,
        pass: (path) => this.passedOver.add(path),
      });
  }

  /** The paths of all articles, folder by folder. */
  *articles(): Generator<string> {
    for (const { prefix, files } of this.folders())
      for (const name of files) if (this.isArticle(prefix + name)) yield prefix + name;
  }

  /** The sidecars of annotators' layers, each with every article that it may be of by its name. */
  *layers(): Generator<LayerOfArticle> {
    for (const { prefix, files } of this.folders()) {
      const articles = new Map<string, string[]>();
      for (const name of files) {
        const sidecar = this.isArticle(prefix + name) && sidecarName(name);
        if (sidecar) articles.set(sidecar, [...(articles.get(sidecar) ?? []), name]);
      }
      for (const name of files) {
        if (articles.has(name)) continue;
        for (const article of articles.get(sharedSidecarName(name) ?? '') ?? [])
          yield { article: prefix + article, layer: layerOf(name) };
      }
    }
  }

  /** The paths of sidecars without an article. */
  *orphans(): Generator<string> {
    for (const { prefix, files } of this.folders()) {
      const taken = new Set(
        files.filter((name) => this.isArticle(prefix + name)).map((name) => sidecarName(name)),
      );
      for (const name of files)
        if (isSidecarName(name) && !taken.has(name) && !taken.has(sharedSidecarName(name) ?? ''))
          yield prefix + name;
    }
  }

  /** Whether anything is annotated. */
  hasSidecars(): boolean {
    for (const { files } of this.folders()) if (files.some(isSidecarName)) return true;
    return false;
  }

  /** The text of an article alone; `undefined` where it cannot be used. */
  textOf(path: string): TextIndex | undefined {
    const { bytes, unreadable } = this.bytesOf(path);
    const text = unreadable === undefined ? decodeBytes(bytes)?.text : undefined;
    return text === undefined ? undefined : new TextIndex(text);
  }

  /**
   * Reads an article and its sidecar, with the entities where they are in its text.
   * @param origin what is known of the text that a stale sidecar belongs to
   * @param layer whose sidecar is read; without, the shared one
   * @param text of the article, where it was read before
   */
  article(path: string, origin: Origin = 'another', layer = '', text = this.readText(path)): ArticleReading {
    const { index, textHash, isUtf8, unreadable } = text;
    const {
      source = '',
      sidecar,
      problems,
    } = this.sidecarAt(sidecarName(path, layer)) ?? { sidecar: undefined, problems: [] };
    const article = baseName(path);
    const isSame = !sidecar || sidecar.textHash === '' || sidecar.textHash === textHash;
    const from = isSame ? (sidecar?.textHash === textHash ? 'same' : 'unsaid') : origin;
    const { otherArticle, isOtherGone } = this.otherArticle(path, sidecar?.article ?? '', isOwnText(from));
    const usable = otherArticle === undefined ? sidecar : undefined;
    const { annotations, moved } = placeAnnotations(usable, index, from);
    const { entities, comments } = annotations;
    return {
      ...{
        path,
        article,
        index,
        source,
        sidecar,
        problems,
        otherArticle,
        isOtherGone,
        entities,
        comments,
        moved,
        textHash,
      },
      isUtf8,
      unreadable,
      sidecarName: sidecarName(article, layer),
      isStale: isUtf8 && !isSame,
      isSameText: from === 'same',
      hasLabel: this.allows,
    };
  }

  /** Reads the text of an article alone. */
  readText(path: string): ArticleText {
    const { bytes, unreadable } = this.bytesOf(path);
    const text = unreadable === undefined ? decodeBytes(bytes)?.text : undefined;
    const index = new TextIndex(text ?? new TextDecoder().decode(bytes));
    return {
      index,
      unreadable,
      isUtf8: text !== undefined,
      textHash: text === undefined ? '' : hashOf(text),
    };
  }

  private bytesOf(path: string): { bytes: Buffer; unreadable: string | undefined } {
    try {
      return { bytes: readAll(this.file(path)), unreadable: undefined };
    } catch (error) {
      return { bytes: Buffer.alloc(0), unreadable: reasonOf(error) };
    }
  }

  /** What is in a sidecar; `undefined` where there is none. */
  sidecarAt(path: string): (SidecarReading & { source: string }) | undefined {
    const file = this.read(path);
    if (!file) return undefined;
    const { source, problem } = file;
    return problem ? { source, sidecar: undefined, problems: [problem] } : { source, ...readSidecar(source) };
  }

  /** @param isOwn whether the sidecar is of a text of the article, so that a name which is gone is an old one of it */
  private otherArticle(path: string, said: string, isOwn: boolean) {
    const own = baseName(path);
    const isNamed = said === '' || isSameName(said, own);
    const isOtherGone = !isNamed && !existsSync(this.file(path.slice(0, path.length - own.length) + said));
    return { otherArticle: isNamed || (isOtherGone && isOwn) ? undefined : said, isOtherGone };
  }

  private read(path: string): { source: string; problem?: Problem } | undefined {
    try {
      const bytes = readIfThere(this.file(path));
      const text = bytes && decodeBytes(bytes)?.text;
      if (text !== undefined) return { source: text };
      return bytes && { source: '', problem: { ...UNREADABLE, code: 'file-not-utf8', values: {} } };
    } catch (error) {
      const values = { reason: reasonOf(error) };
      return { source: '', problem: { ...UNREADABLE, code: 'file-unreadable', values } };
    }
  }
}

/** As `hashText`, at once. */
export function hashOf(text: string): string {
  return `sha256:${hash('sha256', normalizeText(text))}`;
}

/** Why what is annotated in an article cannot be used; `undefined` where it can. With the file, and its source. */
export function obstacleOf(
  reading: ArticleReading,
): { readonly path: string; readonly source: string; readonly problem: Problem } | undefined {
  const { path, index, isUtf8, unreadable, sidecar, source, problems, otherArticle } = reading;
  if (unreadable !== undefined) {
    const values = { reason: unreadable };
    return { path, source: '', problem: { ...UNREADABLE, code: 'file-unreadable', values } };
  }
  if (!isUtf8) return { path, source: index.raw, problem: notUtf8Problem(index.raw) };
  const error = problems.find(({ severity }) => severity === 'error');
  if (!sidecar && error)
    return { path: path.slice(0, path.lastIndexOf('/') + 1) + reading.sidecarName, source, problem: error };
  if (otherArticle === undefined) return undefined;
  return { path, source: '', problem: foreignProblem(reading) };
}
