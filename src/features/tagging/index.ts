import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { travelBulk } from '../shared/bulk';
import { attempt } from '../shared/messages';
import { inTurn, moveBy, selectNow, type Acted, type Press } from '../shared/presses';
import type { EntityArgument } from '../shared/targets';
import { deleteEntities, editNote, relabel, resizeEntities, toggleReviewed } from './change';
import { travel, travelAny } from './history';
import { Mode } from './mode';
import { goToEntity } from './navigate';
import { Review } from './review';
import { Tagger } from './tag';

const WARM_UP = 'warm-up';

const RESIZINGS = [
  ['widenEntity', 'widen', 'end'],
  ['narrowEntity', 'narrow', 'end'],
  ['widenEntityAtStart', 'widen', 'start'],
  ['narrowEntityAtStart', 'narrow', 'start'],
] as const;

/** The commands that make and change entities, what single keys do, and the walk through what is left to review. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const mode = new Mode(store);
  const tagger = new Tagger(store);
  const review = new Review(store, mode);
  context.subscriptions.push(mode);

  const command = <T>(name: string, run: (argument: T, at: Press) => Promise<Acted | void> | void) => {
    const id = `corpusAnnotator.${name}`;
    const press = (argument?: T | typeof WARM_UP, _?: unknown, at?: Press) =>
      argument === WARM_UP ? undefined : attempt(() => inTurn((now) => run((argument ?? {}) as T, now), at));
    commands.push(id);
    context.subscriptions.push(vscode.commands.registerCommand(id, press));
  };
  const commands: string[] = [];
  command<{ label?: string }>('tagSelection', ({ label }, at) => tagger.tagSelection(label, at));
  command('repeatLabel', (_, at) => tagger.repeat(at));
  command<{ number?: number }>('tagByNumber', ({ number = 1 }, at) => tagger.tagByNumber(number, at));
  command<{ key?: string }>('tagByKey', ({ key = '' }, at) => pressLabelKey(key, at));
  command<EntityArgument>('relabel', (argument, at) => relabel(store, argument, at));
  command<EntityArgument>('deleteEntity', (argument, at) => deleteEntities(store, argument, at));
  command<EntityArgument>('toggleReviewed', (argument, at) => toggleReviewed(store, argument, at));
  command<EntityArgument>('editNote', (argument, at) => editNote(store, argument, at));
  for (const [name, direction, side] of RESIZINGS)
    command<EntityArgument>(name, (argument, at) => resizeEntities(store, argument, direction, side, at));
  command('nextEntity', (_, at) => goToEntity(store, 'next', at));
  command('previousEntity', (_, at) => goToEntity(store, 'previous', at));
  command('undo', (_, at) => travel(store, 'undo', at));
  command('redo', (_, at) => travel(store, 'redo', at));
  command('undoAny', (_, at) => travelAny(store, 'undo', at));
  command('redoAny', (_, at) => travelAny(store, 'redo', at));
  command('undoBulk', () => travelBulk(store, 'undo'));
  command('redoBulk', () => travelBulk(store, 'redo'));
  command<{ to?: 'tagging' | 'editing' }>('toggleEditing', ({ to }) => mode.toggleEditing(to));
  command('reviewNext', (_, at) => review.next(at));
  command('review.accept', (_, at) => review.accept(at));
  command('review.delete', (_, at) => review.delete(at));
  command('review.skip', (_, at) => review.next(at));
  command('escape', (_, at) => escape(at));
  command<{ by?: string }>('moveCursor', ({ by = '' }) => (/^cursor\w+$/.test(by) ? moveBy(by) : undefined));
  void warmUp(commands);

  function pressLabelKey(key: string, at: Press): Promise<Acted | void> {
    if (mode.current === 'review') return review.relabelByKey(key, at);
    // It was pressed before the window knew that the text can be edited.
    if (mode.current === 'editing') return type(key);
    return tagger.tagByKey(key, at);
  }

  /** One rung down: the selection, then review. The text stays locked. */
  async function escape({ editor, selections }: Press): Promise<Acted | void> {
    if (!editor || selections.every(({ isEmpty }) => isEmpty)) return review.leave();
    const [{ active }] = selections as [vscode.Selection];
    return { rest: selectNow(editor, [new vscode.Selection(active, active)]) };
  }
}

/**
 * The window asks the host, the first time that a command is run, whether its extension is active, and lets later keys
 * pass meanwhile. So each command is run once for nothing.
 */
async function warmUp(commands: readonly string[]): Promise<void> {
  await vscode.commands.executeCommand('runCommands', {
    commands: commands.map((command) => ({ command, args: WARM_UP })),
  });
}

async function type(text: string): Promise<void> {
  await vscode.commands.executeCommand('type', { text });
}
