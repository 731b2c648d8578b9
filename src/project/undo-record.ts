import { randomBytes } from 'node:crypto';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/index.ts';
import type { PlannedFile } from './planned-file.ts';
import { isInside, slashed } from './root.ts';
import type { StateFolder } from './state-folder.ts';

/** What `undo` needs of a run: of each file what it was and what the run made of it. Paths are relative to the state folder's base. */
export interface RunRecord {
  /** Tells the runs apart. */
  readonly id: string;
  readonly files: readonly RecordedFile[];
}

export interface RecordedFile {
  readonly path: string;
  /** The old content as base64; missing for a file that was made. */
  readonly old?: string | undefined;
  /** SHA-256 of what was written. */
  readonly after: string;
}

const MARK = '# startup-codemod undo ';

const schema = z.strictObject({
  id: z.string(),
  files: z.array(z.strictObject({ path: z.string(), old: z.base64().optional(), after: z.string() })),
});

export function recordOf(state: StateFolder, written: readonly PlannedFile[]): RunRecord {
  const files = written.flatMap(({ entry: { path, after }, old }) => {
    if (after === undefined) return [];
    const content = old && { old: Buffer.from(old.content).toString('base64') };
    return [{ path: slashed(relative(state.base, path)), after, ...content }];
  });
  return { id: randomBytes(8).toString('hex'), files };
}

/** The record as the last line of a patch. */
export function lineOf({ id, files }: RunRecord): string {
  return `${MARK}${id} ${JSON.stringify({ id, files })}\n`;
}

/** Whether the patch has the record of the run with this id. */
export function hasId(patch: string, id: string): boolean {
  return patch.includes(`\n${MARK}${id} `);
}

/** The record in a patch. It is a file that anybody could have put there: a path that leads out of the base is an error. */
export function recordIn(file: string, patch: string, base: string): RunRecord {
  const line = patch.slice(patch.lastIndexOf(`\n${MARK}`) + 1);
  try {
    const record = schema.parse(JSON.parse(line.startsWith(MARK) ? line.slice(line.indexOf('{')) : ''));
    if (record.files.every(({ path }) => isInside(join(base, path), base))) return record;
  } catch {
    // It is said below what that means for the user.
  }
  throw new UserError(
    `${file}: not the record of a run that could be taken back`,
    'It may be of an older version: take it back with `git apply` or `patch -p1`, then delete it.',
  );
}
