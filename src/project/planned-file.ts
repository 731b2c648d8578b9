import { accessSync, constants, existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Disk, type Rights, writeWhole } from './disk.ts';
import { type JournalEntry, nameBeside } from './journal.ts';
import { hashAt, hashOf } from './read.ts';
import { isInside } from './root.ts';
import { Refusal } from './write-errors.ts';

/** A file to write, make or remove. `before` is the hash of what was read; missing for a file that is made. */
export interface FileToWrite {
  readonly path: string;
  /** Missing for a file that is removed. */
  readonly content?: Uint8Array;
  readonly before?: string;
  /** Files of the same list without which this one makes no sense; where it is missing, every file that is made. */
  readonly needs?: readonly string[];
}

/** A file of a run with what the journal says of it, and what stands on the disk. */
export interface PlannedFile {
  readonly file: FileToWrite;
  readonly entry: JournalEntry;
  readonly old?: { readonly content: Uint8Array; readonly rights: Rights };
}

const CHANGED = 'has changed since it was read: run again to plan it anew';
const EXISTS = 'exists by now: run again to plan it anew';

/** Checks that the file is the one that was read, and that it may be written. Changes nothing. */
export function planOf(root: string, file: FileToWrite): PlannedFile {
  const path = join(root, file.path);
  const after = file.content && { after: hashOf(file.content) };
  const entry = { path, temporary: nameBeside(path, 'new'), ...after };
  if (file.before === undefined) {
    if (isTaken(path)) throw new Refusal(EXISTS);
    if (!isFolderInside(dirname(path), root)) throw new Refusal('is outside of the root: nothing is written there');
    return { file, entry };
  }
  const { mode, uid, gid } = checkedStat(root, path);
  const content = readFileSync(path);
  if (hashOf(content) !== file.before) throw new Refusal(CHANGED);
  const rights = { mode: mode & 0o7777, user: uid, group: gid };
  return {
    file,
    entry: { ...entry, before: file.before, backup: nameBeside(path, 'old') },
    old: { content, rights },
  };
}

/** Puts the new text, where there is one, and a copy of the old one on the disk beside the file. */
export function stage({ file, entry, old }: PlannedFile, on: Disk): void {
  if (old && entry.backup !== undefined) writeWhole(entry.backup, old.content, on, old.rights);
  else on.makeFolder(dirname(entry.path));
  if (file.content) writeWhole(entry.temporary, file.content, on, old?.rights);
}

/** Lets the new text take the file's place, or removes the file, if it is still the one that was read. */
export function putInPlace({ entry }: PlannedFile, on: Disk): void {
  if (entry.before === undefined ? isTaken(entry.path) : hashAt(entry.path) !== entry.before)
    throw new Refusal(entry.before === undefined ? EXISTS : CHANGED);
  if (entry.after === undefined) on.remove(entry.path);
  else on.rename(entry.temporary, entry.path);
}

function checkedStat(root: string, path: string) {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink() || !isInside(realpathSync(path), root))
    throw new Refusal('is behind a link by now: nothing is written through it');
  if ((stat.mode & 0o222) === 0 || !isWritable(path))
    throw new Refusal('is read-only: give yourself the right to write it, or leave it out');
  return stat;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Also by a link that leads nowhere. */
function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether a folder, or where it is still to be made the nearest one above it, is inside the root, links resolved. */
function isFolderInside(folder: string, root: string): boolean {
  if (!isInside(folder, root)) return false;
  return existsSync(folder) ? isInside(realpathSync(folder), root) : isFolderInside(dirname(folder), root);
}
