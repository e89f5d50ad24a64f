import { commandPalette, idOf, type Command } from './commands.ts';
import {
  and,
  hasExtension,
  hasLabelSet,
  inArticle,
  inView,
  isArticle,
  isDone,
  isFiltered,
  isFolder,
  isGrouped,
  isInConflict,
  isReady,
  isRow,
  isToPlace,
  not,
  or,
  own,
  type Condition,
} from './conditions.ts';

type Submenu = { readonly submenu: 'corpusAnnotator.editor' };

/** The group and the place in it (`inline` is drawn on the row of a view itself), the command, and when it is there. */
type MenuRow = readonly [group: string, item: Command | Submenu, when?: Condition];

const where = (condition: Condition, rows: readonly MenuRow[]) =>
  rows.map(([group, item, when]): MenuRow => [group, item, when ? and(condition, when) : condition]);

const isEntity = isRow(/^entity/);
const isWithoutPlace = isRow(/^(entity.toPlace|noCandidate)$/);
const isLabel = isRow(/^(label|strayLabel)$/);

/** Of the files that can be imported, but for texts. */
const EXTENSIONS =
  'ann|bio|conll|conllu|conllup|csv|iob|iob2|json|jsonl|jsonld|ndjson|parquet|spacy|tei|tsv|xmi|xml|zip';

const MENUS: Readonly<Record<string, readonly MenuRow[]>> = {
  'editor/context': where(inArticle, [
    ['navigation@0.1', 'tagSelection', not(isInConflict)],
    ['navigation@0.2', 'tagAllInArticle', not(isInConflict)],
    ['navigation@0.3', { submenu: 'corpusAnnotator.editor' }],
  ]),
  'corpusAnnotator.editor': [
    ['0_conflict@1', 'mergeSides', isInConflict],
    ['1_entity@1', 'relabel', not(isInConflict)],
    ['1_entity@2', 'toggleReviewed', not(isInConflict)],
    ['1_entity@3', 'editNote', not(isInConflict)],
    ['1_entity@4', 'deleteEntity', not(isInConflict)],
    ['1_entity@5', 'placeAtSelection', isToPlace],
    ['2_corpus@1', 'concordance'],
    ['3_article@1', 'openSidecar'],
    ['3_article@2', 'markDone', and(not(isInConflict), not(isDone))],
    ['3_article@2', 'markOpen', and(not(isInConflict), isDone)],
  ],
  'editor/title': [
    ['navigation@0', 'mergeSides', isInConflict],
    ['navigation@1', 'toggleEditing', isArticle],
    ['navigation@2', 'doneAndNext', isArticle],
  ],
  'view/title': [
    ...where(inView('articles'), [
      ['navigation@1', 'articles.filter', not(isFiltered('articles'))],
      ['navigation@1', 'articles.clearFilter', isFiltered('articles')],
      ['navigation@2', 'articles.sort'],
      ['2_more', 'articles.refresh'],
      ['1_transfer@1', 'import'],
      ['1_transfer@2', 'export'],
      ['1_transfer@3', 'openReport'],
      ['3_repair', 'repairCorpus'],
      ['3_repair', 'placeNext'],
      ['2_more', 'articles.filter', isFiltered('articles')],
    ]),
    ...where(inView('entities'), [
      ['navigation@0', 'mergeSides', own('entities.inConflict')],
      ['navigation@1', 'reviewNext'],
      ['navigation@2', 'entities.filter', not(isFiltered('entities'))],
      ['navigation@2', 'entities.clearFilter', isFiltered('entities')],
      ['2_more', 'entities.filter', isFiltered('entities')],
      ['navigation@3', 'entities.groupByLabel', not(isGrouped)],
      ['navigation@3', 'entities.textOrder', isGrouped],
      ['1_place', 'placeNext'],
    ]),
    ...where(inView('labels'), [
      ['navigation@1', 'addLabel'],
      ['navigation@2', 'openLabelSet', hasLabelSet],
      ['navigation@2', 'createLabelSet', not(hasLabelSet)],
    ]),
  ],
  'view/item/context': [
    ...where(inView('articles'), [
      ['1_open@1', 'openSidecar', isRow(/^article/)],
      ['2_status@1', 'markDone', isRow('article.open')],
      ['2_status@2', 'doneAndNext', isRow('article.open')],
      ['2_status@1', 'markOpen', isRow('article.done')],
      ['3_transfer@1', 'articles.export'],
    ]),
    ...where(inView('entities'), [
      ['inline@1', 'entities.place', isRow('candidate')],
      ['inline@1', 'entities.acceptSuggestion', isRow('suggestion')],
      ['inline@2', 'entities.refuseSuggestion', isRow('suggestion')],
      ['1_suggestion@1', 'entities.acceptSuggestion', isRow('suggestion')],
      ['1_suggestion@2', 'entities.refuseSuggestion', isRow('suggestion')],
      ['2_form@1', 'acceptAllOfForm', isRow('suggestion')],
      ['2_form@2', 'refuseAllOfForm', isRow('suggestion')],
      ['inline@1', 'acceptAllInArticle', isRow('suggested')],
      ['inline@2', 'refuseAllInArticle', isRow('suggested')],
      ['1_all@1', 'acceptAllInArticle', isRow('suggested')],
      ['1_all@2', 'refuseAllInArticle', isRow('suggested')],
      ['2_again@1', 'suggestAgain', isRow('suggested')],
      ['1_place@1', 'entities.place', isRow('candidate')],
      ['inline@1', 'entities.placeAtSelection', isWithoutPlace],
      ['0_place@1', 'entities.placeAtSelection', isWithoutPlace],
      ['inline@1', 'placeNext', isRow('broken')],
      ['1_place@1', 'placeNext', isRow('broken')],
      ['inline@1', 'entities.keepThisVersion', isRow('entity.conflict')],
      ['0_conflict@1', 'entities.keepThisVersion', isRow('entity.conflict')],
      ['inline@1', 'entities.keepBothVersions', isRow('entity.conflict')],
      ['0_conflict@2', 'entities.keepBothVersions', isRow('entity.conflict')],
      ['inline@1', 'entities.relabel', isRow('entity')],
      ['inline@2', 'entities.deleteEntity', isEntity],
      ['1_entity@0', 'entities.reveal', isRow(/^entity(.conflict)?$/)],
      ['1_entity@1', 'entities.relabel', isEntity],
      ['1_entity@2', 'entities.editNote', isEntity],
      ['1_entity@3', 'entities.toggleReviewed', isEntity],
      ['1_entity@4', 'entities.editLink', isEntity],
      ['1_entity@5', 'entities.openLink', isEntity],
      ['2_delete@1', 'entities.deleteEntity', isEntity],
    ]),
    ...where(inView('labels'), [
      ['inline@1', 'addLabel', isRow('strayLabel')],
      ['1_label@1', 'labels.rename', isLabel],
      ['1_label@2', 'labels.delete', isRow('label')],
      ['1_concordance@1', 'labels.concordance', isLabel],
    ]),
  ],
  'explorer/context': [
    ['7_modification@90', 'importSelected', and(isReady, or(isFolder, hasExtension(EXTENSIONS)))],
  ],
};

export const submenus = [{ id: 'corpusAnnotator.editor', label: 'Corpus' }];

export const menus = {
  commandPalette,
  ...Object.fromEntries(
    Object.entries(MENUS).map(([menu, rows]) => [
      menu,
      rows.map(([group, item, when]) => ({
        ...(typeof item === 'string' ? { command: idOf(item) } : item),
        ...(when && { when: when.clause }),
        group,
      })),
    ]),
  ),
};
