import { isBareName } from '../../core/sidecar/name';
import { FormatError, type SourceFile } from '../shared/format';

/**
 * The name of a file beside the one that names it by an address. What has a folder before it is taken for a file beside
 * where that is the folder of another machine's disk, as in `file:/home/ada/a.txt`, since collections are moved as a
 * whole.
 * @returns `undefined` for an address of a network, or in a folder above or below
 */
export function nameBeside(address: string): string | undefined {
  const [, scheme = ''] = /^([a-z][a-z\d+.-]+):/i.exec(address) ?? [];
  if (scheme !== '' && scheme.toLowerCase() !== 'file') return undefined;
  const path = address.slice(scheme === '' ? 0 : scheme.length + 1).replaceAll('\\', '/');
  const [, isLocal, name = ''] =
    /^((?:\/\/(?:localhost)?)?\/(?!\/)(?:[^/]+\/)*|[a-z]:\/(?:[^/]+\/)*|\.\/)?([^/]+)$/i.exec(path) ?? [];
  // A relative path that goes up and down again is none beside it.
  if (name === '' || isLocal?.split('/').includes('..')) return undefined;
  const decoded = decode(name);
  return isBareName(decoded) && !decoded.includes('\\') ? decoded : undefined;
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * The text at an address that a file says, where it is beside that.
 * @throws FormatError where it is not there, or elsewhere
 */
export function textBeside(address: string, file: SourceFile): string {
  const name = nameBeside(address);
  if (name === undefined) throw new FormatError('text-elsewhere', { file: file.path }, { address });
  const beside = file.sibling(name);
  if (!beside) throw new FormatError('text-missing', { file: file.path }, { name });
  return beside.text();
}
