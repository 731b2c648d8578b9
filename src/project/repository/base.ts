import { UserError } from '../../core/index.ts';
import { askGit, mustGit, type Repository } from './open.ts';

/** What a branch starts from, and what its pull request goes into. */
export interface Base {
  readonly commit: string;
  /** The branch that the pull request goes into; missing where a commit alone is checked out and no base was named. */
  readonly branch?: string;
}

/**
 * The base of a new branch: what is checked out, or the branch that was named. Its sources must be those of the work tree, since
 * these were read.
 */
export function baseOf(repository: Repository, named: string | undefined, extensions: readonly string[]): Base {
  const { top, prefix, head, branch } = repository;
  if (named === undefined) return { commit: head, ...(branch === undefined ? {} : { branch }) };
  const { commit, full } = branchNamed(top, named);
  const changed = mustGit(
    top,
    ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', head, commit, '--', `./${prefix}`],
    `git cannot compare the work tree with ${named}`,
  ).split('\0');
  const sources = changed.filter((path) => extensions.some((extension) => path.endsWith(extension)));
  if (sources.length > 0) {
    throw new UserError(
      `the work tree is not at ${named}: ${sources.slice(0, 5).join(', ')}${sources.length > 5 ? ' …' : ''} differ`,
      `Switch to it first (git switch ${named}): the rewrites are made from the files of the work tree.`,
    );
  }
  return { commit, branch: full.replace(/^refs\/heads\/|^refs\/remotes\/[^/]+\//, '') };
}

/** A branch of this repository, or of its remote where it has none of that name. */
function branchNamed(top: string, name: string): { readonly commit: string; readonly full: string } {
  for (const candidate of name.startsWith('-') ? [] : [name, `origin/${name}`]) {
    const commit = askGit(top, ['rev-parse', '--verify', '--quiet', `${candidate}^{commit}`]);
    const full = askGit(top, ['rev-parse', '--symbolic-full-name', candidate]);
    if (commit !== undefined && full !== undefined && /^refs\/(heads|remotes)\//.test(full)) return { commit, full };
  }
  throw new UserError(`--base ${name}: no such branch`, 'Name a branch of this repository, or fetch it first.');
}

/** Refuses a name that is taken here or at a remote, or that git does not allow. */
export function checkBranchName({ top }: Repository, name: string): void {
  const allowed = name !== 'HEAD' && askGit(top, ['check-ref-format', '--branch', name]) === name;
  if (!allowed) throw new UserError(`--branch ${name}: git allows no such name`, 'Name it like startup/background.');
  const remotes = mustGit(top, ['remote'], 'the remotes cannot be listed').split('\n').filter(Boolean);
  const taken = [`refs/heads/${name}`, ...remotes.map((remote) => `refs/remotes/${remote}/${name}`)].find(
    (ref) => askGit(top, ['rev-parse', '--verify', '--quiet', ref]) !== undefined,
  );
  if (taken === undefined) return;
  const where = taken.startsWith('refs/heads/') ? '' : ` at ${taken.split('/')[2]}`;
  throw new UserError(
    `the branch ${name} exists already${where}`,
    'Name another one with --branch, or delete it if it is not needed any more: it is never written over.',
  );
}
