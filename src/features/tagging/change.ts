import * as vscode from 'vscode';
import { withDependents } from '../../core/model/dependents';
import type { OtherKind } from '../../core/model/records';
import { removing, changing, type Edit } from '../../core/model/edit';
import { contextOf, type Entity } from '../../core/model/entity';
import { taggableRange, type Range16, type Side } from '../../core/words';
import type { LiveArticle } from '../../workspace/open/live-article';
import { rangeOf16, toRange, toRange16 } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { askForText, say, sayDone } from '../shared/messages';
import { selectNow, type Acted, type Press } from '../shared/presses';
import {
  resolveTargets,
  selectionsIn,
  shortText,
  type EntityArgument,
  type Targets,
} from '../shared/targets';
import { pickLabel } from '../shared/label-picker';

/** The entities of a command, or a word on why there are none. */
async function targetsOf(
  store: CorpusStore,
  argument: EntityArgument | undefined,
  at: Press,
): Promise<Targets | undefined> {
  return usable(await resolveTargets(store, argument, at));
}

/** What was found, if it can be changed; else a word on why there is nothing. */
function usable(targets: Targets | undefined): Targets | undefined {
  if (targets && targets.entities.length > 0) {
    if (targets.article.refusal) throw targets.article.refusal;
    return targets;
  }
  say(
    targets
      ? vscode.l10n.t('There is no entity at the cursor.')
      : vscode.l10n.t('Open an article of the corpus to change its entities.'),
  );
  return undefined;
}

interface Changed extends Acted {
  /** What was changed, as it is now. */
  readonly changed: readonly Entity[];
}

/** Applies one change to each entity as one step; those that it leaves as they are do not count. */
function changeEach(
  { article, entities }: Targets,
  title: (count: number, first: Entity) => string,
  change: (entity: Entity) => Entity,
): Changed {
  const pairs = entities
    .map((before) => [before, change(before)] as const)
    .filter(([before, after]) => after !== before);
  if (pairs.length === 0) return { changed: [], rest: Promise.resolve() };
  const message = title(pairs.length, entities[0]!);
  const rest = article.apply(
    message,
    pairs.map(([before, after]) => changing(before, after)),
  );
  sayDone(message);
  return { changed: pairs.map(([, after]) => after), rest };
}

export async function relabel(
  store: CorpusStore,
  argument: (EntityArgument & { label?: string }) | undefined,
  at: Press,
): Promise<Acted | void> {
  const targets = await targetsOf(store, argument, at);
  const corpus = targets && store.catalog.entry(targets.article.uri)?.corpus;
  if (!corpus) return;
  if (argument?.label !== undefined) return relabelTo(targets, argument.label);
  const first = targets.entities[0]!;
  const picked = pickLabel(corpus, {
    title: vscode.l10n.t('Relabel “{0}” ({1})', shortText(first.text, 40), first.label),
  });
  return {
    rest: picked.then((label) => (label === undefined ? undefined : relabelTo(targets, label).rest)),
  };
}

/** Gives entities another label, as one step. */
export function relabelTo(targets: Targets, label: string): Acted {
  const first = targets.entities[0]!;
  const acted = changeEach(
    targets,
    (count) =>
      count === 1
        ? vscode.l10n.t('Relabel “{0}” from {1} to {2}', shortText(first.text), first.label, label)
        : vscode.l10n.t('Relabel {0} entities to {1}', count, label),
    (entity) =>
      entity.label === label || hasTwin(targets.article, entity, label) ? entity : { ...entity, label },
  );
  if (acted.changed.length === 0)
    say(vscode.l10n.t('“{0}” is tagged {1} already', shortText(first.text), label));
  return acted;
}

/** Whether the same span already has an entity with a label. */
function hasTwin(article: LiveArticle, { id, start, end }: Entity, label: string): boolean {
  return article.entities.some((e) => e.id !== id && e.start === start && e.end === end && e.label === label);
}

export async function deleteEntities(
  store: CorpusStore,
  argument: EntityArgument | undefined,
  at: Press,
): Promise<Acted | void> {
  const targets = await targetsOf(store, argument, at);
  if (!targets) return;
  const { article, entities } = targets;
  const first = entities[0]!;
  const what =
    entities.length === 1
      ? vscode.l10n.t('Delete {0} “{1}”', first.label, shortText(first.text))
      : vscode.l10n.t('Delete {0} entities', entities.length);
  const edits = entities.map((entity): Edit => removing(entity));
  const along = countAlong(withDependents(article.annotations, edits));
  const message = along === '' ? what : vscode.l10n.t('{0} with {1}', what, along);
  const rest = article.apply(message, edits);
  sayDone(message);
  return { rest };
}

/** What goes with entities: the records that are nothing without them. */
function countAlong(edits: readonly Edit[]): string {
  const { t } = vscode.l10n;
  const count = (kind: OtherKind) =>
    edits.filter((edit) => edit.kind === 'remove' && edit.of === kind).length;
  const [relations, events] = [count('relations'), count('events')];
  const [chains, comments] = [count('chains'), count('comments')];
  return [
    ...(relations > 0 ? [relations === 1 ? t('1 relation') : t('{0} relations', relations)] : []),
    ...(events > 0 ? [events === 1 ? t('1 event') : t('{0} events', events)] : []),
    ...(chains > 0 ? [chains === 1 ? t('1 chain') : t('{0} chains', chains)] : []),
    ...(comments > 0 ? [comments === 1 ? t('1 comment') : t('{0} comments', comments)] : []),
  ].join(', ');
}

