import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/index.ts';
import { type GitAnswer, git, gitFolder, workTreeAbove } from '../git.ts';

/** A repository whose work tree stands as it was committed. */
export interface Repository {
  /** The top of the work tree, absolute. */
  readonly top: string;
  /** The folder that the run works in, below the top: empty, or with `/` at its end. */
  readonly prefix: string;
  /** Where git keeps the files of this work tree, absolute. */
  readonly gitFolder: string;
  /** The commit that is checked out. */
  readonly head: string;
  /** The branch that is checked out; missing where it is a commit alone. */
  readonly branch?: string;
}

/** What git leaves in its folder until it is done, and what the user calls it. */
const UNFINISHED = [
  ['MERGE_HEAD', 'a merge'],
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['BISECT_LOG', 'a bisect'],
] as const;

/**
 * The repository of a folder. A `UserError` where there is none, where it has no commit or is in the middle of something, and
 * where its work tree is not what was committed. Files that git does not track count where they are sources of the project:
 * what was decided may rest on them, and no branch would hold them.
 */
export function cleanRepository(root: string, extensions: readonly string[]): Repository {
  const repository = repositoryOf(root);
  const unfinished = UNFINISHED.find(([name]) => existsSync(join(repository.gitFolder, name)));
  if (unfinished) {
    throw new UserError(
      `the repository is in the middle of ${unfinished[1]}`,
      'Finish it or take it back (git status says how), then try again.',
    );
  }
  const dirty = uncommitted(repository, extensions);
  if (dirty.length === 0) return repository;
  const shown = dirty.slice(0, 10).map((path) => `  ${path}`);
  if (dirty.length > shown.length) shown.push(`  … and ${dirty.length - shown.length} more`);
  throw new UserError(
    `no branch was made: the git work tree has changes\n${shown.join('\n')}`,
    'Commit or stash them (git stash --include-untracked): the branch starts from what is committed.',
  );
}

/** Runs git where its answer is needed. A `UserError` says what could not be done. */
export function mustGit(
  cwd: string,
  args: readonly string[],
  what: string,
  { env, input, help }: { readonly env?: NodeJS.ProcessEnv; readonly input?: string; readonly help?: string } = {},
): string {
  const { output, failed, said = '' } = installed(git(cwd, args, env, input));
  if (failed === undefined) return output;
  throw new UserError(`${what}: ${said.trim() || failed}`, help);
}

/** The first line of an answer; `undefined` where git has none. */
export function askGit(cwd: string, args: readonly string[]): string | undefined {
  const { output, failed } = installed(git(cwd, args));
  return failed === undefined ? (output.split('\n', 1)[0] ?? '') : undefined;
}

function installed(answer: GitAnswer | undefined): GitAnswer {
  if (answer) return answer;
  throw new UserError('git was not found', 'Install git, and see to it that it is on the PATH.');
}

function repositoryOf(root: string): Repository {
  if (workTreeAbove(root) === undefined) {
    throw new UserError(`${root} is in no git repository`, 'Run it in a clone; --write rewrites files without git.');
  }
  const top = mustGit(root, ['rev-parse', '--show-toplevel'], 'the work tree cannot be found').trimEnd();
  const folder = gitFolder(root);
  const head = askGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head === undefined || folder === undefined) {
    throw new UserError('the repository has no commit yet', 'Commit what there is: a branch starts from a commit.');
  }
  const branch = askGit(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const prefix = askGit(root, ['rev-parse', '--show-prefix']) ?? '';
  return { top, prefix, gitFolder: folder, head, ...(branch === undefined ? {} : { branch }) };
}

function uncommitted({ top, prefix }: Repository, extensions: readonly string[]): readonly string[] {
  const options = ['--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--ignore-submodules=dirty'];
  const entries = mustGit(top, ['status', ...options], 'git cannot say whether the work tree is clean').split('\0');
  const isSource = (path: string) =>
    path.startsWith(prefix) && extensions.some((extension) => path.endsWith(extension));
  return entries
    .filter((entry) => entry !== '' && (!entry.startsWith('??') || isSource(entry.slice(3))))
    .map((entry) => entry.slice(3));
}
