import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../core/index.ts';

/**
 * Tracked files with changes at or below the folder, relative to it; `undefined` outside of a repository or without git. A
 * repository that git does not answer for is a `UserError`.
 */
export function dirtyFiles(root: string): readonly string[] | undefined {
  if (workTreeAbove(root) === undefined) return undefined;
  const status = git(root, ['status', '--porcelain=v1', '-z', '--untracked-files=no', '--no-renames', '--', '.']);
  if (status === undefined) return undefined;
  if (status.failed !== undefined) {
    const help = 'Put that right, or pass --allow-dirty to write without knowing.';
    throw new UserError(`git cannot say whether the work tree is clean: ${status.failed}`, help);
  }
  const prefix = lineOf(git(root, ['rev-parse', '--show-prefix'])) ?? '';
  const paths = status.output
    .split('\0')
    .filter(Boolean)
    .map((entry) => entry.slice(3));
  return paths.map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path));
}

/** The folder in which git keeps its own files for this work tree, absolute; a linked work tree has its own. */
export function gitFolder(root: string): string | undefined {
  if (workTreeAbove(root) === undefined) return undefined;
  const folder = lineOf(git(root, ['rev-parse', '--git-dir']));
  return folder === undefined ? undefined : resolve(root, folder);
}

/** The top of the work tree above a folder, found without running git. */
export function workTreeAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** What git printed. */
export interface GitAnswer {
  readonly output: string;
  /** What git said instead of an answer: its first line. */
  readonly failed?: string;
  /** All that it said on its second stream. */
  readonly said?: string;
}

/** Runs git, without the programs that a repository's own configuration names; `undefined` where git is not installed. */
export function git(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input?: string,
): GitAnswer | undefined {
  const run = spawnSync('git', ['--literal-pathspecs', '-c', 'core.fsmonitor=false', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...environment(), ...env },
    maxBuffer: 1 << 28,
    ...(input === undefined ? {} : { input }),
  });
  if (run.error && (run.error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  if (run.status === 0) return { output: run.stdout };
  return { output: '', failed: run.stderr?.split('\n', 1)[0] || 'it failed', said: run.stderr ?? '' };
}

/** Inside a git hook variables like GIT_DIR point at a repository, and would make git take any folder for its top. */
function environment(): NodeJS.ProcessEnv {
  const own = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];
  const rest = Object.entries(process.env).filter(([name]) => !own.includes(name));
  return { ...Object.fromEntries(rest), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
}

function lineOf(answer: GitAnswer | undefined): string | undefined {
  return answer?.failed === undefined ? answer?.output.replace(/\r?\n$/, '') : undefined;
}
