import { diffAnnotations } from '../../core/model/diff';
import { applyEdits, invertEdits, type Edit } from '../../core/model/edit';
import type { Annotations } from '../../core/model/records';
import type { Sidecar } from '../../core/sidecar/sidecar';

/** For how long, in ms, another program may be on its way to replace a sidecar whose last version it has not seen. */
const UNSEEN = 2000;

/** What was written to a sidecar last, which a program that was writing it at that moment knew nothing of. */
export class LastWrite {
  private edits: readonly Edit[] = [];
  private textHash = '';
  private until = 0;

  /** @param textHash of the text that it was written for */
  remember(before: Annotations, after: Annotations, textHash: string): void {
    this.edits = diffAnnotations(before, after);
    this.textHash = textHash;
    this.until = Date.now() + UNSEEN;
  }

  /**
   * What of a sidecar's last state another's version began with. One that comes at once, and for another text, as of a
   * `git checkout`, was not made from what was just written: what that brought is not taken for deleted.
   */
  seenBy(sidecar: Sidecar | undefined, synced: Annotations): Annotations {
    const isOfAnother = sidecar && sidecar.textHash !== '' && sidecar.textHash !== this.textHash;
    return isOfAnother && Date.now() < this.until ? applyEdits(synced, invertEdits(this.edits)) : synced;
  }
}
