import * as vscode from 'vscode';
import { problemsOf, type ElsewhereCode, type ReadArticle } from '../../core/article-problems';
import type { Entity } from '../../core/model/entity';
import type { Comment } from '../../core/model/records';
import { baseName } from '../../core/sidecar/name';
import type { TextIndex } from '../../core/text';
import type { Corpus } from './corpus';
import { placeProblems, type FileProblem } from '../files/file-problem';
import type { Refusal } from '../files/refusal';
import type { SidecarFile } from '../files/sidecar-file';

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
  /** Those on spans where these are in `index`. */
  readonly comments: readonly Comment[] | undefined;
  readonly moved: number;
  readonly isStale: boolean;
  /** The sidecar is that of this very text. */
  readonly isSameText: boolean;
  readonly encoding?: ReadArticle['encoding'];
  /** Why no sidecar is begun where there is none. */
  readonly elsewhere?: Refusal | undefined;
}

/** Finds the problems that the readers did not meet, and puts all of them at their places. */
export function findProblems(reading: ArticleReading): ArticleProblems {
  const { index, isUtf8, file, corpus, entities, comments, moved, isStale, isSameText } = reading;
  const { elsewhere, encoding } = reading;
  const { source = '', sidecar, problems, otherArticle, isOtherGone } = file;
  const found = problemsOf({
    ...{
      index,
      isUtf8,
      source,
      sidecar,
      problems,
      otherArticle,
      isOtherGone,
      entities,
      comments,
      moved,
      isStale,
      isSameText,
      encoding,
    },
    article: baseName(file.articleUri.path),
    sidecarName: baseName(file.uri.path),
    hasLabel: (name) => corpus.allows(name),
    elsewhere: elsewhere && {
      code: elsewhere.code as ElsewhereCode,
      path: corpus.relativePath(elsewhere.uri) ?? '',
    },
  });
  const inSidecar = placeProblems(source, found.sidecar);
  return {
    article: withLines(placeProblems(index.raw, found.article), inSidecar, file.uri),
    sidecar: inSidecar,
  };
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
