import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contentOf, folderWith } from '../project/temporary-folder.ts';
import { NEW, OLD, signalsGivenBack, writeTexts } from './killed-run.ts';

/** Writes NEW over OLD, and sends itself a signal before the n-th call of the disk. */
const script = `
import { readFileSync, existsSync } from 'node:fs';
const { disk } = await import(process.env.DISK);
const { writeFiles } = await import(process.env.WRITE);
const { hashOf } = await import(process.env.READ);
const [root, signal, n] = process.argv.slice(1);
let calls = 0;
const watched = Object.fromEntries(Object.entries(disk).map(([name, call]) => [name, (...args) => {
  if (++calls === Number(n)) process.kill(process.pid, signal);
  return call(...args);
}]));
const files = Object.entries(JSON.parse(process.env.NEW)).map(([path, text]) => {
  const file = root + '/' + path;
  return { path, content: Buffer.from(text), ...(existsSync(file) ? { before: hashOf(readFileSync(file)) } : {}) };
});
const outcome = writeFiles(root, files.filter(({ path, content }) => !existsSync(root + '/' + path) || !readFileSync(root + '/' + path).equals(content)), watched);
console.log(JSON.stringify({ calls, ...outcome }));
`;

function write(root: string, signal: string, n: number) {
  const module = (name: string) => pathToFileURL(resolve('dist/src/project', name)).href;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, root, signal, String(n)], {
    encoding: 'utf8',
    env: {
      ...process.env,
      NEW: JSON.stringify(NEW),
      DISK: module('disk.js'),
      WRITE: module('write.js'),
      READ: module('read.js'),
    },
  });
}

function expectWhole(folder: string): void {
  const files = contentOf(folder);
  for (const [path, text] of Object.entries(OLD)) expect([text, NEW[path]]).toContain(files[path]);
  const isChanged = Object.entries(OLD).some(([path, text]) => files[path] !== text);
  if (isChanged) expect(files['startup_tasks.py']).toBe(NEW['startup_tasks.py']);
}

describe.skipIf(process.platform === 'win32')('a write that is ended by a signal', () => {
  it('SIGKILL before any call of the disk leaves every file whole, and the next run goes on', async () => {
    for (let n = 1; ; n++) {
      const folder = folderWith(OLD);
      const killed = write(folder, 'SIGKILL', n);
      expectWhole(folder);
      writeTexts(folder, NEW);
      expect(contentOf(folder)).toEqual(NEW);
      if (killed.signal === null) return;
      await signalsGivenBack();
    }
  });

  it('SIGINT waits until the files are written, and then ends the process', () => {
    const { calls } = JSON.parse(write(folderWith(OLD), 'SIGINT', 0).stdout) as { readonly calls: number };
    for (const n of [1, Math.ceil(calls / 2), calls]) {
      const folder = folderWith(OLD);
      expect(write(folder, 'SIGINT', n).signal).toBe('SIGINT');
      expect(contentOf(folder)).toEqual(NEW);
      expect(Object.keys(contentOf(join(folder, '.startup-codemod')))).toEqual(['.gitignore', 'undo.patch']);
    }
  });
});
