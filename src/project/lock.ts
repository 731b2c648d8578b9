import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../core/index.ts';
import { type Disk, removeQuietly, writeWhole } from './disk.ts';

/** Writing takes seconds: an older lock is one that a run has left behind, even where its number is in use again. */
const HELD_AT_MOST = 10 * 60_000;
/** A lock without content is one that is just being written. */
const WRITTEN_WITHIN = 10_000;

const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'];

/** Lets one run at a time write with a state folder. Returns what gives the lock back; a lock of a dead process is taken over. */
export function lock(folder: string, on: Disk): () => void {
  const path = join(folder, 'lock');
  for (let attempt = 0; ; attempt++) {
    try {
      makeLock(path, on);
      return () => removeQuietly(path, on);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      takeOver(path, attempt, on);
    }
  }
}

/** The name appears with its content, so that no other run sees half a lock; where there are no hard links, the content follows. */
function makeLock(path: string, on: Disk): void {
  const content = Buffer.from(`${process.pid} ${hostname()}`);
  const own = `${path}.${process.pid}`;
  removeQuietly(own, on);
  writeWhole(own, content, on);
  try {
    on.link(own, path);
  } catch (error) {
    if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    writeWhole(path, content, on);
  } finally {
    removeQuietly(own, on);
  }
}

/** Takes a lock away that nobody holds; by a rename, since another run may just be doing the same. */
function takeOver(path: string, attempt: number, on: Disk): void {
  const owner = ownerOf(path);
  if (owner === undefined) return;
  if (attempt > 2 || owner.isAtWork) {
    throw new UserError(
      `another run is writing here: ${owner.name}`,
      `Wait until it has ended. If there is none, delete ${path}.`,
    );
  }
  const aside = `${path}.${process.pid}.old`;
  on.rename(path, aside);
  removeQuietly(aside, on);
}

interface Owner {
  readonly name: string;
  readonly isAtWork: boolean;
}

/** Who holds the lock; `undefined` where it has just been given back. */
function ownerOf(path: string): Owner | undefined {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const content = readFileSync(path, 'utf8');
    if (content === '') return { name: 'it has just begun', isAtWork: age < WRITTEN_WITHIN };
    const [, pid, host = ''] = /^(\d+) (.*)$/.exec(content) ?? [];
    const isAtWork = age < HELD_AT_MOST && (host !== hostname() || isAlive(Number(pid)));
    return { name: `process ${pid ?? 'unknown'} on ${host || 'an unknown machine'}`, isAtWork };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether another process of this machine runs. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