/** Marks entities as reviewed, or, where all of them are, as not reviewed. */
export async function toggleReviewed(
  store: CorpusStore,
  argument: (EntityArgument & { reviewed?: boolean }) | undefined,
  at: Press,
): Promise<Acted | void> {
  const targets = await targetsOf(store, argument, at);
  if (!targets) return;
  const reviewed = argument?.reviewed ?? !targets.entities.every((entity) => entity.reviewed);
  return changeEach(
    targets,
    (count, first) =>
      count === 1
        ? reviewed
          ? vscode.l10n.t('Mark “{0}” as reviewed', shortText(first.text))
          : vscode.l10n.t('Mark “{0}” as not reviewed', shortText(first.text))
        : reviewed
          ? vscode.l10n.t('Mark {0} entities as reviewed', count)
          : vscode.l10n.t('Mark {0} entities as not reviewed', count),
    (entity) => ((entity.reviewed ?? false) === reviewed ? entity : withReviewed(entity, reviewed)),
  );
}

/** An entity that is (or is not) reviewed; `reviewed: false` is not written. */
export function withReviewed(entity: Entity, reviewed: boolean): Entity {
  return { ...entity, reviewed: reviewed ? true : undefined };
}

export async function editNote(
  store: CorpusStore,
  argument: (EntityArgument & { note?: string }) | undefined,
  at: Press,
): Promise<Acted | void> {
  const targets = await targetsOf(store, argument, at);
  if (!targets) return;
  if (argument?.note !== undefined) return changeNotes(targets, argument.note);
  const first = targets.entities[0]!;
  const asked = askForText({
    title: vscode.l10n.t('Note on {0} “{1}”', first.label, shortText(first.text, 40)),
    prompt: vscode.l10n.t('Leave it empty to remove the note.'),
    value: first.note ?? '',
  });
  return { rest: asked.then((note) => (note === undefined ? undefined : changeNotes(targets, note).rest)) };
}

function changeNotes(targets: Targets, note: string): Acted {
  return changeEach(
    targets,
    (_, entity) =>
      note === ''
        ? vscode.l10n.t('Remove the note on “{0}”', shortText(entity.text))
        : vscode.l10n.t('Note on “{0}”: {1}', shortText(entity.text, 30), shortText(note, 40)),
    (entity) => ((entity.note ?? '') === note ? entity : { ...entity, note: note === '' ? undefined : note }),
  );
}

/** Where a range goes by a word, or by a character, in UTF-16 units. */
type Resize = (text: string, range16: Range16, side: Side) => Range16;

/** Moves one edge of entities; their selections in the editor follow. Where there is none, that of what is selected. */
export async function resizeEntities(
  store: CorpusStore,
  argument: EntityArgument | undefined,
  resize: Resize,
  side: Side,
  at: Press,
): Promise<Acted | void> {
  const found = await resolveTargets(store, argument, at);
  if (found?.entities.length === 0 && at.selections.some(({ isEmpty }) => !isEmpty))
    return resizeSelections(found.article, at, resize, side);
  const targets = usable(found);
  if (!targets) return;
  const { article, editor } = targets;
  const { changed, rest } = changeEach(
    targets,
    (count, first) =>
      count > 1
        ? vscode.l10n.t('Move the edges of {0} entities', count)
        : vscode.l10n.t('Move the edge of “{0}”', shortText(first.text)),
    (entity) => (entity.broken || entity.parts ? entity : resized(article, entity, resize, side)),
  );
  if (changed.length === 0) return say(vscode.l10n.t('The edge cannot move further here.'));
  const moved = changed.map((entity) => toRange(article.document, article.index, entity));
  const selected =
    editor && selectionsIn(editor, at).length === moved.length
      ? selectNow(
          editor,
          moved.map((range) => new vscode.Selection(range.start, range.end)),
        )
      : undefined;
  return { rest: Promise.all([rest, selected]) };
}

function resizeSelections({ document, index }: LiveArticle, at: Press, resize: Resize, side: Side): Acted {
  const resized = at.selections.map((selection) => {
    const moved16 = resize(index.raw, toRange16(document, selection), side);
    const { start, end } = rangeOf16(document, taggableRange(index.raw, moved16) ?? moved16);
    return new vscode.Selection(start, end);
  });
  return { rest: at.editor ? selectNow(at.editor, resized) : Promise.resolve() };
}

function resized(article: LiveArticle, entity: Entity, resize: Resize, side: Side): Entity {
  const { index } = article;
  const range16 = { start16: index.toUtf16(entity.start), end16: index.toUtf16(entity.end) };
  const moved16 = resize(index.raw, range16, side);
  const next16 = taggableRange(index.raw, moved16) ?? moved16;
  const span = { start: index.toCodePoint(next16.start16), end: index.toCodePoint(next16.end16) };
  if (moved16 === range16 || (span.start === entity.start && span.end === entity.end)) return entity;
  const { before, after } = {
    before: undefined,
    after: undefined,
    ...contextOf(index.text, span, (part) => index.slice(part)),
  };
  return { ...entity, ...span, text: index.slice(span), before, after };
}
