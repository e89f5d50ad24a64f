import * as vscode from 'vscode';
import { brokenPlace, checkArticle, notUtf8Problem } from '../core/check-article';
import { checkConflicts } from '../core/conflict';
import type { Entity } from '../core/entity';
import type { Problem } from '../core/problem';
import { checkSidecar } from '../core/sidecar/check';
import { SidecarPlaces } from '../core/sidecar/locate';
import { baseName, sidecarName } from '../core/sidecar/name';
import type { TextIndex } from '../core/text';
import type { Corpus } from './corpus';
import { placeProblems, type FileProblem } from './file-problem';
import type { SidecarFile } from './sidecar-file';

/** What is wrong in an article and in its sidecar. */
export interface ArticleProblems {
  readonly article: readonly FileProblem[];
  readonly sidecar: readonly FileProblem[];
}

export const NO_PROBLEMS: ArticleProblems = { article: [], sidecar: [] };

/** An article as it was read, from the disk or in the editor. */
export interface ArticleReading {
  readonly corpus: Corpus;
  readonly index: TextIndex;
  readonly isUtf8: boolean;
  readonly file: SidecarFile;
  /** The entities where they are in `index`. */
  readonly entities: readonly Entity[];
  readonly moved: number;
  readonly isStale: boolean;
}

/** Finds the problems that the readers did not meet, and puts all of them at their places. */
export function findProblems(reading: ArticleReading): ArticleProblems {
  const { index, isUtf8, file, corpus } = reading;
  const { source = '', sidecar, otherArticle } = file;
  if (!isUtf8) {
    const article = placeProblems(index.raw, [notUtf8Problem(index.raw)]);
    return { article, sidecar: placeProblems(source, file.problems) };
  }
  const broken = reading.entities.filter((entity) => entity.broken);
  const ofArticle = [
    ...checkArticle(index, broken),
    ...checkConflicts(reading.entities, (entity) =>
      entity.broken
        ? brokenPlace(index, entity)
        : { start16: index.toUtf16(entity.start), end16: index.toUtf16(entity.end) },
    ),
  ];
  const ofSidecar: Problem[] = [...file.problems];
  const places = new SidecarPlaces(source);
  if (otherArticle !== undefined) {
    ofArticle.push(sharedProblem(file, otherArticle));
    // Where the other article has the same sidecar, nothing is wrong in that.
    if (sidecarName(otherArticle) !== baseName(file.uri.path)) ofSidecar.push(foreignProblem(file, places));
  } else if (sidecar) {
    const known = new Set(sidecar.entities.map(({ id }) => id));
    const facts = {
      article: baseName(file.articleUri.path),
      hasLabel: (name: string) => corpus.allows(name),
      broken: broken.filter(({ id }) => known.has(id)),
      moved: reading.moved,
      isStale: reading.isStale,
    };
    ofSidecar.push(...checkSidecar(sidecar, places, facts));
    ofSidecar.push(...checkConflicts(sidecar.entities, ({ id }) => places.entity(id)));
  }
  const [article, inSidecar] = [placeProblems(index.raw, ofArticle), placeProblems(source, ofSidecar)];
  return { article: withLines(article, inSidecar, file.uri), sidecar: inSidecar };
}

function sharedProblem(file: SidecarFile, article: string): Problem {
  const values = { article, sidecar: baseName(file.uri.path) };
  return { code: 'sidecar-of-another-article', severity: 'error', start16: 0, end16: 0, values };
}

function foreignProblem(file: SidecarFile, places: SidecarPlaces): Problem {
  const { start16 = 0, end16 = 0 } = places.key('article') ?? {};
  const values = { article: file.sidecar?.article ?? '', own: baseName(file.articleUri.path) };
  return { code: 'article-mismatch', severity: 'error', start16, end16, values };
}

/** Problems of entities in the article, with the lines of the sidecar that hold those. */
function withLines(
  problems: readonly FileProblem[],
  inSidecar: readonly FileProblem[],
  sidecar: vscode.Uri,
): FileProblem[] {
  const lines = new Map(
    inSidecar.flatMap(({ code, values, range }) =>
      code === 'entity-not-found' ? [[values.id, new vscode.Location(sidecar, range)]] : [],
    ),
  );
  return problems.map((problem) =>
    problem.code === 'entity-broken' ? { ...problem, related: lines.get(problem.values.id) } : problem,
  );
}
