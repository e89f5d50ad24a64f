import {
  and,
  hasActiveArticle,
  hasFolder,
  isFiltered,
  isReady,
  not,
  type Condition,
  type View,
} from './conditions.ts';
import { link } from './link.ts';

const icon = 'media/corpus.svg';

export const viewsContainers = { activitybar: [{ id: 'corpusAnnotator', title: 'Corpus', icon }] };

const view = (id: View, name: string, size: number) => ({
  id: `corpusAnnotator.${id}`,
  name,
  contextualTitle: 'Corpus',
  icon,
  size,
});

export const views = {
  corpusAnnotator: [
    view('articles', 'Articles', 4),
    view('labels', 'Labels', 3),
    view('entities', 'Entities', 4),
  ],
};

const welcome = (view: View, { clause }: Condition, ...lines: readonly string[]) => ({
  view: `corpusAnnotator.${view}`,
  when: clause,
  contents: lines.join('\n'),
});

/** What a view says where it has no rows; the names are those of the translations. */
export const welcomes = {
  noFolder: welcome(
    'articles',
    not(hasFolder),
    'Open a folder with your articles. An article is a text file.',
    link('Open a Folder', 'vscode.openFolder'),
    link('Show the First Steps', 'openWalkthrough'),
  ),
  noArticle: welcome(
    'articles',
    and(hasFolder, isReady, not(isFiltered('articles'))),
    'There is no article in this folder. Articles are its .txt files, or those that “articles” in corpus.yaml names.',
    link('Open Another Folder', 'vscode.openFolder'),
    link('Import Annotated Files', 'import'),
    'Or drop files here. If texts are missing, look at corpus.yaml.',
    link('Open Label Set', 'openLabelSet'),
  ),
  noArticleMatches: welcome(
    'articles',
    isFiltered('articles'),
    'No article matches the filter.',
    link('Clear Filter', 'articles.clearFilter'),
  ),
  noneOpen: welcome(
    'entities',
    not(hasActiveArticle),
    'Open an article to see its entities.',
    link('Show Articles', 'articles.focus'),
    'alt+u goes through what nobody has checked yet.',
    link('Review Next', 'reviewNext'),
  ),
  noEntity: welcome(
    'entities',
    and(hasActiveArticle, not(isFiltered('entities'))),
    'Nothing is tagged in this article yet. Put the cursor on a name, or select some words, and press a label’s key (p, o, g …), or alt+l for a list.',
    link('Tag Selection…', 'tagSelection'),
    'alt+a unlocks the text, and locks it again.',
    link('First Steps', 'openWalkthrough'),
  ),
  noEntityMatches: welcome(
    'entities',
    and(hasActiveArticle, isFiltered('entities')),
    'No entity matches the filter.',
    link('Clear Filter', 'entities.clearFilter'),
  ),
};
