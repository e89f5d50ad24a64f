import * as vscode from 'vscode';
import { removing, changing, type Edit } from '../../core/model/edit';
import type { Entity } from '../../core/model/entity';
import { placedAt } from '../../core/placed';
import type { Span } from '../../core/text';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { labelColor } from '../shared/icons';
import { say, sayDone, sayNothingHere } from '../shared/messages';
import {
  editorOf,
  nameOf as named,
  resolveArticle,
  shortText,
  showEntity,
  showSpan,
  spansOf,
  type PlaceArgument,
} from '../shared/targets';
import { chooseEntity, DecisionPicker, type Decision } from './choose';

/** An entity that a place is looked for. */
interface Sought {
  readonly article: LiveArticle;
  readonly entity: Entity;
}

/** Puts entities that lost their place where a person says that they belong. */
export class Placer {
  /** The entity whose place a person is looking for in the article. */
  private sought: { readonly article: string; readonly layer?: string; readonly id: string } | undefined;

  constructor(private readonly store: CorpusStore) {}

  /** Places an entity where the argument says, or asks. @returns whether it was placed */
  async placeEntity(argument: PlaceArgument | undefined): Promise<boolean> {
    const found = await this.find(argument);
    if (!found) return false;
    const { article, entity } = found;
    const { start, end, text } = argument ?? {};
    if (start !== undefined && end !== undefined) {
      const span = { start, end };
      if (isSpanOf(article, span) && (text === undefined || article.index.slice(span) === text))
        return this.put(article, entity, span);
      say(vscode.l10n.t('The article has changed since this place was found. Choose again.'));
      return false;
    }
    const title = vscode.l10n.t('Place {0}', nameOf(entity));
    const picker = new DecisionPicker();
    const decision = await picker.ask(article, entity, { title, canSkip: false });
    picker.dispose();
    return decision ? this.carryOut(article, entity, decision) : false;
  }

  /** Places an entity at the selection in its article, or at the word at the cursor. @returns whether it was placed */
  async placeAtSelection(argument: PlaceArgument | undefined): Promise<boolean> {
    // At once: who types fast has moved on after the first wait.
    const active = vscode.window.activeTextEditor;
    const selections = active?.selections;
    const found = await this.find(argument, true);
    if (!found) return false;
    const { article, entity } = found;
    const editor = editorOf(article);
    const [span] = editor ? spansOf(article, (editor === active && selections) || editor.selections) : [];
    if (span) return this.put(article, entity, span);
    await this.seek(article, entity);
    return false;
  }

  /** Places all entities of an article whose place is certain, as one step. @returns how many */
  async placeCertain(argument: PlaceArgument | undefined): Promise<number> {
    const article = await resolveArticle(this.store, argument);
    if (!article) return 0;
    const { index, misplaced } = article;
    const edits = article.entities.flatMap((before): Edit[] => {
      const place = before.broken && misplaced.get(before.id);
      return place ? [changing(before, placedAt(before, place, index))] : [];
    });
    const title = vscode.l10n.t('Place all that are certain ({0})', edits.length);
    const saved = article.apply(title, edits);
    sayDone(title);
    await saved;
    return edits.length;
  }

  /** Walks through all that is to place, in this article and those after it, until the person leaves. */
  async placeNext(): Promise<void> {
    await this.store.catalog.ready;
    await this.store.catalog.summarized;
    const picker = new DecisionPicker();
    const end = await this.walk(picker).finally(() => picker.dispose());
    // Once the list is closed: who reads what to press next may press it at once.
    if (end === 'through') this.sayWhatIsLeft();
    else if (end) await this.seek(end.article, end.entity);
  }

  /** @returns the entity that a person wants to look for; `undefined` where the person left */
  private async walk(picker: DecisionPicker): Promise<'through' | Sought | undefined> {
    const skipped = new Set<string>();
    for (let next; (next = await this.findNext(skipped));) {
      const { article, entity } = next;
      const left = this.countLeft() - skipped.size;
      const title = vscode.l10n.t('Place {0} ({1} left)', nameOf(entity), left);
      const decision = await picker.ask(article, entity, { title, canSkip: true });
      if (!decision) return undefined;
      if (decision.kind === 'elsewhere') return next;
      // One that could not be placed is not asked for again.
      const isDone = decision.kind !== 'skip' && (await this.carryOut(article, entity, decision));
      if (!isDone) skipped.add(keyOf(article, entity));
    }
    return 'through';
  }

  private sayWhatIsLeft(): void {
    const left = this.countLeft();
    say(
      left === 0
        ? vscode.l10n.t('Every entity of the corpus has its place.')
        : vscode.l10n.t('That was all; {0} still to place.', left),
    );
  }

