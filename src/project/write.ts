import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileError } from '../core/index.ts';
import { type Disk, disk, nameBeside, writeWhole } from './disk.ts';
import { clear, type JournalEntry, recover, removeJournal, takeBack, writeJournal } from './journal.ts';
import { hashOf } from './read.ts';
import { isInside } from './root.ts';
import { deferSignals } from './signals.ts';
import { lock, makeStateFolder } from './state-folder.ts';
import { isFatal, Refusal, reasonOf } from './write-errors.ts';

/** A file to write. `before` is the hash of what was read; missing for a file that is made. */
export interface FileToWrite {
  readonly path: string;
  readonly content: Uint8Array;
  readonly before?: string;
}

export interface WriteOutcome {
  readonly written: readonly string[];
  readonly failed: readonly FileError[];
  /** What was done about an earlier run that was cut off. */
  readonly recovered?: string;
}

/**
 * Writes files, each whole or not at all. New texts and copies of the old ones are on the disk, and named in a journal, before
 * the first file is replaced; so a run that is killed can be finished or taken back by the next one. Files that are made come
 * first in the list, since the others import them: where one of them cannot be made, nothing is written.
 */
export function writeFiles(root: string, files: readonly FileToWrite[], on: Disk = disk): WriteOutcome {
  const allowSignals = deferSignals();
  try {
    const folder = makeStateFolder(root, on);
    const unlock = lock(folder, on);
    try {
      const recovered = recover(folder, on);
      return { ...writeLocked(root, folder, files, on), ...(recovered === undefined ? {} : { recovered }) };
    } finally {
      unlock();
    }
  } catch (error) {
    return nothing(files, [{ path: files[0]?.path ?? root, message: reasonOf(error) }]);
  } finally {
    allowSignals();
  }
}

/** A file of this run with what the journal says of it. */
interface Planned {
  readonly file: FileToWrite;
  readonly entry: JournalEntry;
  readonly mode: number;
}

function writeLocked(root: string, folder: string, files: readonly FileToWrite[], on: Disk): WriteOutcome {
  const planned = tryEach(
    files.map((file) => ({ file })),
    ({ file }) => planOf(root, file),
  );
  if (planned.isFatal) return nothing(files, planned.failed);
  const entries = planned.done.map(({ entry }) => entry);
  writeJournal(folder, entries, on);
  try {
    const staged = tryEach(planned.done, (item) => stage(item, on));
    const failed = [...planned.failed, ...staged.failed];
    return staged.isFatal ? nothing(files, failed) : commit(staged.done, failed, on);
  } finally {
    clear(entries, on);
    removeJournal(folder, on);
  }
}

/** Checks that the file is the one that was read, and that it may be written. Changes nothing. */
function planOf(root: string, file: FileToWrite): Planned {
  const path = join(root, file.path);
  const entry = { path, temporary: nameBeside(path, 'new'), after: hashOf(file.content) };
  if (file.before === undefined) {
    if (existsSync(path)) throw new Refusal('exists by now: run again to plan it anew');
    return { file, entry, mode: 0o666 & ~process.umask() };
  }
  if (lstatSync(path).isSymbolicLink() || !isInside(realpathSync(path), root)) {
    throw new Refusal('is behind a link by now: nothing is written through it');
  }
  if (hashOf(readFileSync(path)) !== file.before)
    throw new Refusal('has changed since it was read: run again to plan it anew');
  const { mode } = statSync(path);
  if ((mode & 0o222) === 0) throw new Refusal('is read-only: give yourself the right to write it, or leave it out');
  return { file, entry: { ...entry, before: file.before, backup: nameBeside(path, 'old') }, mode: mode & 0o7777 };
}

/** Puts the new text, and a copy of the old one, on the disk beside the file. */
function stage(planned: Planned, on: Disk): Planned {
  const { file, entry, mode } = planned;
  if (entry.backup === undefined) on.makeFolder(dirname(entry.path));
  else writeWhole(entry.backup, readFileSync(entry.path), mode, on);
  writeWhole(entry.temporary, file.content, mode, on);
  return planned;
}

/** Renames the staged files into place; where one that others import cannot be made, all are put back. */
function commit(staged: readonly Planned[], failed: readonly FileError[], on: Disk): WriteOutcome {
  const renamed = tryEach(staged, (planned) => {
    on.rename(planned.entry.temporary, planned.entry.path);
    return planned;
  });
  const all = [...failed, ...renamed.failed];
  if (!renamed.isFatal) return { written: renamed.done.map(({ file }) => file.path), failed: all };
  for (const { entry } of staged) takeBack(entry, on);
  return nothing(
    staged.map(({ file }) => file),
    all,
  );
}

interface Tried<R> {
  readonly done: readonly R[];
  readonly failed: readonly FileError[];
  /** The disk fails, or a file that others import does: nothing may be written. */
  readonly isFatal: boolean;
}

/** Does something for each file; stops where no other file could be written either. */
function tryEach<T extends { readonly file: FileToWrite }, R>(items: readonly T[], action: (item: T) => R): Tried<R> {
  const done: R[] = [];
  const failed: FileError[] = [];
  for (const item of items) {
    try {
      done.push(action(item));
    } catch (error) {
      failed.push({ path: item.file.path, message: reasonOf(error) });
      if (isFatal(error) || item.file.before === undefined) return { done, failed, isFatal: true };
    }
  }
  return { done, failed, isFatal: false };
}

/** Nothing was written: every file is named, with the failure that kept it from being written. */
function nothing(files: readonly FileToWrite[], failed: readonly FileError[]): WriteOutcome {
  const cause = failed.at(-1);
  const named = new Set(failed.map(({ path }) => path));
  const rest = files.filter((file) => !named.has(file.path));
  const message = `not written, because ${cause?.path} ${cause?.message}`;
  return { written: [], failed: [...failed, ...rest.map(({ path }) => ({ path, message }))] };
}
