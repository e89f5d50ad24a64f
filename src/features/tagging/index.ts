import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { travelBulk } from '../shared/bulk';
import { attempt } from '../shared/messages';
import { deleteEntities, editNote, relabel, resizeEntities, toggleReviewed } from './change';
import { travel, travelAny } from './history';
import { Mode } from './mode';
import { goToEntity } from './navigate';
import { Review } from './review';
import { Tagger } from './tag';

/** The commands that make and change entities, tagging mode, and the walk through what is left to review. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const mode = new Mode(store);
  const tagger = new Tagger(store);
  const review = new Review(store, mode);
  context.subscriptions.push(mode);

  const command = <T>(name: string, run: (argument: T | undefined) => unknown) => {
    context.subscriptions.push(
      vscode.commands.registerCommand(`corpusAnnotator.${name}`, (argument?: T) =>
        attempt(() => run(argument)),
      ),
    );
  };
  command<{ label?: string }>('tagSelection', (argument) => tagger.tagSelection(argument?.label));
  command('repeatLabel', () => tagger.repeat());
  command<{ number: number }>('tagByNumber', (argument) => tagger.tagByNumber(argument?.number ?? 1));
  command<{ key: string }>('tagByKey', (argument) =>
    mode.current === 'review'
      ? review.relabelByKey(argument?.key ?? '')
      : tagger.tagByKey(argument?.key ?? ''),
  );
  command<never>('relabel', (argument) => relabel(store, argument));
  command<never>('deleteEntity', (argument) => deleteEntities(store, argument));
  command<never>('toggleReviewed', (argument) => toggleReviewed(store, argument));
  command<never>('editNote', (argument) => editNote(store, argument));
  command<never>('widenEntity', (argument) => resizeEntities(store, argument, 'widen', 'end'));
  command<never>('narrowEntity', (argument) => resizeEntities(store, argument, 'narrow', 'end'));
  command<never>('widenEntityAtStart', (argument) => resizeEntities(store, argument, 'widen', 'start'));
  command<never>('narrowEntityAtStart', (argument) => resizeEntities(store, argument, 'narrow', 'start'));
  command('nextEntity', () => goToEntity(store, 'next'));
  command('previousEntity', () => goToEntity(store, 'previous'));
  command('undo', () => travel(store, 'undo'));
  command('redo', () => travel(store, 'redo'));
  command('undoAny', () => travelAny(store, 'undo'));
  command('redoAny', () => travelAny(store, 'redo'));
  command('undoBulk', () => travelBulk(store, 'undo'));
  command('redoBulk', () => travelBulk(store, 'redo'));
  command('toggleTaggingMode', () => mode.toggleTagging());
  command('leaveMode', () => review.leave());
  command('reviewNext', () => review.next());
  command('review.accept', () => review.accept());
  command('review.delete', () => review.delete());
  command('review.skip', () => review.next());
}