  private async carryOut(article: LiveArticle, entity: Entity, decision: Decision): Promise<boolean> {
    if (decision.kind === 'place') return this.put(article, entity, decision.span);
    if (decision.kind === 'elsewhere') await this.seek(article, entity);
    if (decision.kind !== 'delete') return false;
    const title = vscode.l10n.t('Delete {0}', nameOf(entity));
    const saved = article.apply(title, [removing(entity)]);
    sayDone(title);
    await saved;
    return true;
  }

  private async put(article: LiveArticle, before: Entity, span: Span): Promise<boolean> {
    const after = placedAt(before, span, article.index);
    const { label } = before;
    const isTaken = article.entities.some(
      (e) =>
        e.id !== before.id && !e.broken && e.label === label && e.start === span.start && e.end === span.end,
    );
    if (isTaken) {
      say(vscode.l10n.t('“{0}” is tagged {1} there already.', shortText(after.text), label));
      return false;
    }
    const line = article.document.positionAt(article.index.toUtf16(span.start)).line + 1;
    const title =
      after.text === before.text
        ? vscode.l10n.t('Place {0} at line {1}', nameOf(before), line)
        : vscode.l10n.t('Place {0} at “{1}”, line {2}', nameOf(before), shortText(after.text), line);
    const edit: Edit = changing(before, after);
    const saved = article.apply(title, [edit]);
    this.sought = undefined;
    sayDone(title);
    if (editorOf(article)) await showSpan(article, after, { preserveFocus: true });
    await saved;
    return true;
  }

  /** Leaves it to the person to select the place. */
  private async seek(article: LiveArticle, entity: Entity): Promise<void> {
    this.sought = { ...named(article), id: entity.id };
    await showEntity(article, entity);
    say(vscode.l10n.t('Select where {0} belongs, then run Place at Selection (alt+p).', nameOf(entity)));
  }

  /**
   * The entity of an argument, else one that is to place in the article, asked for where there are several.
   * @param isSelecting whether the one that a person selects a place for is meant
   */
  private async find(argument: PlaceArgument | undefined, isSelecting = false): Promise<Sought | undefined> {
    const { sought } = this;
    const asked = await resolveArticle(this.store, argument);
    const isSought = isSelecting && argument?.id === undefined && sought?.article === asked?.uri.toString();
    const article = isSought ? await resolveArticle(this.store, sought) : asked;
    if (!article) {
      sayNothingHere(false);
      return undefined;
    }
    if (article.refusal) throw article.refusal;
    const toPlace = article.entities.filter(({ broken }) => broken);
    const id = argument?.id ?? (isSought ? sought?.id : undefined);
    const named = toPlace.find((entity) => entity.id === id);
    if (named) return { article, entity: named };
    if (toPlace.length === 0 || argument?.id !== undefined) {
      say(
        toPlace.length === 0
          ? vscode.l10n.t('Every entity of this article has its place.')
          : vscode.l10n.t('This entity has its place, or is gone.'),
      );
      return undefined;
    }
    const corpus = this.store.catalog.corpusAt(article.uri);
    const entity = await chooseEntity(toPlace, (label) => labelColor(corpus, label));
    return entity && { article, entity };
  }

  private async findNext(skipped: ReadonlySet<string>): Promise<Sought | undefined> {
    for (const entry of this.articlesFromHere()) {
      const article = await this.store.live.open(await vscode.workspace.openTextDocument(entry.uri));
      if (!article || article.refusal) continue;
      const entity = article.entities.find((one) => one.broken && !skipped.has(keyOf(article, one)));
      if (entity) return { article, entity };
    }
    return undefined;
  }

  /** The articles with something to place, from the active one on and round to it. */
  private articlesFromHere(): ArticleEntry[] {
    const entries = this.store.catalog.all;
    const here = this.store.live.active?.uri.toString();
    const at = Math.max(0, entries.findIndex(({ uri }) => uri.toString() === here)); // prettier-ignore
    return [...entries.slice(at), ...entries.slice(0, at)].filter(({ summary }) => summary.toPlace > 0);
  }

  private countLeft(): number {
    return this.store.catalog.all.reduce((sum, { summary }) => sum + summary.toPlace, 0);
  }
}

function keyOf(article: LiveArticle, { id }: Entity): string {
  return `${article.uri.toString()}#${id}`;
}

function nameOf({ label, text }: Entity): string {
  return `${label} “${shortText(text, 40)}”`;
}

function isSpanOf(article: LiveArticle, { start, end }: Span): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    0 <= start &&
    start < end &&
    end <= article.index.length
  );
}
