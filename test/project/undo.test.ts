import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Disk, disk } from '../../src/project/disk.ts';
import { hashOf } from '../../src/project/read.ts';
import { undoLastRun } from '../../src/project/undo.ts';
import { type FileToWrite, writeFiles } from '../../src/project/write.ts';
import { contentOf, folderWith } from './temporary-folder.ts';

const OLD = {
  'main.py': 'old main é\r\nlast line\r\n',
  'app/jobs.py': '\ufeffold jobs, no final newline',
  'app/empty.py': '',
};
const NEW = {
  'startup_tasks.py': 'helper\n',
  'main.py': 'new main é\r\nlast line\r\n',
  'app/jobs.py': '\ufeffnew jobs, no final newline',
  'app/empty.py': 'no longer empty\n',
};

/** Writes texts over what the folder holds. */
function write(folder: string, texts: Readonly<Record<string, string>>): void {
  const files = Object.entries(texts).map(([path, text]): FileToWrite => {
    const file = join(folder, path);
    return {
      path,
      content: Buffer.from(text),
      ...(existsSync(file) ? { before: hashOf(readFileSync(file)) } : {}),
    };
  });
  expect(writeFiles(folder, files).failed).toEqual([]);
}

function written(): string {
  const folder = folderWith(OLD);
  write(folder, NEW);
  return folder;
}

/** A disk whose n-th call fails. */
function failingDisk(n: number, code: string): { readonly on: Disk; readonly hasFailed: () => boolean } {
  let calls = 0;
  const wrapped = Object.entries(disk).map(([name, call]: [string, (...args: never[]) => unknown]) => [
    name,
    (...args: never[]) => {
      if (++calls === n) throw Object.assign(new Error(`${code}: ${name}`), { code });
      return call(...args);
    },
  ]);
  return { on: Object.fromEntries(wrapped) as Disk, hasFailed: () => calls >= n };
}

describe('undoLastRun', () => {
  it('takes a run back byte for byte, with the files that it made', () => {
    const folder = written();
    expect(undoLastRun(folder)?.failed).toEqual([]);
    expect(contentOf(folder)).toEqual(OLD);
    expect(existsSync(join(folder, '.startup-codemod'))).toBe(false);
  });

  it('takes the runs back one after the other, the last one first', () => {
    const folder = folderWith({ 'main.py': 'v0\n' });
    for (const n of [1, 2, 3, 4]) write(folder, { 'main.py': `v${n}\n` });
    undoLastRun(folder);
    expect(contentOf(folder)).toEqual({ 'main.py': 'v3\n' });
    undoLastRun(folder);
    write(folder, { 'main.py': 'v5\n' });
    for (const text of ['v2\n', 'v1\n', 'v0\n']) {
      undoLastRun(folder);
      expect(contentOf(folder)).toEqual({ 'main.py': text });
    }
    expect(undoLastRun(folder)).toBeUndefined();
  });

  it('names the files that have changed since, and takes nothing back', () => {
    const folder = written();
    writeFileSync(join(folder, 'main.py'), 'edited\n');
    expect(() => undoLastRun(folder)).toThrow(/nothing was taken back.*\n {2}main\.py$/);
    expect(contentOf(folder)).toEqual({ ...NEW, 'main.py': 'edited\n' });
    writeFileSync(join(folder, 'main.py'), NEW['main.py']);
    undoLastRun(folder);
    expect(contentOf(folder)).toEqual(OLD);
  });

  it.skipIf(process.platform === 'win32')('keeps the rights of the files, and the links to them', () => {
    const folder = folderWith(OLD);
    chmodSync(join(folder, 'main.py'), 0o751);
    symlinkSync('main.py', join(folder, 'linked.py'));
    write(folder, NEW);
    undoLastRun(folder);
    expect(statSync(join(folder, 'main.py')).mode & 0o7777).toBe(0o751);
    expect(lstatSync(join(folder, 'linked.py')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'linked.py'), 'utf8')).toBe(OLD['main.py']);
  });

  it.skipIf(process.platform === 'win32')('does not write through a link that took the place of a file', () => {
    const folder = written();
    const outside = folderWith({ 'main.py': NEW['main.py'] });
    const made = join(folder, 'main.py');
    disk.remove(made);
    symlinkSync(join(outside, 'main.py'), made);
    const outcome = undoLastRun(folder);
    expect(outcome?.written).toEqual([]);
    expect(outcome?.failed.map(({ path }) => path)).toContain('main.py');
    expect(contentOf(outside)).toEqual({ 'main.py': NEW['main.py'] });
    expect(contentOf(folder)).toMatchObject({ 'startup_tasks.py': 'helper\n', 'app/jobs.py': NEW['app/jobs.py'] });
  });

  it.each(['ENOSPC', 'EACCES'])('is whole or not at all where any call of the disk fails with %s', (code) => {
    for (let n = 1; ; n++) {
      const folder = written();
      const { on, hasFailed } = failingDisk(n, code);
      undoLastRun(folder, on);
      const now = contentOf(folder);
      const isOld = JSON.stringify(sourcesIn(now)) === JSON.stringify(sourcesIn(OLD));
      const isNew = JSON.stringify(sourcesIn(now)) === JSON.stringify(sourcesIn(NEW));
      expect(isOld || isNew, `call ${n}: ${JSON.stringify(now)}`).toBe(true);
      if (!hasFailed()) return;
    }
  });

  it('refuses a record that leads out of the folder', () => {
    const folder = written();
    const patch = join(folder, '.startup-codemod', 'undo.patch');
    writeFileSync(patch, readFileSync(patch, 'utf8').replace('"path":"main.py"', '"path":"../main.py"'));
    expect(() => undoLastRun(folder)).toThrow(/not the record of a run/);
    expect(readdirSync(folder).sort()).toEqual(['.startup-codemod', 'app', 'main.py', 'startup_tasks.py']);
  });
});

/** The files by path, in one order, without what a failing disk may leave beside them. */
function sourcesIn(files: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(files)
    .filter(([path]) => !path.includes('.startup-codemod-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
