import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type FileChange, unifiedDiff } from '../core/index.ts';
import { type Disk, removeQuietly, writeWhole } from './disk.ts';
import type { StateFolder } from './state-folder.ts';

/** Puts the patch that takes the changes back on the disk, before they are made. It counts only once it is kept. */
export function prepareUndoPatch(state: StateFolder, changes: readonly FileChange[], on: Disk): void {
  const temporary = `${preparedFile(state)}.new`;
  removeQuietly(temporary, on);
  writeWhole(temporary, Buffer.from(patchOf(changes)), on);
  on.rename(temporary, preparedFile(state));
}

/** Makes the prepared patch `undo.patch`; the one of the run before gets a number. Returns its path. */
export function keepUndoPatch(state: StateFolder, on: Disk): string | undefined {
  if (!existsSync(preparedFile(state))) return undefined;
  const path = undoFile(state);
  if (existsSync(path)) on.rename(path, numbered(state));
  on.rename(preparedFile(state), path);
  return path;
}

export function discardUndoPatch(state: StateFolder, on: Disk): void {
  removeQuietly(preparedFile(state), on);
}

function patchOf(changes: readonly FileChange[]): string {
  return changes.map(reversed).map(unifiedDiff).join('');
}

function undoFile(state: StateFolder): string {
  return join(state.path, 'undo.patch');
}

function preparedFile(state: StateFolder): string {
  return join(state.path, 'undo.patch.new');
}

function numbered(state: StateFolder): string {
  for (let number = 1; ; number++) {
    const path = join(state.path, `undo-${number}.patch`);
    if (!existsSync(path)) return path;
  }
}

function reversed({ path, before, after }: FileChange): FileChange {
  return {
    path,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  };
}
