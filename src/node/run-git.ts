import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';

/** How long git may take for one answer, in ms, and how much it may say, in bytes. */
const LONGEST_CALL = 3000;
const LARGEST = 16 * 2 ** 20;

/** Why git did not do what it was asked for: it is not there, or says so itself. */
export class GitError extends Error {
  constructor(
    /** The exit code of git; `undefined` where it did not run to its end. */
    readonly exitCode: number | undefined,
    /** Whether there is no git to run. */
    readonly isMissing: boolean,
    /** The first line of what git says, in English. */
    message: string,
  ) {
    super(message);
  }
}

/**
 * Switches off what a repository's own settings could make git run: a monitor of files, hooks, a program that
 * checks signatures, a pager, and what a repository has that stands, bare, among other files. What commands that
 * show differences run is switched off where they are called ({@link NO_DIFF_PROGRAMS}).
 */
const NO_PROGRAMS = [
  '--no-pager',
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'log.showSignature=false'],
  ...['-c', 'safe.bareRepository=explicit'],
];

/** For `git log` and `git diff`, which alone know these. */
export const NO_DIFF_PROGRAMS = ['--no-ext-diff', '--no-textconv'];

/**
 * Runs git in a folder, without a shell and without any program that the repository's settings name: whoever looks
 * at a corpus has not agreed to run what came with it. Whether the repository is another person's is git's to
 * judge (`safe.directory`). Runs elsewhere, so that no program of the repository's folder is taken for git.
 * @returns what it prints
 * @throws GitError
 */
export function runGit(folder: string, args: readonly string[]): Promise<Buffer> {
  const env = {
    ...withoutGit(process.env),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // What is not here is not fetched, nor is a program run for that; git before 2.45 knows only the latter.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_LITERAL_PATHSPECS: '1',
  };
  const options = {
    cwd: tmpdir(),
    env,
    encoding: 'buffer',
    timeout: LONGEST_CALL,
    maxBuffer: LARGEST,
    windowsHide: true,
  } as const;
  return new Promise((resolve, reject) => {
    execFile('git', ['-C', folder, ...NO_PROGRAMS, ...args], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const exitCode = typeof error.code === 'number' ? error.code : undefined;
      const said = stderr.toString().split(/\r?\n/, 1)[0] || error.message;
      reject(new GitError(exitCode, (error.code as unknown) === 'ENOENT', said));
    });
  });
}

/** Another git, which may have started the editor, may have left which repository that was about. */
function withoutGit(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isOfAnother = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|CONFIG|CONFIG_PARAMETERS|CONFIG_COUNT)$/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !isOfAnother.test(name)));
}
