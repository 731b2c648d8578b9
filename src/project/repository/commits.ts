import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type FileChange, UserError } from '../../core/index.ts';
import { deferSignals } from '../signals.ts';
import { askGit, mustGit, type Repository } from './open.ts';

export interface CommitToMake {
  readonly message: string;
  /** Paths relative to the folder that the run works in. */
  readonly changes: readonly FileChange[];
}

export interface CommitOptions {
  /** Run the repository's `commit-msg` hook. */
  readonly verify: boolean;
}

/** Where commits are made: an index of their own, and what is known of the files so far. */
interface Workshop {
  readonly repository: Repository;
  /** A folder outside of the repository. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly entries: Map<string, TreeEntry>;
}

/** How a file stands in a commit. */
interface TreeEntry {
  readonly mode: string;
  /** Git's filters make other bytes of the file than those of the work tree: line ends, LFS … */
  readonly isFiltered: boolean;
}

/**
 * Makes commits on top of one, with an index of their own: neither the work tree nor the index nor any branch changes, and
 * nothing refers to the commits yet. They are signed where the user's configuration says so.
 *
 * @returns their ids, in order.
 */
export function makeCommits(
  repository: Repository,
  base: string,
  commits: readonly CommitToMake[],
  options: CommitOptions,
): readonly string[] {
  const allowSignals = deferSignals();
  const folder = mkdtempSync(join(tmpdir(), 'startup-codemod-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  const workshop: Workshop = { repository, folder, env, entries: new Map() };
  try {
    mustGit(repository.top, ['read-tree', base], 'the commit to start from cannot be read', { env });
    const made = [base];
    for (const commit of commits) made.push(makeCommit(workshop, made.at(-1) ?? base, base, commit, options));
    return made.slice(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    allowSignals();
  }
}

/** Gives a commit the name of a branch that does not exist yet. */
export function makeBranch({ top }: Repository, name: string, commit: string): void {
  const args = ['update-ref', '--create-reflog', '-m', 'branch: made by startup-codemod pr', `refs/heads/${name}`];
  mustGit(top, [...args, commit, '0'.repeat(commit.length)], `the branch ${name} could not be made`, {
    help: 'Nothing was changed. Name another one with --branch.',
  });
}

function makeCommit(
  workshop: Workshop,
  parent: string,
  base: string,
  { message, changes }: CommitToMake,
  { verify }: CommitOptions,
): string {
  const { repository, env } = workshop;
  const { top, prefix } = repository;
  const lines = changes.map((change) => indexLine(workshop, base, { ...change, path: prefix + change.path }));
  const help = 'Nothing was changed: no branch was made.';
  mustGit(top, ['update-index', '-z', '--index-info'], 'the commits could not be made', {
    env,
    input: lines.join(''),
    help,
  });
  const tree = mustGit(top, ['write-tree'], 'the commits could not be made', { env, help }).trim();
  const checked = verify ? checkedMessage(workshop, message) : message;
  const sign = askGit(top, ['config', '--type=bool', '--get', 'commit.gpgSign']) === 'true' ? ['-S'] : [];
  const args = ['-c', 'i18n.commitEncoding=UTF-8', 'commit-tree', ...sign, '-p', parent, tree];
  return mustGit(top, args, 'git could not make a commit', { env, input: checked, help }).trim();
}

/** What `update-index` reads of a file: `<mode> <id>\t<path>`; the mode 0 removes it. */
function indexLine(workshop: Workshop, base: string, change: FileChange): string {
  const { top } = workshop.repository;
  const { path, after } = change;
  const entry = workshop.entries.get(path) ?? entryOf(workshop, base, change);
  workshop.entries.set(path, entry);
  if (after === undefined) return `0 ${'0'.repeat(base.length)}\t${path}\0`;
  return `${entry.mode} ${hashOf(top, path, after, entry.isFiltered, ['-w'])}\t${path}\0`;
}

/** How the file stands in the commit to start from; it must be the text that was read. */
function entryOf({ repository: { top } }: Workshop, base: string, { path, before }: FileChange): TreeEntry {
  const [mode, , id] = (askGit(top, ['ls-tree', '-z', '--full-tree', base, '--', path]) ?? '').split(/[ \t]/);
  if (before === undefined && !mode) return { mode: '100644', isFiltered: true };
  const isFile = mode === '100644' || mode === '100755';
  if (before !== undefined && isFile) {
    if (hashOf(top, path, before, true) === id) return { mode, isFiltered: true };
    if (hashOf(top, path, before, false) === id) return { mode, isFiltered: false };
  }
  throw new UserError(
    `${path}: the work tree has it otherwise than the commit that the branch starts from`,
    'Commit it first; leave files of submodules, links and what git was told not to look at out with --exclude.',
  );
}

function hashOf(top: string, path: string, text: string, isFiltered: boolean, options: readonly string[] = []): string {
  const filter = isFiltered ? [`--path=${path}`] : ['--no-filters'];
  return mustGit(top, ['hash-object', ...options, '--stdin', ...filter], `${path} could not be stored`, {
    input: text,
    help: 'Nothing was changed: no branch was made.',
  }).trim();
}

/** The message as the repository's `commit-msg` hook leaves it; a hook that refuses it ends the run. */
function checkedMessage({ repository: { top }, folder, env }: Workshop, message: string): string {
  const hook = askGit(top, ['rev-parse', '--git-path', 'hooks/commit-msg']);
  if (hook === undefined || !isExecutable(resolve(top, hook))) return message;
  const file = join(folder, 'COMMIT_EDITMSG');
  writeFileSync(file, message);
  mustGit(top, ['hook', 'run', 'commit-msg', '--', file], 'the commit-msg hook refused a commit', {
    env,
    help: `Nothing was changed: no branch was made. --no-verify leaves the hook out. The message was:\n\n${message}`,
  });
  return readFileSync(file, 'utf8');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
