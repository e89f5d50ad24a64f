import { mkdir, mkdtemp, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LEFTOVER_PREFIX } from '../../core/skipped';
import type { Stage } from './disk';

/** Files in a hidden folder within the one that they are for, so that a rename puts them in their places. */
export class FolderStage implements Stage {
  private open: { readonly path: string; readonly handle: FileHandle } | undefined;
  private readonly folders = new Set<string>();

  private constructor(
    private readonly folder: string,
    private readonly staged: string,
    /** The topmost folder that was made for it. */
    private readonly made: string | undefined,
  ) {}

  static async begin(folder: string): Promise<FolderStage> {
    const made = await mkdir(folder, { recursive: true });
    return new FolderStage(folder, await mkdtemp(join(folder, LEFTOVER_PREFIX)), made);
  }

  async append(path: string, bytes: Uint8Array): Promise<void> {
    if (this.open?.path !== path) {
      await this.close();
      const file = join(this.staged, path);
      await this.makeFolder(dirname(file));
      this.open = { path, handle: await open(file, 'a') };
    }
    await this.open.handle.writeFile(bytes);
  }

  async read(path: string): Promise<Uint8Array> {
    await this.close();
    return readFile(join(this.staged, path));
  }

  private hasPlaced = false;

  async place(path: string): Promise<void> {
    await this.close();
    const file = join(this.folder, path);
    await this.makeFolder(dirname(file));
    await rename(join(this.staged, path), file);
    this.hasPlaced = true;
  }

  async discard(): Promise<void> {
    await this.close().catch(() => undefined);
    const rest = this.made !== undefined && !this.hasPlaced ? this.made : this.staged;
    await rm(rest, { recursive: true, force: true }).catch(() => undefined);
  }

  private async makeFolder(folder: string): Promise<void> {
    if (this.folders.has(folder)) return;
    await mkdir(folder, { recursive: true });
    this.folders.add(folder);
  }

  private async close(): Promise<void> {
    const handle = this.open?.handle;
    this.open = undefined;
    await handle?.close();
  }
}
