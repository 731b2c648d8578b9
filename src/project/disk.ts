import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The calls that change the disk, one by one: tests let each of them fail in turn. */
export interface Disk {
  open(path: string): number;
  write(handle: number, content: Uint8Array): void;
  sync(handle: number): void;
  close(handle: number): void;
  chmod(path: string, mode: number): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  makeFolder(path: string): void;
}

export const disk: Disk = {
  // `wx`: never through a link that somebody has put there meanwhile.
  open: (path) => openSync(path, 'wx', 0o600),
  write: (handle, content) => {
    for (let at = 0; at < content.length; ) at += writeSync(handle, content, at);
  },
  sync: fsyncSync,
  close: closeSync,
  chmod: chmodSync,
  rename: renamePatiently,
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true });
  },
};

/** Writes a new file and does not return before its bytes are on the disk. */
export function writeWhole(path: string, content: Uint8Array, mode: number, on: Disk): void {
  const handle = on.open(path);
  try {
    on.write(handle, content);
    on.sync(handle);
  } finally {
    on.close(handle);
  }
  on.chmod(path, mode);
}

/** A name beside the file, on the same file system, so that a rename puts it in place in one step. */
export function nameBeside(path: string, purpose: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.startup-codemod-${process.pid}-${purpose}`);
}

/** On Windows a virus scanner or an editor may hold a file open for a moment: the rename is tried again for a second. */
function renamePatiently(from: string, to: string): void {
  for (let attempt = 0; ; attempt++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (process.platform !== 'win32' || attempt === 20 || !['EPERM', 'EBUSY', 'EACCES'].includes(code)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}
