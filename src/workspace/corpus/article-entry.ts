import * as vscode from 'vscode';
import { disk } from '#disk';
import { articleTitle } from '../../core/article-title';
import type { Entity } from '../../core/model/entity';
import { parseHeader } from '../../core/header';
import { placeAnnotations } from '../../core/place';
import { sidecarName } from '../../core/sidecar/name';
import { isSkipped } from '../../core/skipped';
import { decodeUtf8, TextIndex } from '../../core/text';
import { findProblems, NO_PROBLEMS, type ArticleProblems, type ArticleReading } from './article-problems';
import type { Corpus } from './corpus';
import { isLeftoverName } from '../../core/skipped';
import type { OldTexts } from '../open/old-texts';
import type { FileProblem } from '../files/file-problem';
import { Pace } from '../files/pace';
import { SidecarFile } from '../files/sidecar-file';
import { isToDecide, UNREAD, type ArticleState, type ArticleSummary, type Facts } from './summary';

/** How much of an article without a sidecar is read, in bytes: its header, and mostly all of it. */
const HEAD_LENGTH = 65536;

/** An article of a corpus, open or not. */
export class ArticleEntry {
  summary: ArticleSummary = UNREAD;
  /** What was wrong in it and in its sidecar when they were read last; a live article knows better. */
  problems: ArticleProblems = NO_PROBLEMS;
  private address: vscode.Uri | undefined;
  private sidecar: vscode.Uri | undefined;
  /** The end of {@link refreshLayers}, which waits for the one before. */
  private layersRead: Promise<void> | undefined;
  /** The other layers of which there is a sidecar, with what was wrong in it when that was read last. */
  readonly layers = new Map<string, readonly FileProblem[]>();
  /** Identifies the files as they were read last; `undefined` for those that an editor has open. */
  stamp: string | undefined;

  constructor(
    /** Its address as a string. */
    readonly key: string,
    readonly corpus: Corpus,
    /** Relative to the corpus root, with `/`. */
    readonly path: string,
    public hasSidecar: boolean,
    private readonly texts: OldTexts,
    /** The layer that the window works in; empty for the shared one. All else here is about that, but {@link layers}. */
    readonly layer = '',
  ) {}

  /** Made when it is first asked for: of most articles of a large corpus it never is. */
  get uri(): vscode.Uri {
    return (this.address ??= this.corpus.at(this.path));
  }

  get sidecarUri(): vscode.Uri {
    return (this.sidecar ??= this.sidecarOf(this.layer));
  }

  /** All layers of which there is a sidecar, that which the window works in first. */
  get allLayers(): readonly string[] {
    return [...(this.hasSidecar ? [this.layer] : []), ...[...this.layers.keys()].sort()];
  }

  /** The sidecar of a layer; it need not be there. */
  sidecarOf(layer: string): vscode.Uri {
    return this.uri.with({ path: sidecarName(this.uri.path, layer) });
  }

  get state(): ArticleState {
    const { inTrouble, status, entities } = this.summary;
    if (inTrouble) return 'trouble';
    if (status === 'done') return 'done';
    return entities > 0 ? 'in-progress' : 'untouched';
  }

  /**
   * Reads the article, as far as need be, and its sidecars, and remembers their problems.
   * @param stamp what {@link currentStamps} said before
   * @returns the entities where they are in the text, and what the summary is made of besides
   */
  async refresh(stamp: string | undefined): Promise<{ entities: readonly Entity[] } & Facts> {
    // Where there are layers, all of the text is read, once for all of them.
    const bytes = this.layers.size > 0 ? await this.readBytes() : undefined;
    const reading = await this.read({ bytes });
    const { entities, file, index, isUtf8 } = reading;
    await this.refreshLayers(bytes);
    this.problems = findProblems(reading);
    this.stamp = stamp;
    return {
      entities,
      date: parseHeader(index.raw).date,
      title: articleTitle(index.raw),
      status: (file.refusal ? undefined : file.sidecar?.status) ?? 'open',
      inTrouble: !isUtf8 || file.refusal !== undefined || entities.some(isToDecide),
    };
  }

  /**
   * Reads the sidecars of the other layers, and remembers their problems: those that were read last.
   * @param bytes of the text, where that was read just now
   */
  async refreshLayers(bytes?: Uint8Array): Promise<void> {
    if (this.layers.size === 0) return;
    const read = () => this.readLayers(bytes);
    await (this.layersRead = (this.layersRead ?? Promise.resolve()).then(read, read));
  }

  private async readLayers(known: Uint8Array | undefined): Promise<void> {
    const bytes = known ?? (await this.readBytes());
    for (const layer of [...this.layers.keys()]) {
      const { sidecar } = findProblems(await this.read({ bytes, layer }));
      // It may have gone meanwhile.
      if (this.layers.has(layer)) this.layers.set(layer, sidecar);
    }
  }

