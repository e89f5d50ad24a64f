import * as vscode from 'vscode';
import { alignTexts } from '../../core/align';
import { toTextChanges, type TextChange } from '../../core/change';
import type { Anchored } from '../../core/model/entity';
import { anchoredOf, anchorKey, withAnchored, type AnchoredRecord } from '../../core/model/records';
import { atPlaceOf, isSamePlace, moveByComparison, refreshTexts } from '../../core/follow-text';
import { LostPlaces } from '../../core/lost-places';
import { Overtyping } from '../../core/overtyping';
import { returnEntities } from '../../core/place';
import { normalizeText, type TextIndex } from '../../core/text';
import { textStep } from '../../core/text-step';
import type { OpenArticle } from './open-article';
import type { SidecarSync } from './sidecar-sync';
import { readText } from '../files/source';

/** The text that a program replaced, and what was anchored in it. */
interface Replaced {
  readonly index: TextIndex;
  readonly anchored: readonly AnchoredRecord[];
}

/**
 * Moves the annotations of a live article with its text: as a person changes it, as another program changes the
 * file, as unsaved text is thrown away. Where a text comes back that was there before, spans are where they were.
 */
export class TextFollower {
  private isUnsaved: boolean;
  private readonly overtyping = new Overtyping();
  private readonly lostPlaces = new LostPlaces();
  /**
   * What was there before one or more reloads that the annotations did not follow yet. The editor may read a file while
   * it is empty, or half: between those texts nothing is told for certain that the first one would not tell better.
   */
  private replaced: Replaced | undefined;

  constructor(private readonly article: OpenArticle & { readonly sync: SidecarSync }) {
    this.isUnsaved = article.document.isDirty;
  }

  /** After the document changed, or became (un)saved. */
  follow(event: vscode.TextDocumentChangeEvent): void {
    const { document, index } = this.article;
    if (document.getText() !== index.raw) this.followChanges(event);
    // It was saved, or reverted: what waited for that goes to the sidecar.
    if (this.isUnsaved && !document.isDirty) void this.settle();
    this.isUnsaved = document.isDirty;
  }

  private followChanges(event: vscode.TextDocumentChangeEvent): void {
    const { article } = this;
    const { document, index: before, key: keyBefore, history, sync } = article;
    const old = anchoredOf(article.annotations);
    // A clean document that changes was read again from a file that another program changed, or is just
    // becoming dirty. The editor tells the former as one replacement of lines, of which few may differ.
    const isPerhapsReload =
      !document.isDirty && event.reason === undefined && !isTyping(event) && isOfLines(event, before);
    article.followText();
    const { index, key } = article;
    const aligned = isPerhapsReload ? alignTexts(before, index) : [];
    // What differs in one place only is known.
    const isCompared = aligned.length > 1;
    const changes = isCompared ? aligned : changesOf(event, before);
    if (!document.isDirty) void sync.enqueue(() => article.checkEncoding());
    if (changes.length === 0) return;
    const { Undo, Redo } = vscode.TextDocumentChangeReason;
    const direction = event.reason === Undo ? 'undo' : event.reason === Redo ? 'redo' : undefined;
    const travelled = direction && history.travel(direction, key, old);
    const known = direction === undefined && !isTyping(event) ? this.placesKnown(before) : undefined;
    const places = travelled ?? known ?? (isCompared ? moveByComparison(old, changes) : undefined);
    if (places) this.overtyping.end();
    const typed = event.reason === undefined ? event.contentChanges.map((change) => change.text) : [];
    const moved = refreshTexts(places ?? this.overtyping.move(old, changes, typed), old, index);
    if (!travelled) history.push(textStep(old, changes, keyBefore, key, moved));
    this.show(moved);
    sync.followTyping();
    if (!isPerhapsReload) return void (this.replaced = undefined);
    this.replaced ??= { index: before, anchored: old };
    const isKnown = known !== undefined;
    void sync.enqueue(sync.reloadWatch.follow(() => this.followReload(index, old, moved, isKnown)));
  }

  /**
   * Where all that is anchored is in the text that the article has now, if that was there before: as the history has it, or
   * the sidecar, whose text it is. @param before the text that they are in
   */
  private placesKnown(before: TextIndex): readonly AnchoredRecord[] | undefined {
    const { index, key, history, annotations, sync } = this.article;
    const anchored = anchoredOf(annotations);
    const places = history.placesIn(key, anchored);
    if (places || sync.savedIndex.text !== index.text) return places;
    return returnEntities(anchored, before, anchoredOf(sync.synced), sync.savedIndex);
  }

