import { baseName, sidecarName } from '../core/sidecar/name';
import { namedArticle, orphansFor, pathBeside, type Orphan } from '../core/sidecar/orphans';
import { writeSidecar } from '../core/sidecar/write';
import type { DiskCorpus } from './corpus';
import { stampOf, type FolderTarget } from './folder-target';

/** A sidecar without an article, and what is known of where that is. */
interface Lost {
  readonly orphans: readonly Orphan[];
  /** The articles without a sidecar that have the text which it is about. */
  readonly articles: string[];
}

/** What became of sidecars whose articles were moved without them. */
export interface Found {
  /** `old → new`, of each that has its article again. */
  readonly moved: readonly string[];
  /** Why others were left, though an article has their text. */
  readonly unsure: readonly string[];
}

/**
 * Gives sidecars that have no article, in all layers, to the one that has their text, by its hash, where there is
 * one article without a sidecar and one such sidecar.
 * @param target what is written goes there; nothing is where there is none
 */
export function bringBack(corpus: DiskCorpus, target: FolderTarget | undefined): Found {
  const found = { moved: [] as string[], unsure: [] as string[] };
  const claims = new Map<string, number>();
  const lost = findLost(corpus);
  for (const { articles } of lost)
    for (const article of articles) claims.set(article, (claims.get(article) ?? 0) + 1);
  for (const { orphans, articles } of lost) {
    const [article = ''] = articles;
    const isFree = (orphan: Orphan) => stampOf(corpus.file(pathBeside(orphan, article))) === undefined;
    if (articles.length > 1 || claims.get(article)! > 1 || !orphans.every(isFree)) {
      const others = articles.map((path) => corpus.shown(path)).join(', ');
      found.unsure.push(
        `${corpus.shown(orphans[0]!.path)}: has no article; its text is that of ${others}, but where it belongs is not certain. Move it beside its article`,
      );
      continue;
    }
    for (const orphan of orphans) {
      const to = pathBeside(orphan, article);
      found.moved.push(`${corpus.shown(orphan.path)} → ${corpus.shown(to)}`);
      const stamp = stampOf(corpus.file(orphan.path));
      const { source, sidecar } = corpus.sidecarAt(orphan.path) ?? {};
      if (source === undefined || stamp === undefined) continue;
      const content = sidecar ? writeSidecar({ ...sidecar, article: baseName(article) }) : source;
      target?.rename(orphan.path, to, content, stamp);
    }
  }
  return found;
}

function findLost(corpus: DiskCorpus): Lost[] {
  const orphans = Array.from(corpus.orphans(), (path): Orphan => {
    const { article = '', textHash = '' } = corpus.sidecarAt(path)?.sidecar ?? {};
    return { path, article, textHash };
  }).filter((orphan) => {
    const named = namedArticle(orphan);
    // It may be that of a file which is no article of the corpus.
    return named === undefined || stampOf(corpus.file(named)) === undefined;
  });
  const lost = new Map<string, Lost>();
  if (orphans.length === 0) return [];
  for (const path of corpus.articles()) {
    if (stampOf(corpus.file(sidecarName(path))) !== undefined) continue;
    for (const set of orphansFor(orphans, path, corpus.article(path).textHash)) {
      if (!set.isSameText) continue;
      const [first] = set.orphans;
      const known = lost.get(first!.path);
      if (known) known.articles.push(path);
      else lost.set(first!.path, { orphans: set.orphans, articles: [path] });
    }
  }
  return [...lost.values()];
}
