/** What the system says by a code, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'that is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left there',
  EDQUOT: 'no space is left for this user',
  EFBIG: 'it would be too large',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'something else is there',
  EISDIR: 'it is a folder',
  ENOTEMPTY: 'the folder is not empty',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'links lead in a circle',
  EMFILE: 'too many files are open',
  EBUSY: 'another program uses it',
  EIO: 'the disk has an error',
  EXDEV: 'it is on another disk',
};

/** What stands against what was to be done, as a sentence. */
export class TargetError extends Error {}

/** Why the system did not do something: words for its codes, without a full stop. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : (REASONS[code] ?? `${code}: ${message}`);
}

/**
 * Does what writes to a place that a person named.
 * @throws TargetError that says why the system did not; of a pipe that nobody reads from, the system's own error
 */
export function writingTo<T>(place: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined || code === 'EPIPE') throw error;
    throw new TargetError(`${place} cannot be written (${reasonOf(error)})`);
  }
}
