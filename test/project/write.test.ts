import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Disk, disk } from '../../src/project/disk.ts';
import { hashOf } from '../../src/project/read.ts';
import { type FileToWrite, writeFiles } from '../../src/project/write.ts';
import { contentOf, folderWith } from './temporary-folder.ts';

const OLD = { 'main.py': 'old main é\r\n', 'app/jobs.py': '\ufeffold jobs' };
const NEW = { 'startup_tasks.py': 'helper\n', 'main.py': 'new main é\r\n', 'app/jobs.py': '\ufeffnew jobs' };

function changes(): readonly FileToWrite[] {
  return Object.entries(NEW).map(([path, text]) => {
    const old = (OLD as Readonly<Record<string, string>>)[path];
    return { path, content: Buffer.from(text), ...(old === undefined ? {} : { before: hashOf(Buffer.from(old)) }) };
  });
}

/** A disk whose n-th call fails with a code. */
function failingDisk(n: number, code: string): { readonly on: Disk; readonly hasFailed: () => boolean } {
  let calls = 0;
  const failing =
    (name: keyof Disk) =>
    (...args: never[]) => {
      calls++;
      if (calls === n) throw Object.assign(new Error(`${code}: ${name}`), { code });
      return (disk[name] as (...all: never[]) => unknown)(...args);
    };
  const on = Object.fromEntries(
    Object.keys(disk).map((name) => [name, failing(name as keyof Disk)]),
  ) as unknown as Disk;
  return { on, hasFailed: () => calls >= n };
}

function expectWhole(folder: string): void {
  const files = contentOf(folder);
  for (const [path, text] of Object.entries(OLD))
    expect([text, (NEW as Readonly<Record<string, string>>)[path]]).toContain(files[path]);
  const importers = Object.keys(OLD).filter((path) => files[path] !== (OLD as Readonly<Record<string, string>>)[path]);
  if (importers.length > 0) expect(files['startup_tasks.py']).toBe(NEW['startup_tasks.py']);
}

describe('writeFiles', () => {
  it('writes every file, byte for byte, and leaves nothing else', () => {
    const folder = folderWith(OLD);
    expect(writeFiles(folder, changes())).toMatchObject({ written: Object.keys(NEW), failed: [] });
    expect(contentOf(folder)).toEqual(NEW);
    expect(readdirSync(join(folder, '.startup-codemod'))).toEqual(['.gitignore', 'undo.patch']);
  });

  it.skipIf(process.platform === 'win32')('keeps the mode of a file', () => {
    const folder = folderWith(OLD);
    chmodSync(join(folder, 'main.py'), 0o751);
    writeFiles(folder, changes());
    expect(statSync(join(folder, 'main.py')).mode & 0o777).toBe(0o751);
  });

  it('leaves a file alone that has changed since it was read, and writes the others', () => {
    const folder = folderWith({ ...OLD, 'main.py': 'changed meanwhile\n' });
    const outcome = writeFiles(folder, changes());
    expect(outcome.written).toEqual(['startup_tasks.py', 'app/jobs.py']);
    expect(outcome.failed.map(({ path }) => path)).toEqual(['main.py']);
    expect(contentOf(folder)['main.py']).toBe('changed meanwhile\n');
  });

  it('writes nothing when a file that the others import is there already', () => {
    const folder = folderWith({ ...OLD, 'startup_tasks.py': 'mine\n' });
    expect(writeFiles(folder, changes()).written).toEqual([]);
    expect(contentOf(folder)).toEqual({ ...OLD, 'startup_tasks.py': 'mine\n' });
  });

  it.skipIf(process.platform === 'win32')('never writes through a link', () => {
    const outside = folderWith({ 'main.py': OLD['main.py'] });
    const folder = folderWith({ 'app/jobs.py': OLD['app/jobs.py'] });
    symlinkSync(join(outside, 'main.py'), join(folder, 'main.py'));
    expect(writeFiles(folder, changes()).failed.map(({ path }) => path)).toEqual(['main.py']);
    expect(contentOf(outside)).toEqual({ 'main.py': OLD['main.py'] });
  });

  it('leaves a read-only file alone', () => {
    const folder = folderWith(OLD);
    chmodSync(join(folder, 'main.py'), 0o444);
    expect(writeFiles(folder, changes()).failed.map(({ path }) => path)).toEqual(['main.py']);
  });

  it('refuses to write beside another run, and takes over the lock of a dead one', () => {
    const folder = folderWith({ ...OLD, '.startup-codemod/lock': `1 ${hostname()}` });
    expect(() => writeFiles(folder, changes())).toThrow(/another run.*process 1 /);
    const lock = join(folder, '.startup-codemod/lock');
    writeFileSync(lock, `${spawnSync(process.execPath, ['-e', '']).pid} ${hostname()}`);
    expect(writeFiles(folder, changes()).failed).toEqual([]);
    expect(existsSync(lock)).toBe(false);
  });

  it('believes a lock of another machine, and one that is just being written, but not for ever', () => {
    for (const [content, minutes] of [
      ['17 elsewhere', 11],
      ['', 1],
    ] as const) {
      const folder = folderWith({ ...OLD, '.startup-codemod/lock': content });
      expect(() => writeFiles(folder, changes())).toThrow(/another run/);
      expect(contentOf(folder)).toEqual(OLD);
      const then = Date.now() / 1000 - minutes * 60;
      utimesSync(join(folder, '.startup-codemod/lock'), then, then);
      expect(writeFiles(folder, changes()).failed).toEqual([]);
    }
  });
});

describe('no byte is lost', () => {
  it.each(['ENOSPC', 'EIO', 'EACCES'])('whichever call of the disk fails with %s', (code) => {
    for (let n = 1; ; n++) {
      const folder = folderWith(OLD);
      const { on, hasFailed } = failingDisk(n, code);
      const outcome = writeFiles(folder, changes(), on);
      expectWhole(folder);
      if (!hasFailed()) {
        expect(outcome.failed).toEqual([]);
        return;
      }
      // What the failure left behind is no obstacle for the next run.
      writeFiles(
        folder,
        changes().filter(({ path }) => contentOf(folder)[path] !== (NEW as Readonly<Record<string, string>>)[path]),
      );
      expect(contentOf(folder)).toMatchObject(NEW);
    }
  });
});

describe('a real full disk', () => {
  const isMounted = (() => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
    const folder = folderWith(OLD);
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    return mount.status === 0 ? folder : undefined;
  })();

  it.skipIf(!isMounted)('leaves the files as they were, and says so', () => {
    const folder = isMounted ?? '';
    try {
      writeFileSync(join(folder, 'main.py'), OLD['main.py']);
      const big: FileToWrite = {
        path: 'main.py',
        content: Buffer.alloc(100_000, 'x'),
        before: hashOf(Buffer.from(OLD['main.py'])),
      };
      const outcome = writeFiles(folder, [big]);
      expect(outcome.failed[0]?.message).toMatch(/disk is full/);
      expect(readFileSync(join(folder, 'main.py'), 'utf8')).toBe(OLD['main.py']);
      expect(readdirSync(folder).filter((name) => name.includes('startup-codemod-'))).toEqual([]);
    } finally {
      spawnSync('umount', [folder]);
    }
  });
});
