import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { hashOf } from '../../src/project/read.ts';
import { writeFiles } from '../../src/project/write.ts';

/** A project before the run that is killed, and what that run makes of it: one file is new, two are changed. */
export const OLD: Readonly<Record<string, string>> = { 'main.py': 'old main é\n', 'app/jobs.py': 'old jobs\n' };
export const NEW: Readonly<Record<string, string>> = {
  'startup_tasks.py': 'helper\n',
  'main.py': 'new main é\n',
  'app/jobs.py': 'new jobs\n',
};

/** Writes what differs, as a run of its own that nothing disturbs. */
export function writeTexts(root: string, texts: Readonly<Record<string, string>>): void {
  const files = Object.entries(texts).flatMap(([path, text]) => {
    const file = join(root, path);
    const before = existsSync(file) ? readFileSync(file) : undefined;
    if (before?.toString() === text) return [];
    return [{ path, content: Buffer.from(text), ...(before && { before: hashOf(before) }) }];
  });
  writeFiles(root, files);
}

/** A write keeps its handlers of signals for two more turns of the event loop. */
export async function signalsGivenBack(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
