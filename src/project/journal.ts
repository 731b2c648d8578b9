import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Disk, writeWhole } from './disk.ts';
import { hashOf } from './read.ts';

/** What a run is about to do, so that the next start can finish it or take it back. Paths are absolute. */
export interface JournalEntry {
  readonly path: string;
  /** The new content, already on the disk beside the file. */
  readonly temporary: string;
  /** SHA-256 before (missing: the file is made) and after. */
  readonly before?: string;
  readonly after: string;
  /** A copy of the old content. */
  readonly backup?: string;
}

const NAME = 'journal.json';

export function writeJournal(folder: string, entries: readonly JournalEntry[], on: Disk): void {
  const path = join(folder, NAME);
  const temporary = `${path}.new`;
  on.remove(temporary);
  writeWhole(temporary, Buffer.from(JSON.stringify(entries)), 0o600, on);
  on.rename(temporary, path);
}

export function removeJournal(folder: string, on: Disk): void {
  on.remove(join(folder, NAME));
}

/**
 * Finishes a run that was killed, where all of its new texts are on the disk; takes it back otherwise. A file that somebody
 * has changed since is left as it is. Returns what was done, as a sentence; `undefined` where nothing was unfinished.
 */
export function recover(folder: string, on: Disk): string | undefined {
  const entries = readJournal(folder);
  if (!entries) return undefined;
  const finished = entries.every(
    (entry) => hashAt(entry.path) === entry.after || hashAt(entry.temporary) === entry.after,
  );
  for (const entry of entries) {
    if (finished) finish(entry, on);
    else takeBack(entry, on);
  }
  clear(entries, on);
  removeJournal(folder, on);
  return `an earlier run was cut off while it wrote: its ${entries.length} file(s) were ${finished ? 'finished' : 'put back'}`;
}

export function takeBack(entry: JournalEntry, on: Disk): void {
  if (hashAt(entry.path) !== entry.after) return;
  if (entry.backup === undefined) on.remove(entry.path);
  else on.rename(entry.backup, entry.path);
}

/** Removes what the run needed only while it wrote. What cannot be removed is litter, and no reason to fail. */
export function clear(entries: readonly JournalEntry[], on: Disk): void {
  for (const path of entries.flatMap(({ temporary, backup }) => [temporary, backup ?? temporary])) {
    try {
      on.remove(path);
    } catch {
      // The files themselves are whole.
    }
  }
}

export function hashAt(path: string): string | undefined {
  try {
    return hashOf(readFileSync(path));
  } catch {
    return undefined;
  }
}

function finish(entry: JournalEntry, on: Disk): void {
  if (hashAt(entry.path) === entry.before && hashAt(entry.temporary) === entry.after)
    on.rename(entry.temporary, entry.path);
}

function readJournal(folder: string): readonly JournalEntry[] | undefined {
  const path = join(folder, NAME);
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as readonly JournalEntry[];
}
