import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** Tracked files with changes at or below the folder, relative to it; `undefined` outside of a repository or without git. */
export function dirtyFiles(root: string): readonly string[] | undefined {
  const status = git(root, ['status', '--porcelain=v1', '-z', '--untracked-files=no', '--no-renames', '--', '.']);
  if (status === undefined) return undefined;
  const prefix = git(root, ['rev-parse', '--show-prefix'])?.trim() ?? '';
  const paths = status
    .split('\0')
    .filter(Boolean)
    .map((entry) => entry.slice(3));
  return paths.map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path));
}

/** Paths (relative to the root) that git does not know: `git checkout` could not bring them back. */
export function untrackedFiles(root: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const listed = git(root, ['ls-files', '-z', '--others', '--', ...paths]);
  return listed?.split('\0').filter(Boolean) ?? [];
}

/** The folder in which git keeps its own files for this work tree, absolute. */
export function gitFolder(root: string): string | undefined {
  const folder = git(root, ['rev-parse', '--git-dir'])?.trim();
  if (!folder) return undefined;
  return isAbsolute(folder) ? folder : join(root, folder);
}

/** The top of the work tree above a folder, found without running git. */
export function workTreeAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function git(cwd: string, args: readonly string[]): string | undefined {
  const run = spawnSync('git', [...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  return run.status === 0 ? run.stdout : undefined;
}
