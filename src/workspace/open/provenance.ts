import type { Origin } from '../../core/place';
import type { OldTexts } from './old-texts';
import type { Orphans } from '../corpus/orphans';
import type { Refusal } from '../files/refusal';
import type { SidecarFile } from '../files/sidecar-file';

/** Where the sidecar of an article comes from: which text it was written for, and, where there is none, whether one may be elsewhere. */
export class Provenance {
  /** What is known of the text that the sidecar's offsets belong to, when it was read. */
  origin: Origin = 'same';
  /** Why no sidecar is begun where there is none: one without an article may be this article's. */
  elsewhere: Refusal | undefined;

  constructor(
    private readonly file: SidecarFile,
    private readonly texts: OldTexts,
    private readonly orphans: Orphans,
  ) {}

  /** Whether the sidecar, when it was read, was that of another text. */
  get isStale(): boolean {
    return this.origin !== 'same' && this.origin !== 'unsaid';
  }

  /** @param savedText the article as it is on disk */
  async findOrigin(savedText: string): Promise<void> {
    const { sidecar, articleUri } = this.file;
    const { textHash = '', entities = [] } = sidecar ?? {};
    this.origin = await this.texts.originOf(articleUri, textHash, savedText);
    this.file.claimBy(this.origin);
    if (this.origin === 'same' && entities.length > 0) void this.texts.keep(articleUri, textHash, savedText);
  }

  /** Finds both anew. @returns as {@link lookElsewhere} */
  async find(savedText: string): Promise<boolean> {
    await this.findOrigin(savedText);
    return this.lookElsewhere(savedText);
  }

  /** @returns whether another answer than before was found */
  async lookElsewhere(savedText: string): Promise<boolean> {
    const before = this.elsewhere?.message;
    const { source, articleUri } = this.file;
    this.elsewhere = source === undefined ? await this.orphans.refusalFor(articleUri, savedText) : undefined;
    return this.elsewhere?.message !== before;
  }
}
