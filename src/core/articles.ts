import picomatch from 'picomatch/posix';
import { isScalar, isSeq } from 'yaml';
import { CORPUS_YAML, isSidecarName } from './sidecar/name';
import type { YamlSource } from './yaml-source';

export const DEFAULT_ARTICLES = '**/*.txt';

/** What a glob begins with that takes away what it matches; `!(a|b)` is a group that does not match. */
const NEGATION = /^!(?!\()/;

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
    const pattern = glob.replace(NEGATION, '');
    if (pattern.startsWith('/') || /(?:^|[/\\])\.\.(?:[/\\]|$)/.test(pattern)) {
      yaml.report('glob-malformed', item, { glob }, 'warning');
      return [];
    }
    if (i === MOST_GLOBS || isTooComplex(pattern)) {
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
 * What tells articles from other files, by the globs of a label set. What any of those with `!` matches is none,
 * wherever in the list it stands; where all have one, they take away from what is an article without them.
 * @returns whether a path is that of an article; paths are relative to the corpus root, with `/`
 */
export function articleMatcher(globs: readonly string[]): (path: string) => boolean {
  const [added, taken] = [false, true].map((isNegated) =>
    globs.filter((glob) => NEGATION.test(glob) === isNegated).map((glob) => glob.replace(NEGATION, '')),
  ) as [string[], string[]];
  const isAdded = picomatch(added.length > 0 ? added : DEFAULT_ARTICLES, { dot: false });
  const isTaken = picomatch(taken, { dot: true });
  return (path) => isAdded(path) && !isTaken(path) && !isSidecarName(path) && path !== CORPUS_YAML;
}

/**
 * What the article of a document is called that is imported, behind its name: the likeliest ending first, of those
 * with which it is an article.
 * @param globs of the label set @param paths of the articles that there are
 */
export function articleEndings(globs: readonly string[], paths: Iterable<string>): string[] {
  const said = globs
    .filter((glob) => !NEGATION.test(glob))
    .flatMap((glob) => {
      const [, one, several] = /(?:(\.\w+)|\.\{([\w,]+)\})$/.exec(glob) ?? [];
      return several?.split(',').map((ending) => `.${ending}`) ?? one ?? [];
    });
  const there = Array.from(paths, (path) => /\.[^./]*$/.exec(path)?.[0] ?? '');
  return [...new Set(['.txt', ...said, ...there])];
}
