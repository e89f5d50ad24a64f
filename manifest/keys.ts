import { idOf, type Command } from './commands.ts';
import {
  and,
  atAnyView,
  atText,
  atView,
  inArticle,
  inConcordanceList,
  inSideBar,
  isEditing,
  isPressing,
  isReady,
  isReview,
  isReviewing,
  isTagging,
  isTaggingOnly,
  not,
  on,
  or,
  own,
  type Condition,
} from './conditions.ts';

interface Call {
  readonly command: string;
  readonly args?: unknown;
}

/** A key, or that and the key on a Mac; what it does; where. */
type KeyRow = readonly [
  key: string | readonly [key: string, mac: string],
  action: Command | Call,
  when: Condition,
];

const call = (command: Command, args: unknown): Call => ({ command: idOf(command), args });

const runCommands = (...commands: readonly (string | Call)[]): Call => ({
  command: 'runCommands',
  args: { commands },
});

const setContext = (name: string, value: unknown): Call => ({
  command: '_setContext',
  args: [`corpusAnnotator.${name}`, value],
});

/** A command that may move the cursor: until it has, the keys below that move it go through the host, too. */
const press = (command: Command, args?: unknown) =>
  runCommands(setContext('pressing', true), args === undefined ? idOf(command) : call(command, args));

const isMoving = and(isTagging, isPressing);
const move = (by: string): Call => ({ command: 'corpusAnnotator.moveCursor', args: { by } });

/** The window itself sets the mode and the lock, so that the next key meets them. */
const switchTo = (mode: 'editing' | 'tagging', lock: 'set' | 'reset') =>
  runCommands(
    setContext('mode', mode),
    `workbench.action.files.${lock}ActiveEditorReadonlyInSession`,
    call('toggleEditing', { to: mode }),
  );

const tagBy = (key: string): KeyRow => [key, press('tagByKey', { key }), isTagging];

const byNumber = (command: Command, when: Condition) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number): KeyRow => [`alt+${number}`, call(command, { number }), when]);

