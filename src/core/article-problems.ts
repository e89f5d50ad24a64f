import { brokenPlace, checkArticle, notUtf8Problem } from './check-article';
import { checkConflicts } from './conflict';
import type { Entity } from './model/entity';
import { isAnchored, type Comment } from './model/records';
import { misplaced } from './misplaced';
import type { Problem } from './problem';
import { checkSidecar } from './sidecar/check';
import { SidecarPlaces } from './sidecar/locate';
import { sidecarName } from './sidecar/name';
import type { Sidecar } from './sidecar/sidecar';
import type { Span, TextIndex } from './text';

/** An article and its sidecar as they were read. */
export interface ReadArticle {
  /** The file name of the article. */
  readonly article: string;
  readonly index: TextIndex;
  readonly isUtf8: boolean;
  /** The file name of its sidecar, and what is in that; empty where there is none. */
  readonly sidecarName: string;
  readonly source: string;
  readonly sidecar: Sidecar | undefined;
  /** What the reader of the sidecar met. */
  readonly problems: readonly Problem[];
  /** The name of another article, where the sidecar belongs to that, as far as is known. */
  readonly otherArticle: string | undefined;
  /** Whether that is not there. */
  readonly isOtherGone: boolean;
  /** Where there is no sidecar: one without an article that may be this one's, and why. */
  readonly elsewhere?: { readonly code: ElsewhereCode; readonly path: string } | undefined;
  /** The entities where they are in `index`. */
  readonly entities: readonly Entity[];
  /** Those on spans where these are in `index`. */
  readonly comments?: readonly Comment[] | undefined;
  /** How many were found at another place than the sidecar says. */
  readonly moved: number;
  /** The sidecar is that of another text. */
  readonly isStale: boolean;
  /** The sidecar is that of this very text. */
  readonly isSameText: boolean;
  readonly hasLabel: (name: string) => boolean;
  /** In the editor: another encoding than UTF-8 that it shows the article in, though it is UTF-8, or would save it in. */
  readonly encoding?:
    { readonly code: 'file-not-shown-as-utf8' | 'file-leaves-utf8'; readonly name: string } | undefined;
}

/** Why a sidecar without an article may be that of one: it is about its text, or has its name. */
export type ElsewhereCode = 'sidecar-elsewhere' | 'sidecar-of-same-name';

const NONE: ReadonlyMap<string, Span> = new Map();

/** What is wrong in an article and in its sidecar, at offsets of each. */
export function problemsOf(read: ReadArticle): {
  readonly article: readonly Problem[];
  readonly sidecar: readonly Problem[];
} {
  const { index, isUtf8, source, sidecar, otherArticle, entities } = read;
  const { code = 'file-not-utf8', name = '' } = read.encoding ?? {};
  const encoding: Problem = { ...notUtf8Problem(index.raw), code, values: { encoding: name } };
  if (!isUtf8) return { article: [encoding], sidecar: read.problems };
  const broken = entities.filter((entity) => entity.broken);
  const slips = sidecar && read.isSameText && broken.length > 0 ? misplaced(sidecar.entities, index) : NONE;
  const ofArticle = [
    ...checkArticle(index, broken, slips),
    ...checkConflicts(entities, (entity) =>
      entity.broken
        ? brokenPlace(index, entity)
        : { start16: index.toUtf16(entity.start), end16: index.toUtf16(entity.end) },
    ),
  ];
  const ofSidecar: Problem[] = [...read.problems];
  const places = new SidecarPlaces(source);
  if (otherArticle !== undefined) {
    ofArticle.push(foreignProblem(read));
    // Where the other article has the same sidecars, nothing is wrong in this.
    if (read.isOtherGone || sidecarName(otherArticle) !== sidecarName(read.article))
      ofSidecar.push(mismatchProblem(read, places));
  } else if (sidecar) {
    const { article, hasLabel, moved, isStale } = read;
    const known = new Set(broken.length === 0 ? [] : sidecar.entities.map(({ id }) => id));
    const ofThese = broken.filter(({ id }) => known.has(id));
    const lost = read.comments?.filter((comment) => isAnchored(comment)).filter((comment) => comment.broken);
    const facts = { article, hasLabel, broken: ofThese, lost, slips, moved, isStale };
    ofSidecar.push(...checkSidecar(sidecar, places, facts));
    ofSidecar.push(...checkConflicts(sidecar.entities, ({ id }) => places.entity(id)));
  }
  if (read.encoding) ofArticle.push({ ...encoding, severity: 'warning' });
  if (read.elsewhere) {
    const { code, path } = read.elsewhere;
    ofArticle.push({ code, severity: 'warning', start16: 0, end16: 0, values: { sidecar: path } });
  }
  return { article: ofArticle, sidecar: ofSidecar };
}

/** Why the sidecar of an article by its name cannot be used for it, where it says that it is another's. */
export function foreignProblem({
  article: own,
  sidecarName: sidecar,
  otherArticle: article = '',
  isOtherGone,
}: Pick<ReadArticle, 'article' | 'sidecarName' | 'otherArticle' | 'isOtherGone'>): Problem {
  const code = isOtherGone ? 'sidecar-of-gone-article' : 'sidecar-of-another-article';
  return { code, severity: 'error', start16: 0, end16: 0, values: { article, sidecar, own } };
}

function mismatchProblem({ sidecar, article }: ReadArticle, places: SidecarPlaces): Problem {
  const { start16 = 0, end16 = 0 } = places.key('article') ?? {};
  const values = { article: sidecar?.article ?? '', own: article };
  return { code: 'article-mismatch', severity: 'error', start16, end16, values };
}
