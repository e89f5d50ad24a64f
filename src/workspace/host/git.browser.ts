import type { Git } from './git';

export const git: Git = {
  findVersion: () => Promise.resolve(undefined),
  userName: () => Promise.resolve(undefined),
  merging: undefined,
};
