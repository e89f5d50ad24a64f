import picomatch from 'picomatch/posix';
import { isScalar, isSeq } from 'yaml';
import { isSidecarName } from './sidecar/name';
import type { YamlSource } from './yaml-source';

/** The file that holds the label set, at the root of a corpus. */
export const CORPUS_YAML = 'corpus.yaml';

export const DEFAULT_ARTICLES = '**/*.txt';

/** Globs of a corpus: each file is matched with all of them. */
const MOST_GLOBS = 100;

/** The globs of `articles` in a `corpus.yaml`; a problem for each that cannot be used. */
export function readArticles(yaml: YamlSource, node: unknown): string[] {
  const items = isSeq(node) ? node.items : [node];
  const globs = items.slice(0, MOST_GLOBS + 1).flatMap((item, i) => {
    const glob = isScalar(item) ? item.value : undefined;
    if (typeof glob !== 'string' || glob === '') {
      yaml.report('wrong-type', item, { key: 'articles', expected: 'string' }, 'warning');
      return [];
    }
    if (glob.startsWith('/') || /(?:^|[/\\])\.\.(?:[/\\]|$)/.test(glob)) {
      yaml.report('glob-malformed', item, { glob }, 'warning');
      return [];
    }
    if (i === MOST_GLOBS || isTooComplex(glob)) {
      yaml.report('glob-too-complex', item, { glob }, 'warning');
      return [];
    }
    return [glob];
  });
  return globs.length > 0 ? globs : [DEFAULT_ARTICLES];
}

/** Whether to match a glob may take for ever: the time grows with the length of a path to the power of its stars. */
function isTooComplex(glob: string): boolean {
  const stars = glob.match(/\*+/g)?.length ?? 0;
  return glob.length > 200 || stars > 6 || /[+*]\(/.test(glob);
}

/**
 * What tells articles from other files, by the globs of a label set.
 * @returns whether a path is that of an article; paths are relative to the corpus root, with `/`
 */
export function articleMatcher(globs: readonly string[]): (path: string) => boolean {
  const matches = picomatch([...globs], { dot: false });
  return (path) => matches(path) && !isSidecarName(path) && path !== CORPUS_YAML;
}
