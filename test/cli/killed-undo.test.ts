import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contentOf, folderWith } from '../project/temporary-folder.ts';
import { NEW, OLD } from './killed-run.ts';

/** Writes texts over those of a folder, or takes the last run back, and sends itself SIGKILL before the n-th call of the disk. */
const script = `
import { readFileSync, existsSync } from 'node:fs';
const { disk } = await import(process.env.DISK);
const { writeFiles } = await import(process.env.WRITE);
const { undoLastRun } = await import(process.env.UNDO);
const { hashOf } = await import(process.env.READ);
const [root, texts, n] = process.argv.slice(1);
let calls = 0;
const watched = Object.fromEntries(Object.entries(disk).map(([name, call]) => [name, (...args) => {
  if (++calls === Number(n)) process.kill(process.pid, 'SIGKILL');
  return call(...args);
}]));
const files = Object.entries(JSON.parse(texts)).map(([path, text]) => {
  const file = root + '/' + path;
  return { path, content: Buffer.from(text), ...(existsSync(file) ? { before: hashOf(readFileSync(file)) } : {}) };
});
const outcome = files.length > 0 ? writeFiles(root, files, watched) : undoLastRun(root, watched);
console.log(JSON.stringify(outcome ?? null));
`;

function run(root: string, texts: Readonly<Record<string, string>>, n: number) {
  const module = (name: string) => pathToFileURL(resolve('dist/src/project', name)).href;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, root, JSON.stringify(texts), String(n)], {
    encoding: 'utf8',
    env: {
      ...process.env,
      DISK: module('disk.js'),
      WRITE: module('write.js'),
      UNDO: module('undo.js'),
      READ: module('read.js'),
    },
  });
}

describe.skipIf(process.platform === 'win32')('an undo that is killed', () => {
  it('before any call of the disk leaves every file whole; the next start ends what it began, and no other run is lost', () => {
    const earlier = { 'main.py': 'before all main\n' };
    for (let n = 1; ; n++) {
      const folder = folderWith({ ...OLD, ...earlier });
      expect(run(folder, { 'main.py': OLD['main.py'] ?? '' }, 0).status).toBe(0);
      expect(run(folder, NEW, 0).status).toBe(0);
      const killed = run(folder, {}, n);
      const files = contentOf(folder);
      for (const [path, text] of Object.entries(OLD)) expect([text, NEW[path]]).toContain(files[path]);
      const importers = Object.keys(OLD).filter((path) => files[path] === NEW[path]);
      if (importers.length > 0) expect(files['startup_tasks.py']).toBe(NEW['startup_tasks.py']);
      // The first start may only finish what was cut off; the second one then goes on.
      for (let starts = 0; starts < 3 && contentOf(folder)['startup_tasks.py'] !== undefined; starts++)
        run(folder, {}, 0);
      const next = run(folder, {}, 0);
      expect(next.status, next.stderr).toBe(0);
      const isUnfinished = (JSON.parse(next.stdout) as { readonly recovered?: string } | null)?.recovered !== undefined;
      if (isUnfinished) {
        expect(contentOf(folder)).toEqual(OLD);
        expect(run(folder, {}, 0).status).toBe(0);
      }
      expect(contentOf(folder)).toEqual({ ...OLD, ...earlier });
      expect(run(folder, {}, 0).stdout).toBe('null\n');
      if (killed.signal === null) return;
    }
  });
});
