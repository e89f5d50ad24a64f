/** When a row holds: a `when` clause of the editor. */
export interface Condition {
  readonly clause: string;
  /** Its parts are alternatives, so that it needs parentheses within others. */
  readonly isOr?: boolean;
}

export const and = (...parts: readonly Condition[]): Condition => ({
  clause: parts.map(({ clause, isOr }) => (isOr ? `(${clause})` : clause)).join(' && '),
});

export const or = (...parts: readonly Condition[]): Condition => ({
  clause: parts.map(({ clause }) => clause).join(' || '),
  isOr: true,
});

const OPPOSITES: Readonly<Record<string, string>> = { '==': '!=', '!=': '==', in: 'not in' };

/** The opposite of one key, one comparison or one membership. */
export function not({ clause }: Condition): Condition {
  const [key, operator, ...rest] = clause.split(' ');
  if (operator === undefined) return { clause: `!${clause}` };
  const opposite = OPPOSITES[operator];
  if (opposite === undefined || rest.length !== 1) throw new Error(`no opposite of: ${clause}`);
  return { clause: [key, opposite, ...rest].join(' ') };
}

const is = (key: string, value: string | RegExp): Condition => ({
  clause: typeof value === 'string' ? `${key} == ${value}` : `${key} =~ ${value}`,
});

/** A context key of the editor. */
export const on = (clause: string): Condition => ({ clause });
/** A context key that the extension sets. */
export const own = (name: string): Condition => on(`corpusAnnotator.${name}`);

export const never = on('false');

// The window.
export const hasFolder = on('workspaceFolderCount != 0');
export const isReady = own('isReady');
export const hasActiveArticle = own('hasActiveArticle');
export const hasLabelSet = own('hasLabelSet');

// The file that a menu or the active editor is about.
export const isArticle = is('resourceLangId', 'corpus-article');
const isListed = (list: string) => on(`resourcePath in corpusAnnotator.articles.${list}`);
export const isDone = isListed('done');
export const isToPlace = isListed('toPlace');
export const isInConflict = isListed('inConflict');
export const isFolder = on('explorerResourceIsFolder');
/** @param extensions without their dots, parted by `|` */
export const hasExtension = (extensions: string) =>
  is('resourceExtname', new RegExp(`^\\.(${extensions})$`, 'i'));

// The active editor.
export const inArticle = is('editorLangId', 'corpus-article');
export const inText = is('editorLangId', /^(corpus-article|plaintext)$/);
export const isReadyOrInText = or(isReady, is('editorLangId', 'plaintext'));

// Where a key is pressed in an article.
export const atText = and(on('editorTextFocus'), inArticle);
const mode = (name: string) => is('corpusAnnotator.mode', name);
export const isReview = mode('review');
export const isEditing = and(atText, mode('editing'));
export const isTagging = and(atText, not(mode('editing')));
export const isReviewing = and(atText, isReview);
export const isTaggingOnly = and(isTagging, not(isReview));
/** A press may move the cursor still, so that the editor's own keys wait for it. */
export const isPressing = own('pressing');

// Views, the rows in them, and keys pressed there.
export type View = 'articles' | 'entities' | 'labels';
export const isFiltered = (view: View) => own(`${view}.isFiltered`);
export const isGrouped = own('entities.isGrouped');
export const inView = (view: View) => is('view', `corpusAnnotator.${view}`);
export const isRow = (kind: string | RegExp) => is('viewItem', kind);
const atList = (focused: Condition) => and(focused, not(on('inputFocus')));
export const atView = (view: View) => atList(is('focusedView', `corpusAnnotator.${view}`));
export const atAnyView = atList(is('focusedView', /^corpusAnnotator\./));
export const inSideBar = and(
  on('sideBarFocus'),
  is('activeViewlet', 'workbench.view.extension.corpusAnnotator'),
);

// The concordance.
export const inConcordance = is('activeWebviewPanelId', 'corpusAnnotator.concordance');
export const inConcordanceList = and(inConcordance, own('concordance.inList'));