  /**
   * Where the document was indeed read again: its spans are those that the replaced text tells for certain.
   * @param index the text that was read
   * @param old what was anchored, as it was in the text just before
   * @param moved the same, where the comparison leads
   * @param isKnown whether that is where they were before in this text
   */
  private async followReload(
    index: TextIndex,
    old: readonly AnchoredRecord[],
    moved: readonly AnchoredRecord[],
    isKnown: boolean,
  ): Promise<void> {
    const { article } = this;
    const text = await readText(article.uri);
    if (article.document.isDirty) this.replaced = undefined;
    const { replaced } = this;
    // Where it is another, or another came meanwhile, the editor tells of that one, too.
    const isReload = text !== undefined && normalizeText(text) === index.text && article.index === index;
    if (!isReload || !replaced) return;
    this.replaced = undefined;
    const placed = isKnown ? [] : this.lostPlaces.place(replaced.anchored, index, replaced.index);
    const places = byKey(placed);
    const led = byKey(moved);
    const now = anchoredOf(article.annotations).map((entity) => {
      const place = places.get(anchorKey(entity));
      const ledTo = led.get(anchorKey(entity));
      // Where somebody put it elsewhere meanwhile, there it is.
      if (!place || !ledTo || !isSamePlace(ledTo, entity)) return entity;
      // Where it is not certain, it is left where the comparison leads, for a person to look at.
      return atPlaceOf(entity, place);
    });
    const after = byKey(now);
    const pairsOf = (anchored: readonly AnchoredRecord[]) =>
      anchored.flatMap((was) => {
        const is = after.get(anchorKey(was));
        return is ? [[was, is] as const] : [];
      });
    if (!isKnown) article.history.rememberPlaces(article.key, pairsOf(old));
    this.show(now);
    await article.sync.followReload(pairsOf(replaced.anchored));
  }

  /**
   * Where the article has no unsaved text any more: brings to the sidecar what waited for that. Text that was
   * thrown away as the editor closed it is followed to the text of the file. Never rejects.
   */
  async settle(): Promise<void> {
    const { article } = this;
    const { sync, document } = article;
    const text = await readText(article.uri);
    // Where it was saved, that is followed first: a look at the encoding, then the write.
    for (let i = 0; i < 2; i++) await sync.whenSaved.catch(() => undefined);
    if (text === undefined || document.isDirty || !sync.hasDraft) return;
    if (normalizeText(text) !== article.index.text) {
      // Else it was just changed on disk, too, and the editor reads it again.
      if (!document.isClosed) return;
      const { index: before, key: keyBefore, history } = article;
      const old = anchoredOf(article.annotations);
      article.followText(text);
      const changes = alignTexts(before, article.index);
      const places = this.placesKnown(before) ?? moveByComparison(old, changes);
      const moved = refreshTexts(places, old, article.index);
      history.push(textStep(old, changes, keyBefore, article.key, moved));
      this.show(moved);
    }
    await article.followSave().catch(() => undefined);
  }

  private show(anchored: readonly AnchoredRecord[]): void {
    const { article } = this;
    article.rememberHistory();
    article.setAnnotations(withAnchored(article.annotations, anchored));
  }
}

function byKey<A extends Anchored>(anchored: readonly A[]): ReadonlyMap<string, A> {
  return new Map(anchored.map((one) => [anchorKey(one), one]));
}

/** Whether no more than a character changed. */
function isTyping({ contentChanges }: vscode.TextDocumentChangeEvent): boolean {
  return contentChanges.every(({ rangeLength, text }) => rangeLength + text.length <= 2);
}

/** Whether one piece of the text changed that begins and ends where lines do. */
function isOfLines({ contentChanges }: vscode.TextDocumentChangeEvent, { raw }: TextIndex): boolean {
  const [change, another] = contentChanges;
  if (!change || another) return false;
  const start16 = change.rangeOffset;
  const end16 = start16 + change.rangeLength;
  const isEdge = (at16: number) =>
    at16 === 0 || at16 === raw.length || /[\r\n]/.test(raw.slice(at16 - 1, at16 + 1));
  return isEdge(start16) && isEdge(end16);
}

function changesOf(event: vscode.TextDocumentChangeEvent, before: TextIndex): TextChange[] {
  const replacements = event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    start16: rangeOffset,
    end16: rangeOffset + rangeLength,
    text,
  }));
  return toTextChanges(before, replacements);
}
