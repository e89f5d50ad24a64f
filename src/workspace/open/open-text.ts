import { textKey } from '../../core/model/history';
import { hashText, TextIndex } from '../../core/text';
import type { ArticleDocument } from './open-article';

/** A text that an open article has, or had. */
export class ArticleText {
  readonly index: TextIndex;
  /** Identifies the text, see `textKey`. */
  readonly key: string;
  private hashed: Promise<string> | undefined;

  constructor(raw: string) {
    this.index = new TextIndex(raw);
    this.key = textKey(this.index.text);
  }

  /** Its `text_hash`. */
  hash(): Promise<string> {
    return (this.hashed ??= hashText(this.index.raw));
  }
}

/** The text of a document, below all layers that are open of it: each follows to it in its turn. */
export class OpenText {
  private last: ArticleText | undefined;

  constructor(private readonly document: ArticleDocument) {}

  /** What the document has now. @param raw what its file has, where the document has gone */
  at(raw = this.document.getText()): ArticleText {
    if (this.last?.index.raw !== raw) this.last = new ArticleText(raw);
    return this.last;
  }
}
