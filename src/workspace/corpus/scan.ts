import * as vscode from 'vscode';
import { isSidecarName, layerOf, sharedSidecarName, sidecarName } from '../../core/sidecar/name';
import { ArticleEntry, listFiles } from './article-entry';
import { Corpus, CORPUS_YAML } from './corpus';
import type { OldTexts } from '../open/old-texts';
import type { OrphanFile } from './orphans';
import { Pace } from '../files/pace';

export interface Scan {
  readonly corpora: readonly Corpus[];
  /** Those that were known, and whose label set changed since it was read last. */
  readonly relabelled: readonly Corpus[];
  /** By uri. */
  readonly entries: Map<string, ArticleEntry>;
  /** By the uri of the shared sidecar, of which several articles may have the same; then none of them is sure of it. */
  readonly bySidecar: Map<string, ArticleEntry[]>;
  /** Those whose summaries must be read: what is new, or gained or lost a sidecar, be it that of a layer. */
  readonly fresh: readonly ArticleEntry[];
  /** Sidecars without an article. */
  readonly orphans: readonly OrphanFile[];
}

/**
 * Walks the workspace folders. What is known already is kept as it is; no article or sidecar is read.
 * @param layer that the window works in
 */
export async function scanWorkspace(
  knownCorpora: readonly Corpus[],
  knownEntries: ReadonlyMap<string, ArticleEntry>,
  texts: OldTexts,
  layer: string,
): Promise<Scan> {
  const corpora: Corpus[] = [];
  const relabelled: Corpus[] = [];
  const entries = new Map<string, ArticleEntry>();
  const bySidecar = new Map<string, ArticleEntry[]>();
  const fresh = new Set<ArticleEntry>();
  /** The other layers that there are now, of articles that have some, or had. */
  const layers = new Map<ArticleEntry, Set<string>>();
  const orphans: OrphanFile[] = [];
  const pace = new Pace();
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const files = await listFiles(folder.uri);
    const found = await corporaOf(folder, files, knownCorpora, relabelled);
    corpora.push(...found.map(({ corpus }) => corpus));
    const innermostFirst = found.toSorted((a, b) => b.path.length - a.path.length);
    const sidecars = new Set(files.filter(isSidecarName));
    const placeOf = (file: string) => innermostFirst.find(({ path }) => file.startsWith(path));
    for (const file of files) {
      if (pace.isDue) await pace.rest();
      if (sidecars.has(file)) continue;
      const place = placeOf(file);
      if (!place) continue;
      const { corpus } = place;
      const path = file.slice(place.path.length);
      if (!corpus.isArticle(path)) continue;
      const key = corpus.keyOf(path);
      const known = knownEntries.get(key);
      const isSame = known?.corpus === corpus && known.layer === layer;
      const entry = isSame ? known : new ArticleEntry(key, corpus, path, false, texts, layer);
      const hasSidecar = sidecars.has(sidecarName(file, layer));
      // The other article of a shared sidecar may have come or gone.
      const isShared = entry.problems.article.some(({ code }) => code.startsWith('sidecar-of-'));
      if (entry !== known || entry.hasSidecar !== hasSidecar || isShared) fresh.add(entry);
      entry.hasSidecar = hasSidecar;
      if (entry.layers.size > 0) layers.set(entry, new Set());
      entries.set(key, entry);
      const sidecar = corpus.keyOf(sidecarName(path));
      const sharing = bySidecar.get(sidecar);
      if (sharing) sharing.push(entry);
      else bySidecar.set(sidecar, [entry]);
    }
    for (const file of sidecars) {
      const place = placeOf(file);
      if (!place) continue;
      const { corpus } = place;
      const path = file.slice(place.path.length);
      const ofShared = bySidecar.get(corpus.keyOf(path));
      const shared = sharedSidecarName(path);
      const sharing = ofShared ?? (shared === undefined ? undefined : bySidecar.get(corpus.keyOf(shared)));
      if (!sharing) {
        orphans.push({ corpus, path });
        continue;
      }
      const name = ofShared ? '' : layerOf(path);
      if (name !== '') corpus.hasLayers = true;
      if (name === layer) continue;
      for (const entry of sharing) {
        const known = layers.get(entry);
        if (known) known.add(name);
        else layers.set(entry, new Set([name]));
      }
    }
  }
  for (const [entry, names] of layers) {
    const gone = [...entry.layers.keys()].filter((name) => !names.has(name));
    const added = [...names].filter((name) => !entry.layers.has(name));
    for (const name of gone) entry.layers.delete(name);
    for (const name of added) entry.layers.set(name, []);
    if (gone.length + added.length > 0) fresh.add(entry);
  }
  // Who is told of it now has a lot to do.
  await pace.rest();
  return { corpora, relabelled, entries, bySidecar, fresh: [...fresh], orphans };
}

/**
 * The corpora of a workspace folder: each folder with a `corpus.yaml`, else the workspace folder itself, with its
 * path in the workspace folder, which is empty or ends with `/`.
 */
async function corporaOf(
  folder: vscode.WorkspaceFolder,
  files: readonly string[],
  knownCorpora: readonly Corpus[],
  relabelled: Corpus[],
): Promise<{ corpus: Corpus; path: string }[]> {
  const yamls = files.filter((path) => path === CORPUS_YAML || path.endsWith('/' + CORPUS_YAML));
  const roots = yamls.length > 0 ? yamls.map((path) => path.slice(0, -CORPUS_YAML.length)) : [''];
  return Promise.all(
    roots.map(async (path) => {
      const root = path === '' ? folder.uri : vscode.Uri.joinPath(folder.uri, path.slice(0, -1));
      const known = knownCorpora.find((corpus) => corpus.root.toString() === root.toString());
      const corpus = known ?? new Corpus(root, folder);
      if ((await corpus.refresh()) && known) relabelled.push(corpus);
      corpus.hasLayers = false;
      return { corpus, path };
    }),
  );
}
