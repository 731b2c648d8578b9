import { join } from 'node:path';
import { UserError } from '../core/index.ts';
import { type Disk, disk } from './disk.ts';
import { hashAt } from './read.ts';
import { stateFolder } from './state-folder.ts';
import { lastRecord } from './undo-patch.ts';
import type { RecordedFile } from './undo-record.ts';
import { recover, type WriteOutcome, writeFiles } from './write.ts';

/**
 * Takes the last run that wrote back, all of its files or none; `undefined` where no run is left to be taken back. A file that
 * has changed since is a `UserError` that names it. Where a run was cut off, that one is finished or put back, and nothing else.
 */
export function undoLastRun(root: string, on: Disk = disk): WriteOutcome | undefined {
  const recovered = recover(root, on);
  if (recovered !== undefined) return { written: [], failed: [], recovered };
  const state = stateFolder(root);
  const record = lastRecord(state);
  if (record === undefined) return undefined;
  const changed = record.files.filter(({ path, after }) => hashAt(join(state.base, path)) !== after);
  if (changed.length > 0) {
    throw new UserError(
      `nothing was taken back: changed since the run, or gone:\n${changed.map(({ path }) => `  ${path}`).join('\n')}`,
      'Put these files back to what the run wrote, or take back by hand what you do not want.',
    );
  }
  const all = record.files.map(({ path }) => path);
  const isMade = ({ old }: RecordedFile) => old === undefined;
  const files = [...record.files.filter((file) => !isMade(file)), ...record.files.filter(isMade)];
  return writeFiles(
    state.base,
    files.map(({ path, old, after }) => ({
      path,
      before: after,
      needs: all.filter((other) => other !== path),
      ...(old === undefined ? {} : { content: Buffer.from(old, 'base64') }),
    })),
    on,
    record.id,
  );
}
