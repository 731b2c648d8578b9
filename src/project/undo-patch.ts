import { join } from 'node:path';
import { type FileChange, unifiedDiff } from '../core/index.ts';
import { disk, writeWhole } from './disk.ts';
import { stateFolder } from './state-folder.ts';

/**
 * Outside of a repository nothing else could bring the old texts back: a patch that does stays in the state folder.
 * Returns its path; `undefined` inside a repository.
 */
export function leaveUndoPatch(root: string, changes: readonly FileChange[]): string | undefined {
  const { path, isInGit } = stateFolder(root);
  if (isInGit || changes.length === 0) return undefined;
  const file = join(path, 'undo.patch');
  disk.remove(file);
  writeWhole(file, Buffer.from(changes.map(reversed).map(unifiedDiff).join('')), 0o644, disk);
  return file;
}

function reversed({ path, before, after }: FileChange): FileChange {
  return {
    path,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  };
}
