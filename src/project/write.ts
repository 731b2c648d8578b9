import { dirname } from 'node:path';
import type { FileChange, FileError } from '../core/index.ts';
import { tryEach } from './dependents.ts';
import { type Disk, disk } from './disk.ts';
import { endJournal, type Journal, journalFile, journalState, writeJournal } from './journal.ts';
import { lock } from './lock.ts';
import { type FileToWrite, type PlannedFile, planOf, putInPlace, stage } from './planned-file.ts';
import { recoverLocked, takeBack } from './recover.ts';
import { deferSignals } from './signals.ts';
import { makeStateFolder, removeIfEmpty, type StateFolder, stateFolder } from './state-folder.ts';
import { discardUndoPatch, dropUndoPatch, keepUndoPatch, prepareUndoPatch } from './undo-patch.ts';
import { recordOf } from './undo-record.ts';
import { reasonOf } from './write-errors.ts';

export type { FileToWrite } from './planned-file.ts';

export interface WriteOutcome {
  readonly written: readonly string[];
  readonly failed: readonly FileError[];
  /** What was done about an earlier run that was cut off. */
  readonly recovered?: string;
  /** A patch that takes back what was written, absolute. */
  readonly undoPatch?: string;
}

/**
 * Writes files, each whole or not at all. New texts, copies of the old ones and the patch that takes the run back are on the
 * disk, and named in a journal, before the first file is replaced; so a run that is killed can be finished or taken back by
 * the next one. Files that are made come first in the list, since the others import them; files that are removed come last.
 * A run that takes an earlier one back names it, and leaves no patch.
 */
export function writeFiles(
  root: string,
  files: readonly FileToWrite[],
  on: Disk = disk,
  undoes?: string,
): WriteOutcome {
  try {
    return locked(root, on, (state) => {
      const recovered = recoverLocked(state, on);
      return { ...writeLocked(root, state, files, on, undoes), ...(recovered === undefined ? {} : { recovered }) };
    });
  } catch (error) {
    return nothing(files, [], `the state folder ${reasonOf(error)}`);
  }
}

/**
 * Finishes a run that was killed while it wrote, or takes it back. Returns what was done, as a sentence; `undefined` where
 * nothing was unfinished. To be called before files are read that are to be written.
 */
export function recover(root: string, on: Disk = disk): string | undefined {
  return journalState(stateFolder(root)) === 'unfinished'
    ? locked(root, on, (state) => recoverLocked(state, on))
    : undefined;
}

/** One run at a time, and not ended by a signal. */
function locked<T>(root: string, on: Disk, action: (state: StateFolder) => T): T {
  const state = stateFolder(root);
  const allowSignals = deferSignals();
  try {
    makeStateFolder(state, on);
    const unlock = lock(state.path, on);
    try {
      return action(state);
    } finally {
      unlock();
    }
  } finally {
    removeIfEmpty(state, on);
    allowSignals();
  }
}

function writeLocked(
  root: string,
  state: StateFolder,
  files: readonly FileToWrite[],
  on: Disk,
  undoes: string | undefined,
): WriteOutcome {
  const plans = new Map<FileToWrite, PlannedFile>();
  const wrapped = files.map((file) => ({ file }));
  const checked = tryEach(wrapped, files, ({ file }) => plans.set(file, planOf(root, file)));
  const planned = checked.done.flatMap(({ file }) => plans.get(file) ?? []);
  if (checked.isFatal) return nothing(files, checked.failed);
  if (planned.length === 0) return { written: [], failed: checked.failed };
  let staged: readonly PlannedFile[];
  let failed: readonly FileError[];
  try {
    writeJournal(state, journalOf('staging', planned, undoes), on);
    const tried = tryEach(planned, files, (item) => stage(item, on));
    [staged, failed] = [tried.done, [...checked.failed, ...tried.failed]];
    if (tried.isFatal) return ended(nothing(files, failed), state, on);
    if (undoes === undefined) prepareUndoPatch(state, staged.map(changeOf), recordOf(state, staged), on);
    for (const folder of foldersOf(staged)) on.syncFolder(folder);
    writeJournal(state, journalOf('replacing', staged, undoes), on);
  } catch (error) {
    discardUndoPatch(state, on);
    return ended(nothing(files, checked.failed, `the state folder ${reasonOf(error)}`), state, on);
  }
  return replace(state, staged, files, failed, on, undoes);
}

