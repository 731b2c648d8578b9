import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/index.ts';
import { ruleSchema } from './config-schema.ts';
import { disk, removeQuietly, writeWhole } from './disk.ts';
import { isAlive } from './lock.ts';
import { hashOf } from './read.ts';
import { makeStateFolder, removeIfEmpty, type StateFolder, stateFolder } from './state-folder.ts';

const answer = z.union([
  z.strictObject({ says: z.enum(['yes', 'no', 'restore']) }),
  z.strictObject({
    says: z.literal('change'),
    to: z.enum(['critical', 'background', 'thread', 'leave']),
    reason: z.string().optional(),
    keep: z.union([z.literal('directive'), ruleSchema]).optional(),
  }),
]);

const turn = z.union([
  z.strictObject({ undo: z.literal(true) }),
  z.strictObject({ answer, asked: z.array(z.strictObject({ key: z.string(), print: z.string() })) }),
]);

const head = z.strictObject({ version: z.literal(1), process: z.number(), host: z.string() });

/** One key that a person pressed in a review: an answer to one or more items, each with the print of what was shown; or undo. */
export type SavedTurn = z.output<typeof turn>;

/** A review that is being kept, so that it can go on after this process has ended in whatever way. */
export interface ReviewSession {
  /** Is on the disk when this returns. */
  add(turn: SavedTurn): void;
  end(): void;
}

/** The turns of a review that was not brought to its end. Empty where there is none; one that is open elsewhere is a `UserError`. */
export function savedTurns(root: string): readonly SavedTurn[] {
  const file = sessionFile(stateFolder(root), root);
  if (!existsSync(file)) return [];
  const [first = '', ...lines] = readFileSync(file, 'utf8').split('\n');
  const owner = read(first, head);
  if (owner && owner.host === hostname() && isAlive(owner.process)) {
    throw new UserError(
      `another review is open here: process ${owner.process}`,
      `End it first. If there is none, delete ${file}.`,
    );
  }
  const turns: SavedTurn[] = [];
  for (const line of owner ? lines : []) {
    // The last line is cut off where the process was killed while it wrote: that answer is asked for again.
    const found = read(line, turn);
    if (!found) break;
    turns.push(found);
  }
  return turns;
}

/** Begins a session with what was answered before; one that was kept is replaced. */
export function startSession(root: string, before: readonly SavedTurn[]): ReviewSession {
  const state = stateFolder(root);
  const file = sessionFile(state, root);
  makeStateFolder(state, disk);
  const lines = [{ version: 1, process: process.pid, host: hostname() }, ...before];
  const temporary = `${file}.${process.pid}`;
  removeQuietly(temporary, disk);
  writeWhole(temporary, Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')), disk);
  disk.rename(temporary, file);
  disk.syncFolder(state.path);
  return {
    add: (turn) => append(file, `${JSON.stringify(turn)}\n`),
    end: () => {
      removeQuietly(file, disk);
      removeIfEmpty(state, disk);
    },
  };
}

/** Forgets a review that was kept. */
export function endSession(root: string): void {
  const state = stateFolder(root);
  removeQuietly(sessionFile(state, root), disk);
  if (existsSync(state.path)) removeIfEmpty(state, disk);
}

function append(file: string, line: string): void {
  const handle = openSync(file, 'a');
  try {
    writeSync(handle, line);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function read<T>(line: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Folders of one work tree share a state folder: each has a session of its own. */
function sessionFile(state: StateFolder, root: string): string {
  return join(state.path, `review-${hashOf(Buffer.from(root)).slice(0, 12)}.jsonl`);
}
