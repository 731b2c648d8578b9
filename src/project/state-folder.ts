import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../core/index.ts';
import { type Disk, writeWhole } from './disk.ts';
import { gitFolder } from './git.ts';

/** Where a run keeps its journal: inside git's own folder, or in a folder of the root that git is told to ignore. */
export function stateFolder(root: string): { readonly path: string; readonly isInGit: boolean } {
  const git = gitFolder(root);
  return git === undefined
    ? { path: join(root, '.startup-codemod'), isInGit: false }
    : { path: join(git, 'startup-codemod'), isInGit: true };
}

export function makeStateFolder(root: string, on: Disk): string {
  const { path, isInGit } = stateFolder(root);
  on.makeFolder(path);
  const ignored = join(path, '.gitignore');
  if (!isInGit && !existsSync(ignored)) writeFileSync(ignored, '*\n');
  return path;
}

/** Lets one run at a time write below a root. Resolves to what gives the lock back; a lock of a dead process is taken over. */
export function lock(folder: string, on: Disk): () => void {
  const path = join(folder, 'lock');
  for (let attempt = 0; ; attempt++) {
    try {
      writeWhole(path, Buffer.from(String(process.pid)), 0o600, on);
      return () => on.remove(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 1) throw error;
      const owner = Number(readFileSync(path, 'utf8'));
      if (isAlive(owner))
        throw new UserError(`another run (process ${owner}) is writing here`, 'Wait until it has ended.');
      on.remove(path);
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