/** Lets the staged texts take their places. What needs a file that could not be replaced is put back; all of them where the disk fails. */
function replace(
  state: StateFolder,
  staged: readonly PlannedFile[],
  files: readonly FileToWrite[],
  earlier: readonly FileError[],
  on: Disk,
  undoes: string | undefined,
): WriteOutcome {
  const tried = tryEach(staged, files, (item) => putInPlace(item, on));
  const stuck = (tried.isFatal ? tried.done : tried.dependents).flatMap((item) => putBack(item, on));
  const failed = [...earlier, ...tried.failed, ...stuck];
  const done = tried.isFatal ? [] : tried.done;
  // The journal and the copies of the old texts stay for the next start.
  if (stuck.length > 0) return { written: done.map(({ file }) => file.path), failed };
  const patch = keepHistory(state, staged, done, on, undoes);
  if (tried.isFatal) return ended(nothing(files, failed), state, on);
  return ended(
    { written: done.map(({ file }) => file.path), failed: [...failed, ...patch.failed], ...patch.kept },
    state,
    on,
  );
}

/** Keeps the patch for what was really written; the one of a run that was taken back is dropped. */
function keepHistory(
  state: StateFolder,
  staged: readonly PlannedFile[],
  done: readonly PlannedFile[],
  on: Disk,
  undoes: string | undefined,
) {
  try {
    if (undoes !== undefined && done.length > 0) dropUndoPatch(state, undoes, on);
    else if (done.length === 0) discardUndoPatch(state, on);
    else if (done.length < staged.length) prepareUndoPatch(state, done.map(changeOf), recordOf(state, done), on);
    const path = keepUndoPatch(state, on);
    return { kept: path === undefined ? {} : { undoPatch: path }, failed: [] };
  } catch (error) {
    return {
      kept: {},
      failed: [{ path: state.path, message: `the patch that takes this run back ${reasonOf(error)}` }],
    };
  }
}

function ended(outcome: WriteOutcome, state: StateFolder, on: Disk): WriteOutcome {
  try {
    endJournal(state, on);
    return outcome;
  } catch (error) {
    const failure = { path: journalFile(state), message: `${reasonOf(error)}: delete it, the run has ended` };
    return { ...outcome, failed: [...outcome.failed, failure] };
  }
}

function putBack({ file, entry }: PlannedFile, on: Disk): readonly FileError[] {
  try {
    takeBack(entry, on);
    return [];
  } catch (error) {
    const place = entry.backup === undefined ? '' : `; its old text is in ${entry.backup}`;
    return [{ path: file.path, message: `could not be put back: it ${reasonOf(error)}${place}` }];
  }
}

function journalOf(phase: Journal['phase'], planned: readonly PlannedFile[], undoes: string | undefined): Journal {
  return { phase, entries: planned.map(({ entry }) => entry), ...(undoes === undefined ? {} : { undoes }) };
}

function foldersOf(planned: readonly PlannedFile[]): ReadonlySet<string> {
  return new Set(planned.map(({ entry }) => dirname(entry.path)));
}

function changeOf({ file, old }: PlannedFile): FileChange {
  const textOf = (content: Uint8Array) => Buffer.from(content).toString('utf8');
  return {
    path: file.path,
    ...(file.content ? { after: textOf(file.content) } : {}),
    ...(old ? { before: textOf(old.content) } : {}),
  };
}

/** Nothing was written: every file is named, with the failure that kept it from being written. */
function nothing(files: readonly FileToWrite[], failed: readonly FileError[], cause?: string): WriteOutcome {
  const last = failed.at(-1);
  const because = cause ?? `${last?.path} ${last?.message}`;
  const named = new Set(failed.map(({ path }) => path));
  const rest = files.filter((file) => !named.has(file.path));
  return {
    written: [],
    failed: [...failed, ...rest.map(({ path }) => ({ path, message: `not written, because ${because}` }))],
  };
}
