import { normalizeText } from '../../core/text';
import type { OpenArticle } from './open-article';
import { readText } from '../files/source';

/** How long the editor has, in ms, to read an article again where it, or only its sidecar, is that of another text. */
const RELOAD_PAUSE = 2000;

/** Knows whether an article is shown as it is on disk, or whether the editor is about to read it again. */
export class ReloadWatch {
  /** How many texts were perhaps read again that annotations do not yet follow. */
  private reloads = 0;
  /** Until when a sidecar of another text waits for the article to become that, see `Date.now`. */
  private waitsUntil = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param look called again and again while the editor is waited for */
  constructor(
    private readonly article: OpenArticle,
    private readonly look: () => void,
  ) {}

  dispose(): void {
    clearTimeout(this.timer);
  }

  /** The article is perhaps read again. @returns the task by which its annotations follow: until its end, nothing is written */
  follow(task: () => Promise<void>): () => Promise<void> {
    this.reloads++;
    return () => task().finally(() => this.reloads--);
  }

  /** Another sidecar was read. @param isStale whether it is that of another text */
  expect(isStale: boolean): void {
    this.waitsUntil = isStale ? Date.now() + RELOAD_PAUSE : 0;
  }

  /** Whether the article is shown as it is on disk, and no sidecar of another text came just now; if not, looks again. */
  async isInStep(isStale: boolean): Promise<boolean> {
    if (this.article.document.isDirty) return true;
    const isShown = await this.isShown();
    if (isShown && this.reloads === 0 && (!isStale || Date.now() >= this.waitsUntil)) return true;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.look, RELOAD_PAUSE);
    return false;
  }

  /** Whether the text that is shown is the one on disk, as far as that can be read. */
  async isShown(): Promise<boolean> {
    const onDisk = await readText(this.article.uri);
    return onDisk === undefined || normalizeText(onDisk) === this.article.index.text;
  }
}
