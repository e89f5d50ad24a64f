import type * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import type { History } from '../../core/model/history';
import type { Annotations } from '../../core/model/records';
import type { TextIndex } from '../../core/text';
import type { Drafts } from './drafts';
import type { HistoryFiles } from './history-files';
import type { OldTexts } from './old-texts';
import type { Orphans } from '../corpus/orphans';
import type { Refusal } from '../files/refusal';

/** What knows more of an article than its files say. */
export interface Keepers {
  readonly drafts: Drafts;
  readonly histories: HistoryFiles;
  readonly texts: OldTexts;
  readonly orphans: Orphans;
}

/** What an article's text is taken from: a document of the editor, or a file. */
export type ArticleDocument = Pick<vscode.TextDocument, 'uri' | 'isDirty' | 'getText'> &
  Partial<Pick<vscode.TextDocument, 'isClosed'>>;

/** An article that is open, as those see it that keep its text, its annotations and its sidecar together. */
export interface OpenArticle {
  readonly document: ArticleDocument;
  readonly uri: vscode.Uri;
  /** What its drafts and its history are kept as: of the shared layer, the article's address, else the sidecar's. */
  readonly keptAs: vscode.Uri;
  readonly index: TextIndex;
  /** Of the text of `index`, see `textKey`. */
  readonly key: string;
  readonly annotations: Annotations;
  readonly entities: readonly Entity[];
  readonly history: History;
  /** Why annotations cannot be changed now. */
  readonly refusal: Refusal | undefined;
  /** The `text_hash` of the text as it is. */
  hash(): Promise<string>;
  /** The text is another; the annotations are the caller's to move. @param raw of the file, where the document has gone */
  followText(raw?: string): void;
  /** Shows annotations without a step in the history: what came from disk, or from a draft. */
  setAnnotations(annotations: Annotations): void;
  /** Tells of what changed beside the annotations: problems, a refusal. */
  fireChange(): void;
  /** Keeps the history for the next window, as it is now. */
  rememberHistory(): void;
  /** Refuses an article that is not UTF-8 any more, and takes it up again when it is. */
  checkEncoding(): Promise<void>;
  /** After the article was saved: its sidecar follows, if it has one. */
  followSave(): Promise<void>;
}
