import { isAbsolute, resolve } from 'node:path';
import { UserError } from '../core/index.ts';
import { type GitAnswer, git, gitFolder, workTreeAbove } from './git.ts';
import { isInside } from './root.ts';

/**
 * Which files a run is about, by what git says of them:
 *
 * - `changed`: differ from HEAD, or are not tracked and not ignored.
 * - `since`: the same, against the last commit that HEAD and the reference share.
 * - `staged`: differ in the index.
 */
export type GitSelection =
  | { readonly kind: 'changed' }
  | { readonly kind: 'since'; readonly reference: string }
  | { readonly kind: 'staged' };

const DIFF = ['diff', '--name-only', '--relative', '--no-renames', '--no-ext-diff', '--diff-filter=d', '-z'];

/**
 * The selected files at or below the root, relative to it. A root in no repository, a reference that is none, and whatever
 * else git does not answer for are `UserError`s.
 */
export function gitSelected(root: string, selection: GitSelection): ReadonlySet<string> {
  const option = selection.kind === 'since' ? `--since ${selection.reference}` : `--${selection.kind}`;
  if (workTreeAbove(root) === undefined) {
    throw new UserError(
      `${option} needs a git repository: ${root} is in none`,
      `Leave out ${option}, or run in the repository.`,
    );
  }
  const ask = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    pathsIn(git(root, args, env), `${option}: git cannot say which files have changed`);
  switch (selection.kind) {
    case 'staged':
      return new Set(ask([...DIFF, '--cached', '--'], indexOfCommit(root)));
    case 'changed':
      return new Set([...ask(hasCommit(root) ? [...DIFF, 'HEAD', '--'] : ['ls-files', '-z']), ...ask(UNTRACKED)]);
    case 'since':
      return new Set([...ask([...DIFF, sharedCommit(root, selection.reference), '--']), ...ask(UNTRACKED)]);
  }
}

const UNTRACKED = ['ls-files', '--others', '--exclude-standard', '-z'];

/** In the hooks of `git commit -a` and `git commit PATH` the index is a file of its own, which only this variable names. */
function indexOfCommit(root: string): NodeJS.ProcessEnv {
  const { GIT_INDEX_FILE: index = '' } = process.env;
  if (index === '') return {};
  const file = isAbsolute(index) ? index : resolve(index);
  const own = gitFolder(root);
  return own !== undefined && isInside(file, own) ? { GIT_INDEX_FILE: file } : {};
}

function hasCommit(root: string): boolean {
  return git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])?.failed === undefined;
}

function sharedCommit(root: string, reference: string): string {
  const commit = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`]);
  if (commit?.failed !== undefined) {
    throw new UserError(
      `--since ${reference}: git knows no such commit`,
      'Name a branch, tag or commit. In CI it may have to be fetched first: a shallow checkout has only the newest commit.',
    );
  }
  const base = git(root, ['merge-base', commit?.output.trim() ?? '', 'HEAD']);
  if (base?.failed !== undefined) {
    throw new UserError(
      `--since ${reference}: it shares no commit with HEAD`,
      'In CI fetch the whole history (`fetch-depth: 0` of actions/checkout), or name another commit.',
    );
  }
  return base?.output.trim() ?? '';
}

function pathsIn(answer: GitAnswer | undefined, what: string): readonly string[] {
  if (answer === undefined)
    throw new UserError(`${what}: git is not installed`, 'Install git, or leave the option out.');
  if (answer.failed !== undefined)
    throw new UserError(`${what}: ${answer.failed}`, 'Put that right, or leave the option out.');
  return answer.output.split('\0').filter(Boolean);
}
