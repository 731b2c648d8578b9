import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/index.ts';
import { type Disk, removeQuietly, writeWhole } from './disk.ts';
import { isInside, slashed } from './root.ts';
import type { StateFolder } from './state-folder.ts';

/** One file of a run: what stands on the disk before, beside and after. Paths are absolute. */
export interface JournalEntry {
  readonly path: string;
  /** The new content, beside the file until it takes its place. */
  readonly temporary: string;
  /** A copy of the old content; missing for a file that is made. */
  readonly backup?: string;
  /** SHA-256 before (missing: the file is made) and after (missing: it is removed). */
  readonly before?: string;
  readonly after?: string;
}

/** `staging`: no file has been replaced yet. `replacing`: every new text is on the disk, and files take their places. */
export interface Journal {
  readonly phase: 'staging' | 'replacing';
  readonly entries: readonly JournalEntry[];
  /** Id of the earlier run that this one takes back. */
  readonly undoes?: string;
}

const schema = z.strictObject({
  phase: z.enum(['staging', 'replacing']),
  entries: z.array(
    z.strictObject({
      path: z.string(),
      temporary: z.string(),
      backup: z.string().optional(),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
  undoes: z.string().optional(),
});

/** What the run is about to do, so that the next start can finish it or take it back. */
export function writeJournal(state: StateFolder, journal: Journal, on: Disk): void {
  const path = journalFile(state);
  const temporary = `${path}.new`;
  const entries = journal.entries.map((entry) => withPaths(entry, (file) => slashed(relative(state.base, file))));
  removeQuietly(temporary, on);
  writeWhole(temporary, Buffer.from(JSON.stringify({ ...journal, entries })), on);
  on.rename(temporary, path);
  on.syncFolder(state.path);
}

/** The run has ended: from here on only what it needed while it wrote is left to be removed. */
export function endJournal(state: StateFolder, on: Disk): void {
  if (existsSync(journalFile(state))) on.rename(journalFile(state), endedFile(state));
  if (!existsSync(endedFile(state))) return;
  for (const { temporary, backup } of readJournal(state, endedFile(state)).entries) {
    removeQuietly(temporary, on);
    if (backup !== undefined) removeQuietly(backup, on);
  }
  removeQuietly(endedFile(state), on);
}

/** `unfinished`: files may be half-way between old and new. `ended`: only its leavings are there. */
export function journalState(state: StateFolder): 'none' | 'unfinished' | 'ended' {
  if (existsSync(journalFile(state))) return 'unfinished';
  return existsSync(endedFile(state)) ? 'ended' : 'none';
}

/** The journal of a run that was cut off. It is a file that anybody could have put there: nothing outside is done on its word. */
export function readJournal(state: StateFolder, file = journalFile(state)): Journal {
  const { phase, entries, undoes } = parsed(file);
  const absolute = entries.map((entry) => withPaths(entry, (path) => join(state.base, path)));
  for (const { path, temporary, backup = temporary } of absolute) {
    const isOurs = [temporary, backup].every((own) => dirname(own) === dirname(path) && OWN_NAME.test(basename(own)));
    if (!isOurs || !isFolderInside(dirname(path), state.base)) throw unusable(file);
  }
  return { phase, entries: absolute, ...(undoes === undefined ? {} : { undoes }) };
}

export function journalFile(state: StateFolder): string {
  return join(state.path, 'journal.json');
}

/** A name beside the file, on the same file system, so that a rename puts it in place in one step. */
export function nameBeside(path: string, purpose: 'new' | 'old'): string {
  return join(dirname(path), `.startup-codemod-${randomBytes(6).toString('hex')}.${purpose}`);
}

const OWN_NAME = /^\.startup-codemod-[0-9a-f]{12}\.(new|old)$/;

function endedFile(state: StateFolder): string {
  return join(state.path, 'journal.ended.json');
}

function parsed(file: string): z.output<typeof schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw unusable(file);
  }
}

function unusable(file: string): UserError {
  return new UserError(
    `${file}: not the journal of a run that could be finished or taken back`,
    'Look at the files that were written last, then delete it.',
  );
}

function withPaths(entry: z.output<typeof schema>['entries'][number], change: (path: string) => string): JournalEntry {
  const { path, temporary, backup, before, after } = entry;
  return {
    path: change(path),
    temporary: change(temporary),
    ...(backup === undefined ? {} : { backup: change(backup) }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** A folder that is gone holds nothing that could be changed. */
function isFolderInside(folder: string, base: string): boolean {
  if (!isInside(folder, base)) return false;
  return !existsSync(folder) || isInside(realpathSync(folder), base);
}
