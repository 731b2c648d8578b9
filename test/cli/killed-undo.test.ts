import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { undoLastRun } from '../../src/project/undo.ts';
import { contentOf, folderWith } from '../project/temporary-folder.ts';
import { NEW, OLD, signalsGivenBack, writeTexts } from './killed-run.ts';

/** Takes the last run back, and sends itself SIGKILL before the n-th call of the disk. */
const script = `
const { disk } = await import(process.env.DISK);
const { undoLastRun } = await import(process.env.UNDO);
const [root, n] = process.argv.slice(1);
let calls = 0;
const watched = Object.fromEntries(Object.entries(disk).map(([name, call]) => [name, (...args) => {
  if (++calls === Number(n)) process.kill(process.pid, 'SIGKILL');
  return call(...args);
}]));
undoLastRun(root, watched);
`;

function killedUndo(root: string, n: number) {
  const module = (name: string) => pathToFileURL(resolve('dist/src/project', name)).href;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, root, String(n)], {
    encoding: 'utf8',
    env: { ...process.env, DISK: module('disk.js'), UNDO: module('undo.js') },
  });
}

describe.skipIf(process.platform === 'win32')('an undo that is killed', () => {
  it('before any call of the disk leaves every file whole; the next start ends what it began, and no other run is lost', async () => {
    const earlier = { 'main.py': 'before all main\n' };
    for (let n = 1; ; n++) {
      const folder = folderWith({ ...OLD, ...earlier });
      writeTexts(folder, { 'main.py': OLD['main.py'] ?? '' });
      writeTexts(folder, NEW);
      const killed = killedUndo(folder, n);
      const files = contentOf(folder);
      for (const [path, text] of Object.entries(OLD)) expect([text, NEW[path]]).toContain(files[path]);
      const importers = Object.keys(OLD).filter((path) => files[path] === NEW[path]);
      if (importers.length > 0) expect(files['startup_tasks.py']).toBe(NEW['startup_tasks.py']);
      // The first start may only finish what was cut off; the second one then goes on.
      for (let starts = 0; starts < 3 && contentOf(folder)['startup_tasks.py'] !== undefined; starts++)
        undoLastRun(folder);
      const isUnfinished = undoLastRun(folder)?.recovered !== undefined;
      if (isUnfinished) {
        expect(contentOf(folder)).toEqual(OLD);
        undoLastRun(folder);
      }
      expect(contentOf(folder)).toEqual({ ...OLD, ...earlier });
      expect(undoLastRun(folder)).toBeUndefined();
      if (killed.signal === null) return;
      await signalsGivenBack();
    }
  });
});
