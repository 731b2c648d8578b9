import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Disk } from './disk.ts';
import { endJournal, type JournalEntry, journalState, readJournal } from './journal.ts';
import { hashAt } from './read.ts';
import type { StateFolder } from './state-folder.ts';
import { discardUndoPatch, dropUndoPatch, keepUndoPatch } from './undo-patch.ts';

/**
 * Takes a run back that was killed before it replaced any file, and finishes one that was killed later. A file that somebody
 * has changed since is left as it is. Returns what was done, as a sentence; `undefined` where nothing was unfinished.
 */
export function recoverLocked(state: StateFolder, on: Disk): string | undefined {
  if (journalState(state) !== 'unfinished') {
    endJournal(state, on);
    return undefined;
  }
  const { phase, entries, undoes } = readJournal(state);
  const goesOn = phase === 'replacing' && !entries.some(isTakenBack);
  for (const entry of entries) {
    if (goesOn) finish(entry, on);
    else takeBack(entry, on);
  }
  const changed = entries.filter((entry) => hashAt(entry.path) !== (goesOn ? entry.after : entry.before));
  syncFolders(entries, on);
  if (!goesOn) discardUndoPatch(state, on);
  else if (undoes === undefined) keepUndoPatch(state, on);
  else dropUndoPatch(state, undoes, on);
  endJournal(state, on);
  return sentence(entries.length, goesOn, changed);
}

/** Puts the old content back where the new one stands, or nothing stands any more; a file that was made is removed. */
export function takeBack(entry: JournalEntry, on: Disk): void {
  if (hashAt(entry.path) !== entry.after) return;
  if (entry.before === undefined) on.remove(entry.path);
  else if (entry.backup !== undefined && hashAt(entry.backup) === entry.before) on.rename(entry.backup, entry.path);
}

/** Makes the renames in the folders of the entries outlast a power cut. */
export function syncFolders(entries: readonly JournalEntry[], on: Disk): void {
  const folders = new Set(entries.map((entry) => dirname(entry.path)));
  for (const folder of folders) if (existsSync(folder)) on.syncFolder(folder);
}

/** The new text has left its place beside the file, and is not in the file: the run was taking its work back. */
function isTakenBack(entry: JournalEntry): boolean {
  if (entry.after === undefined) return !existsSync(entry.backup ?? '') && hashAt(entry.path) === entry.before;
  return !existsSync(entry.temporary) && hashAt(entry.path) === entry.before;
}

function finish(entry: JournalEntry, on: Disk): void {
  if (hashAt(entry.path) !== entry.before) return;
  if (entry.after === undefined) on.remove(entry.path);
  else if (hashAt(entry.temporary) === entry.after) on.rename(entry.temporary, entry.path);
}

function sentence(count: number, goesOn: boolean, changed: readonly JournalEntry[]): string {
  const files = count === 1 ? '1 file was' : `${count} files were`;
  const left = changed.map(({ path }) => path).join(', ');
  const except = left === '' ? '' : `; changed since, and left as they are: ${left}`;
  return `an earlier run was cut off while it wrote: its ${files} ${goesOn ? 'finished' : 'put back'}${except}`;
}