  /**
   * Reads the article, as far as need be, and its sidecar, with the entities where they are in the text.
   * @param options.isWhole whether all of its text is wanted where it has no sidecar, too
   * @param options.bytes of all of its text, where that was read just now
   * @param options.layer whose sidecar is read; without, that which the window works in
   */
  async read({
    isWhole = false,
    bytes,
    layer = this.layer,
  }: {
    isWhole?: boolean;
    bytes?: Uint8Array | undefined;
    layer?: string;
  } = {}): Promise<ArticleReading> {
    const file = new SidecarFile(this.sidecarOf(layer), this.uri);
    const hasSidecar = layer === this.layer ? this.hasSidecar : this.layers.has(layer);
    const [article] = await Promise.all([
      bytes ? decode(bytes, false) : this.readArticle(isWhole || hasSidecar),
      hasSidecar && file.refresh(),
    ]);
    const { text, shown } = article;
    const index = new TextIndex(shown);
    const asRead = text === undefined ? shown : article.bytes;
    const origin = await this.texts.originOf(this.uri, file.sidecar?.textHash ?? '', asRead);
    file.claimBy(origin);
    const sidecar = file.refusal ? undefined : file.sidecar;
    const { annotations, moved } = placeAnnotations(sidecar, index, origin);
    const { entities, comments } = annotations;
    const isStale = text !== undefined && origin !== 'same' && origin !== 'unsaid';
    const isSameText = origin === 'same';
    const isUtf8 = text !== undefined;
    return { corpus: this.corpus, index, isUtf8, file, entities, comments, moved, isStale, isSameText };
  }

  /** The article's file; `undefined` where it is gone, or too big, so that it cannot be opened either. */
  private readBytes(): Promise<Uint8Array | undefined> {
    return disk.read(this.uri).catch(() => undefined);
  }

  /** The article's text, `undefined` where it is not UTF-8, and what is shown of it all the same. */
  private async readArticle(isWhole: boolean): Promise<Decoded> {
    if (isWhole) {
      const bytes = await this.readBytes();
      if (bytes) return decode(bytes, false);
    }
    const head = await disk.readHead(this.uri, HEAD_LENGTH).catch(() => undefined);
    return decode(head ?? new Uint8Array(), head?.length === HEAD_LENGTH);
  }
}

/** What {@link ArticleEntry.stamp} is for the files as they are; `undefined` for one where that cannot be told. */
export async function currentStamps(entries: readonly ArticleEntry[]): Promise<(string | undefined)[]> {
  /** Of each entry: its article, its sidecar where there is one, and those of its layers. */
  const paths = entries.map(({ path, hasSidecar, layer, layers }) => [
    path,
    hasSidecar ? sidecarName(path, layer) : undefined,
    ...[...layers.keys()].sort().map((layer) => sidecarName(path, layer)),
  ]);
  const files = entries.flatMap(({ corpus: { root } }, i) =>
    paths[i]!.flatMap((path) => (path === undefined ? [] : [{ root, path }])),
  );
  const stamps = (await disk.stamps(files)).values();
  return paths.map((ofEntry) => {
    const all = ofEntry.map((path) => (path === undefined ? '' : stamps.next().value));
    return all.includes(undefined) ? undefined : all.join(' ');
  });
}

interface Decoded {
  readonly bytes: Uint8Array;
  readonly text: string | undefined;
  readonly shown: string;
}

function decode(bytes: Uint8Array, isCut: boolean): Decoded {
  const text = isCut ? decodeCut(bytes) : decodeUtf8(bytes);
  return { bytes, text, shown: text ?? new TextDecoder().decode(bytes) };
}

/** Decodes bytes whose last character may be cut. */
function decodeCut(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/**
 * All files below a folder, relative with `/`, hidden ones left out; links to folders are not followed. What
 * a killed process left beside them is removed in the background.
 * @param onLink is told of each link to a folder
 */
export async function listFiles(
  root: vscode.Uri,
  onLink: (path: string) => void = () => undefined,
): Promise<string[]> {
  /** What is in each folder, by its path, with `/` at the end. */
  const inFolder = new Map<string, readonly string[]>();
  // All folders of one depth at once.
  for (let folders = ['']; folders.length > 0;) {
    const lists = await disk.list(folders.map((path) => vscode.Uri.joinPath(root, path)));
    const below: string[] = [];
    for (const [i, folder] of folders.entries()) {
      const names = lists[i]!;
      inFolder.set(folder, names);
      for (const name of names) if (isFolderToEnter(name)) below.push(folder + name);
    }
    folders = below;
  }
  const found: string[] = [];
  const leftovers: vscode.Uri[] = [];
  const pace = new Pace();
  const gather = async (folder: string): Promise<void> => {
    if (pace.isDue) await pace.rest();
    for (const name of inFolder.get(folder)!) {
      if (isFolderToEnter(name)) await gather(folder + name);
      else if (isLeftoverName(name)) leftovers.push(vscode.Uri.joinPath(root, folder, name));
      else if (name.endsWith('//')) {
        if (!isSkipped(name.slice(0, -2))) onLink(folder + name.slice(0, -2));
      } else if (!name.endsWith('/') && !isSkipped(name)) found.push(folder + name);
    }
  };
  await gather('');
  void disk.removeLeftovers(leftovers);
  return found;
}

function isFolderToEnter(name: string): boolean {
  return name.endsWith('/') && !name.endsWith('//') && !isSkipped(name.slice(0, -1));
}

/** Runs a task for each item, a limited number at a time. */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await task(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
