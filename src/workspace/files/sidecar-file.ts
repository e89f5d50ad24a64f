import * as vscode from 'vscode';
import { disk } from '#disk';
import type { Problem } from '../../core/problem';
import { isOwnText, type Origin } from '../../core/place';
import { splitConflict } from '../../core/sidecar/conflict-markers';
import { baseName, isSameName } from '../../core/sidecar/name';
import type { Lost } from '../../core/model/merge-records';
import { hasRecords } from '../../core/model/records';
import { readSidecar } from '../../core/sidecar/read';
import { lostLines } from '../../core/sidecar/record-lines';
import { NEW_FRAME, type Sidecar } from '../../core/sidecar/sidecar';
import { writeSidecar } from '../../core/sidecar/write';
import { spliceBetween } from '../../core/splice';
import type { Turn } from '../host/disk';
import { Refusal } from './refusal';
import { dirtyDocument, readSource, unreadProblem } from './source';

/** How long another program has to fill a file that it has just emptied, in ms. */
const WRITING = 50;

/**
 * A sidecar on disk, or in the editor that has it open with unsaved changes. Remembers the version that
 * was read last, so that no other is ever overwritten.
 */
export class SidecarFile {
  /** The source as it was last read or written (see {@link readSource}); `undefined` where there is no file. */
  source: string | undefined;
  /** The source as it was last known before another program deleted the file. */
  lost: string | undefined;
  /** What the source says; `undefined` where there is no file, or none that can be used. */
  sidecar: Sidecar | undefined;
  problems: readonly Problem[] = [];
  /** The name of another article, where the sidecar says that it belongs to that. */
  private namedArticle: string | undefined;
  /** Whether that is not there. */
  isOtherGone = false;
  /** Whether it is this article's all the same, if the one that it names is gone. */
  private isClaimed = false;

  constructor(
    readonly uri: vscode.Uri,
    readonly articleUri: vscode.Uri,
  ) {}

  /**
   * The name of another article, where the sidecar says that it belongs to that, and that is there, or nobody
   * knows that this is the same one under a new name.
   */
  get otherArticle(): string | undefined {
    return this.isOtherGone && this.isClaimed ? undefined : this.namedArticle;
  }

  /** Says of which text the sidecar is, which tells whether it is this article's where the one that it names is gone. */
  claimBy(origin: Origin): void {
    this.isClaimed = isOwnText(origin);
  }

  /** Takes it for this article's where the one that it names is gone, as a person said. */
  claim(): void {
    this.isClaimed = true;
  }

  /** Why the file must not be overwritten; `undefined` where it may. */
  get refusal(): Refusal | undefined {
    if (this.source !== undefined && !this.sidecar) {
      const isInConflict = this.problems.some(({ code }) => code === 'git-conflict');
      return new Refusal(isInConflict ? 'sidecar-in-conflict' : 'sidecar-invalid', this.uri);
    }
    if (this.otherArticle === undefined) return undefined;
    const code = this.isOtherGone ? 'sidecar-of-gone-article' : 'sidecar-of-another-article';
    return new Refusal(code, this.uri, this.otherArticle, this.articleUri);
  }

  /** Our side of a file in which git marked conflicts, where that is valid. */
  get ours(): Sidecar | undefined {
    const sides = splitConflict(this.source ?? '');
    return sides && readSidecar(sides.ours).sidecar;
  }

  /** Has what a merge could not take stand below the records, as comments, when the file is written next. */
  keepLost(lost: readonly Lost[]): void {
    const { sidecar } = this;
    if (!sidecar || lost.length === 0) return;
    const { frame } = sidecar;
    this.sidecar = { ...sidecar, frame: { ...frame, tail: [...frame.tail, ...lostLines(lost)] } };
  }

  /** Reads the file again. Never rejects. @returns whether it differs from what was known */
  async refresh(): Promise<boolean> {
    let source = await readSource(this.uri);
    if (source === '') {
      // No sidecar is empty, but one that another program writes just now.
      await new Promise((resolve) => setTimeout(resolve, WRITING));
      source = await readSource(this.uri);
    }
    const isNew = source !== this.source;
    if (isNew) {
      if (source === undefined) this.lost = this.source;
      this.source = source;
      const unread = source === undefined ? undefined : unreadProblem(source);
      const reading = source === undefined || unread ? undefined : readSidecar(source);
      this.sidecar = reading?.sidecar;
      this.problems = unread ? [unread] : (reading?.problems ?? []);
      this.isClaimed = false;
    }
    const before = this.refusal?.code;
    await this.findOtherArticle();
    return isNew || before !== this.refusal?.code;
  }

  /**
   * Replaces the version that was read last. The caller has just called {@link refresh}.
   * @param turn where the caller has the turn to write the file
   * @param isInStep whether the article still has the text that the sidecar is for
   * @returns `false`, and nothing is written, where the file is no longer that version, or the article another
   * @throws Refusal
   */
  async write(
    source: string,
    sidecar: Sidecar,
    turn?: Turn,
    isInStep = () => Promise.resolve(true),
  ): Promise<boolean> {
    try {
      const editor = dirtyDocument(this.uri);
      if (editor) {
        if (!(await isInStep()) || editor.getText() !== this.source) return false;
        await replaceInEditor(editor, source);
      } else {
        const isCurrent = async () => (await isInStep()) && (await readSource(this.uri)) === this.source;
        if (!(await disk.write(this.uri, new TextEncoder().encode(source), isCurrent, turn))) return false;
      }
    } catch (error) {
      throw Refusal.fromWriteError(error, this.uri);
    }
    this.source = source;
    this.sidecar = sidecar;
    this.problems = [];
    return true;
  }

  /** Removes the file where it says no more than one that was made for an article without entities. */
  async removeEmpty(): Promise<void> {
    const { uri, source, sidecar } = this;
    if (!sidecar || hasRecords(sidecar) || dirtyDocument(uri)) return;
    const empty = writeSidecar({ ...sidecar, status: 'open', frame: NEW_FRAME });
    if (source !== empty || !(await disk.remove(uri, async () => (await readSource(uri)) === empty))) return;
    this.source = undefined;
    this.sidecar = undefined;
  }

  private async findOtherArticle(): Promise<void> {
    const name = this.sidecar?.article ?? '';
    const isOwn = name === '' || isSameName(name, baseName(this.articleUri.path));
    this.isOtherGone = !isOwn && !(await disk.exists(vscode.Uri.joinPath(this.articleUri, '..', name)));
    this.namedArticle = isOwn ? undefined : name;
  }
}

/** Changes an open document to a text by one edit of what differs, so that cursors stay; leaves it unsaved. */
export async function replaceInEditor(document: vscode.TextDocument, text: string): Promise<void> {
  const { at16, removed, added } = spliceBetween(document.getText(), text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(at16), document.positionAt(at16 + removed.length)),
    added,
  );
  if (!(await vscode.workspace.applyEdit(edit))) throw new Refusal('write-failed', document.uri);
}