/** All keys. Of two that hold, the later one wins; the palette shows the last one of a command. */
const KEYS: readonly KeyRow[] = [
  [
    'escape',
    press('escape'),
    and(
      isTagging,
      or(isReview, isPressing, own('hints')),
      not(on('suggestWidgetVisible')),
      not(on('findWidgetVisible')),
      not(on('renameInputVisible')),
    ),
  ],
  ...[...'abcdefghijklmnopqrstuvwxyz0123456789'].map((key) => tagBy(key)),
  ['tab', press('nextCandidate'), isTaggingOnly],
  ['shift+tab', press('previousCandidate'), isTaggingOnly],
  ['shift+tab', press('previousEntity'), isReviewing],
  [']', press('nextEntity'), isTagging],
  ['[', press('previousEntity'), isTagging],
  ['/', press('widenToName'), isTaggingOnly],
  tagBy('shift+f'),
  ['shift+.', press('widenEntityByCharacter'), isTagging],
  ['shift+,', press('narrowEntityByCharacter'), isTagging],
  ['shift+[', press('widenEntityAtStartByCharacter'), isTagging],
  ['shift+]', press('narrowEntityAtStartByCharacter'), isTagging],
  ['enter', 'toggleReviewed', isTaggingOnly],
  ['delete', 'deleteEntity', isTaggingOnly],
  ['backspace', 'deleteEntity', isTaggingOnly],
  ['.', 'repeatLabel', isTagging],
  ['=', press('widenEntity'), isTagging],
  ['-', press('narrowEntity'), isTagging],
  ['shift+=', press('widenEntityAtStart'), isTagging],
  ['shift+-', press('narrowEntityAtStart'), isTagging],
  ['tab', press('review.skip'), isReviewing],
  ['enter', press('review.accept'), isReviewing],
  ['delete', press('review.delete'), isReviewing],
  ['backspace', press('review.delete'), isReviewing],
  ['left', move('cursorLeft'), isMoving],
  ['shift+left', move('cursorLeftSelect'), isMoving],
  ['right', move('cursorRight'), isMoving],
  ['shift+right', move('cursorRightSelect'), isMoving],
  ['up', move('cursorUp'), isMoving],
  ['shift+up', move('cursorUpSelect'), isMoving],
  ['down', move('cursorDown'), isMoving],
  ['shift+down', move('cursorDownSelect'), isMoving],
  [['ctrl+left', 'alt+left'], move('cursorWordLeft'), isMoving],
  [['ctrl+right', 'alt+right'], move('cursorWordEndRight'), isMoving],
  [['ctrl+shift+left', 'alt+shift+left'], move('cursorWordLeftSelect'), isMoving],
  [['ctrl+shift+right', 'alt+shift+right'], move('cursorWordEndRightSelect'), isMoving],
  ['home', move('cursorHome'), isMoving],
  ['end', move('cursorEnd'), isMoving],
  ['shift+home', move('cursorHomeSelect'), isMoving],
  ['shift+end', move('cursorEndSelect'), isMoving],
  [['ctrl+home', 'cmd+up'], move('cursorTop'), isMoving],
  [['ctrl+end', 'cmd+down'], move('cursorBottom'), isMoving],
  [['ctrl+shift+home', 'cmd+shift+up'], move('cursorTopSelect'), isMoving],
  [['ctrl+shift+end', 'cmd+shift+down'], move('cursorBottomSelect'), isMoving],
  ['pageup', move('cursorPageUp'), isMoving],
  ['pagedown', move('cursorPageDown'), isMoving],
  ['shift+pageup', move('cursorPageUpSelect'), isMoving],
  ['shift+pagedown', move('cursorPageDownSelect'), isMoving],
  ['alt+a', switchTo('editing', 'reset'), isTagging],
  ['alt+a', switchTo('tagging', 'set'), isEditing],
  ['alt+l', 'tagSelection', atText],
  ['alt+.', 'repeatLabel', atText],
  ['alt+m', 'tagAllInArticle', atText],
  ['alt+shift+m', 'tagAllInCorpus', atText],
  ['alt+shift+l', 'relabel', atText],
  [['alt+backspace', 'cmd+alt+backspace'], 'deleteEntity', atText],
  ['alt+delete', 'deleteEntity', atText],
  ['alt+enter', 'toggleReviewed', atText],
  [['ctrl+.', 'cmd+.'], 'quickFix', and(atText, on('editorReadonly'))],
  ['alt+d', 'doneAndNext', or(inArticle, atAnyView)],
  ['alt+n', 'editNote', atText],
  ['alt+k', 'editLink', atText],
  ['alt+y', 'acceptSuggestion', atText],
  ['alt+shift+y', 'acceptAllSure', atText],
  ['alt+x', 'refuseSuggestion', atText],
  ['alt+j', 'nextSuggestion', atText],
  ['alt+shift+x', 'suggestAgain', or(atText, atView('entities'))],
  ['alt+y', 'entities.acceptSuggestion', atView('entities')],
  ['alt+x', 'entities.refuseSuggestion', atView('entities')],
  ['f2', 'renameEntity', atText],
  ['f12', 'goToDefinition', atText],
  ['alt+=', press('widenEntity'), atText],
  ['alt+-', press('narrowEntity'), atText],
  ['alt+shift+=', press('widenEntityAtStart'), atText],
  ['alt+shift+-', press('narrowEntityAtStart'), atText],
  ['alt+]', press('nextEntity'), and(atText, not(on('inlineSuggestionVisible')))],
  ['alt+[', press('previousEntity'), and(atText, not(on('inlineSuggestionVisible')))],
  ['alt+u', 'reviewNext', or(inArticle, inSideBar)],
  ['alt+p', 'placeAtSelection', atText],
  ['alt+shift+p', 'placeNext', or(inArticle, inSideBar)],
  [['ctrl+z', 'cmd+z'], press('undoAny'), and(atText, isReady)],
  [['ctrl+y', 'cmd+shift+z'], press('redoAny'), and(atText, isReady)],
  [['ctrl+shift+z', 'cmd+shift+z'], press('redoAny'), and(atText, isReady)],
  ...byNumber('tagByNumber', atText),
  ['alt+p', 'entities.place', atView('entities')],
  ['f2', 'entities.relabel', atView('entities')],
  ['f2', 'labels.rename', atView('labels')],
  [['delete', 'cmd+backspace'], 'entities.deleteEntity', atView('entities')],
  ['alt+enter', 'entities.toggleReviewed', atView('entities')],
  ['space', 'entities.toggleReviewed', atView('entities')],
  ['alt+n', 'entities.editNote', atView('entities')],
  [['ctrl+z', 'cmd+z'], 'undo', atAnyView],
  [['ctrl+y', 'cmd+shift+z'], 'redo', atAnyView],
  ['alt+l', 'concordance.label', inConcordanceList],
  ['alt+enter', 'concordance.toggleReviewed', inConcordanceList],
  ['alt+delete', 'concordance.untag', inConcordanceList],
  [['alt+backspace', 'cmd+alt+backspace'], 'concordance.untag', inConcordanceList],
  [['ctrl+z', 'cmd+z'], 'undoBulk', inConcordanceList],
  [['ctrl+y', 'cmd+shift+z'], 'redoBulk', inConcordanceList],
  [['ctrl+shift+z', 'cmd+shift+z'], 'redoBulk', inConcordanceList],
  ...byNumber('concordance.labelByNumber', inConcordanceList),
  ['alt+q', 'concordance', atText],
];

export const keybindings = KEYS.map(([key, action, { clause }]) => ({
  ...(typeof action === 'string' ? { command: idOf(action) } : action),
  ...(typeof key === 'string' ? { key } : { key: key[0], mac: key[1] }),
  when: clause,
}));
