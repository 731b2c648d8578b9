import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Disk, removeQuietly, writeWhole } from './disk.ts';
import { gitFolder, workTreeAbove } from './git.ts';

/** Where runs keep what outlives them: inside git's own folder, or in a folder of the root that git is told to ignore. */
export interface StateFolder {
  /** Absolute. */
  readonly path: string;
  readonly isInGit: boolean;
  /** The folder that it serves, absolute: the top of the work tree, or the root. Nothing outside it is written. */
  readonly base: string;
}

export function stateFolder(root: string): StateFolder {
  const git = gitFolder(root);
  return git === undefined
    ? { path: join(root, '.startup-codemod'), isInGit: false, base: root }
    : { path: join(git, 'startup-codemod'), isInGit: true, base: workTreeAbove(root) ?? root };
}

export function makeStateFolder({ path, isInGit }: StateFolder, on: Disk): void {
  on.makeFolder(path);
  const ignored = join(path, '.gitignore');
  if (!isInGit && !existsSync(ignored)) writeWhole(ignored, Buffer.from('*\n'), on);
}

/** Removes a state folder in which nothing is kept. */
export function removeIfEmpty({ path }: StateFolder, on: Disk): void {
  try {
    if (readdirSync(path).some((name) => name !== '.gitignore')) return;
    removeQuietly(join(path, '.gitignore'), on);
    on.removeFolder(path);
  } catch {
    // An empty folder that stays does no harm.
  }
}
