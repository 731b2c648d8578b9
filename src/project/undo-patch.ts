import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileChange, unifiedDiff } from '../core/index.ts';
import { type Disk, removeQuietly, writeWhole } from './disk.ts';
import type { StateFolder } from './state-folder.ts';
import { hasId, lineOf, type RunRecord, recordIn } from './undo-record.ts';

/**
 * Puts the patch that takes the changes back on the disk, before they are made. It counts only once it is kept. Its last line
 * is the record for `undo`: `git apply` and `patch` read past it.
 */
export function prepareUndoPatch(
  state: StateFolder,
  changes: readonly FileChange[],
  record: RunRecord,
  on: Disk,
): void {
  const temporary = `${preparedFile(state)}.new`;
  removeQuietly(temporary, on);
  writeWhole(temporary, Buffer.from(patchOf(changes) + lineOf(record)), on);
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

/** The record of the run that was kept last and is not taken back. */
export function lastRecord(state: StateFolder): RunRecord | undefined {
  const [last] = keptFiles(state);
  return last === undefined ? undefined : recordIn(last, readFileSync(last, 'utf8'), state.base);
}

/** Forgets the run with this id: it is taken back. */
export function dropUndoPatch(state: StateFolder, id: string, on: Disk): void {
  const [last] = keptFiles(state);
  if (last !== undefined && hasId(readFileSync(last, 'utf8'), id)) on.remove(last);
}

/** The patches that are kept, the latest first: the highest number is the run before `undo.patch`. */
function keptFiles(state: StateFolder): readonly string[] {
  const names = existsSync(state.path) ? readdirSync(state.path) : [];
  const numbers = names.flatMap((name) => /^undo-(\d+)\.patch$/.exec(name)?.[1] ?? []).map(Number);
  const older = numbers.sort((a, b) => b - a).map((number) => join(state.path, `undo-${number}.patch`));
  return [...[undoFile(state)].filter(existsSync), ...older];
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
  const highest = keptFiles(state).flatMap((path) => /undo-(\d+)\.patch$/.exec(path)?.[1] ?? [])[0] ?? 0;
  return join(state.path, `undo-${Number(highest) + 1}.patch`);
}

function reversed({ path, before, after }: FileChange): FileChange {
  return {
    path,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  };
}
