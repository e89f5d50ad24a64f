import * as vscode from 'vscode';
import { narrow, narrowByCharacter, widen, widenByCharacter } from '../../core/words';
import type { CorpusStore } from '../../workspace/store';
import { travelBulk } from '../shared/bulk';
import { registerCommand } from '../shared/command';
import type { Hints } from '../shared/hints';
import { moveBy, registerPress, selectNow, type Acted, type Press } from '../shared/presses';
import type { EntityArgument } from '../shared/targets';
import { deleteEntities, editNote, relabel, resizeEntities, toggleReviewed } from './change';
import { chooseMode } from './choose-mode';
import { travel, travelAny } from './history';
import { Keys } from './keys';
import { Mode } from './mode';
import { goToEntity } from './navigate';
import { quickFix } from './quick-fix';
import { Review } from './review';
import { Tagger } from './tag';

const RESIZINGS = [
  ['widenEntity', widen, 'end'],
  ['narrowEntity', narrow, 'end'],
  ['widenEntityAtStart', widen, 'start'],
  ['narrowEntityAtStart', narrow, 'start'],
  ['widenEntityByCharacter', widenByCharacter, 'end'],
  ['narrowEntityByCharacter', narrowByCharacter, 'end'],
  ['widenEntityAtStartByCharacter', widenByCharacter, 'start'],
  ['narrowEntityAtStartByCharacter', narrowByCharacter, 'start'],
] as const;

/** What of other features the keys of tagging reach. */
export interface Helpers {
  readonly hints: Hints;
  /** Accepts the suggestion at a press, or goes to the next one. */
  readonly acceptSuggestion: (at: Press) => Promise<Acted | void>;
}

/** The commands that make and change entities, what single keys do, and the walk through what is left to review. */
export function register(
  context: vscode.ExtensionContext,
  store: CorpusStore,
  { hints, acceptSuggestion }: Helpers,
): void {
  const mode = new Mode(store);
  const tagger = new Tagger(store, context.workspaceState);
  const review = new Review(store, mode);
  const keys = new Keys(
    store,
    hints,
    {
      f: ({ editor }) => (editor ? hints.start(editor, false) : undefined),
      'shift+f': ({ editor }) => (editor ? hints.start(editor, true) : undefined),
      j: ({ editor }) => (editor ? hints.extend(editor) : undefined),
      k: acceptSuggestion,
    },
    (label, at) => (mode.current === 'review' ? review.relabel(label, at) : tagger.tagByKey(label, at)),
  );
  context.subscriptions.push(
    mode,
    registerCommand('chooseMode', () => chooseMode(mode)),
  );

  const key = <T>(name: string, run: (argument: T, at: Press) => Promise<Acted | void> | Acted | void) => {
    context.subscriptions.push(registerPress<T>(name, run));
  };
  /** A key that ends what letters have begun. */
  const command = <T>(name: string, run: (argument: T, at: Press) => Promise<Acted | void> | void) =>
    key<T>(name, (argument, at) => {
      keys.leave();
      return run(argument, at);
    });
  key<{ key?: string }>('tagByKey', ({ key = '' }, at) =>
    // It may have been pressed before the window knew that the text can be edited.
    mode.current === 'editing' ? type(key) : keys.press(key, at),
  );
  key('escape', (_, at) => (keys.escape() ? undefined : escape(at)));
  key<EntityArgument>('deleteEntity', (argument, at) =>
    hints.isActive && hints.press('backspace') ? undefined : deleteEntities(store, argument, at),
  );
  command<{ label?: string }>('tagSelection', ({ label }, at) => tagger.tagSelection(label, at));
  command('repeatLabel', (_, at) => tagger.repeat(at));
  command<{ number?: number }>('tagByNumber', ({ number = 1 }, at) => tagger.tagByNumber(number, at));
  command<EntityArgument>('relabel', (argument, at) => relabel(store, argument, at));
  command<EntityArgument>('toggleReviewed', (argument, at) => toggleReviewed(store, argument, at));
  command<EntityArgument>('editNote', (argument, at) => editNote(store, argument, at));
  for (const [name, resize, side] of RESIZINGS)
    command<EntityArgument>(name, (argument, at) => resizeEntities(store, argument, resize, side, at));
  command('nextEntity', (_, at) => goToEntity(store, 'next', at));
  command('previousEntity', (_, at) => goToEntity(store, 'previous', at));
  command('undo', (_, at) => travel(store, 'undo', at));
  command('redo', (_, at) => travel(store, 'redo', at));
  command('undoAny', (_, at) => travelAny(store, 'undo', at));
  command('redoAny', (_, at) => travelAny(store, 'redo', at));
  command('undoBulk', () => travelBulk(store, 'undo'));
  command('redoBulk', () => travelBulk(store, 'redo'));
  command<{ to?: 'tagging' | 'editing' }>('toggleEditing', ({ to }) => mode.toggleEditing(to));
  command('quickFix', (_, at) => Promise.resolve({ rest: quickFix(at) }));
  command('reviewNext', (_, at) => review.next(at));
  command('review.accept', (_, at) => review.accept(at));
  command('review.delete', (_, at) => review.delete(at));
  command('review.skip', (_, at) => review.next(at));
  command<{ by?: string }>('moveCursor', ({ by = '' }) => (/^cursor\w+$/.test(by) ? moveBy(by) : undefined));

  /** One rung down: the selection, then review. The text stays locked. */
  async function escape({ editor, selections }: Press): Promise<Acted | void> {
    if (!editor || selections.every(({ isEmpty }) => isEmpty)) return review.leave();
    const [{ active }] = selections as [vscode.Selection];
    return { rest: selectNow(editor, [new vscode.Selection(active, active)]) };
  }
}

async function type(text: string): Promise<void> {
  await vscode.commands.executeCommand('type', { text });
}
