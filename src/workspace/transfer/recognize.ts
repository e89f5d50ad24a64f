import { hasExtensionOf, looksLike, type Format } from '../../formats/shared/format';
import { headOf } from '../../formats/shared/head';
import { baseName } from '../../core/sidecar/name';
import { loadFormats } from '#formats';
import type { Input } from './input-files';

/** How many files with one extension are looked at. */
const LOOKED_AT = 5;

export interface Recognized {
  readonly format: Format;
  /** How many files are likely to be in it. */
  readonly files: number;
}

/** The formats that files are in, by extension and beginning, the likeliest first. */
export async function recognizeInputs(inputs: readonly Input[]): Promise<Recognized[]> {
  const formats = await loadFormats();
  const byExtension = new Map<string, Input[]>();
  for (const input of inputs) {
    const extension = /\.[^.]*$/.exec(baseName(input.path).toLowerCase())?.[0] ?? '';
    const group = byExtension.get(extension) ?? [];
    byExtension.set(extension, group);
    group.push(input);
  }
  const counts = new Map<Format, { files: number; rank: number }>();
  for (const group of byExtension.values()) {
    const looked = group.slice(0, LOOKED_AT);
    for (const input of looked) {
      const bytes = await input.read().catch(() => undefined);
      if (!bytes) continue;
      formats.recognize(input.path, headIn(bytes)).forEach((format, rank) => {
        const files = (counts.get(format)?.files ?? 0) + group.length / looked.length;
        counts.set(format, { files, rank: Math.min(rank, counts.get(format)?.rank ?? rank) });
      });
    }
  }
  return [...counts]
    .sort(([, a], [, b]) => a.rank - b.rank || b.files - a.files)
    .map(([format, { files }]) => ({ format, files: Math.round(files) }));
}

/**
 * The files that are read as a format. In a folder, what has an extension that other files have, too, must look
 * like it: an article beside `a.conll` is none of its files.
 */
export async function inputsFor(
  format: Format,
  inputs: readonly Input[],
  isFolder: boolean,
): Promise<Input[]> {
  const [first] = format.extensions;
  const named = inputs.filter(({ path }) => hasExtensionOf(format, path));
  if (!isFolder) return named.length > 0 ? named : [...inputs];
  const found: Input[] = [];
  for (const input of format.recognizesUnnamed ? inputs : named) {
    if (input.path.toLowerCase().endsWith(first)) found.push(input);
    else {
      const bytes = await input.read().catch(() => undefined);
      if (bytes && looksLike(format, headIn(bytes), input.path)) found.push(input);
    }
  }
  return found;
}

function headIn(bytes: Uint8Array): string {
  return headOf(bytes.length, (start, end) => bytes.subarray(start, end));
}
