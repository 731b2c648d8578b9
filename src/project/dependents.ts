import type { FileError } from '../core/index.ts';
import type { FileToWrite } from './planned-file.ts';
import { isFatal, reasonOf } from './write-errors.ts';

/** What became of an action that was tried on a list of files. */
export interface Tried<T> {
  readonly done: readonly T[];
  /** Done, but a file that it needs failed, or one that needs it in turn. */
  readonly dependents: readonly T[];
  readonly failed: readonly FileError[];
  /** The disk fails: no other file would fare better. */
  readonly isFatal: boolean;
}

/** Does something for each file; stops where the disk fails. A file whose needs are not met fails with what it needs. */
export function tryEach<T extends { readonly file: FileToWrite }>(
  items: readonly T[],
  all: readonly FileToWrite[],
  action: (item: T) => void,
): Tried<T> {
  const done: T[] = [];
  const failed: FileError[] = [];
  for (const item of items) {
    try {
      if (missingNeed(item.file, all, failed) === undefined) action(item);
      done.push(item);
    } catch (error) {
      failed.push({ path: item.file.path, message: reasonOf(error) });
      if (isFatal(error)) return { done, dependents: [], failed, isFatal: true };
    }
  }
  return { ...withoutDependents(done, all, failed), isFatal: false };
}

function withoutDependents<T extends { readonly file: FileToWrite }>(
  items: readonly T[],
  all: readonly FileToWrite[],
  errors: readonly FileError[],
) {
  const failed = [...errors];
  const dependents: T[] = [];
  let done = items;
  for (let before = -1; before !== failed.length; ) {
    before = failed.length;
    const orphans = done.filter(({ file }) => missingNeed(file, all, failed) !== undefined);
    for (const { file } of orphans) failed.push({ path: file.path, message: messageOf(file, all, failed) });
    dependents.push(...orphans);
    done = done.filter((item) => !orphans.includes(item));
  }
  return { done, dependents, failed };
}

function messageOf(file: FileToWrite, all: readonly FileToWrite[], failed: readonly FileError[]): string {
  const need = missingNeed(file, all, failed);
  return `not written, because ${need?.path} ${need?.message}`;
}

function missingNeed(
  file: FileToWrite,
  all: readonly FileToWrite[],
  failed: readonly FileError[],
): FileError | undefined {
  const made = () => all.filter(({ before, path }) => before === undefined && path !== file.path);
  const needs = new Set(file.needs ?? made().map(({ path }) => path));
  return failed.find(({ path }) => needs.has(path));
}
