import { createHash } from 'node:crypto';
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What is done at a time takes seconds: an older folder was left behind. */
const HELD_AT_MOST = 60_000;
const PAUSE = 50;

/** Runs an action while no other process of the runner does one for the same project, so that it gets one helper. */
export async function oneAtATime<T>(root: string, action: () => Promise<T>): Promise<T> {
  const folder = join(tmpdir(), `startup-codemod-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
  while (!taken(folder)) await wait(PAUSE);
  try {
    return await action();
  } finally {
    removed(folder);
  }
}

/** A folder can be made by one process only. */
function taken(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isOld(folder)) removed(folder);
    return false;
  }
}

function isOld(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > HELD_AT_MOST;
}

function removed(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
