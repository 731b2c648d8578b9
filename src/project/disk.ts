import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';

/** The calls that change the disk, one by one: tests let each of them fail in turn. */
export interface Disk {
  /** Makes a new file; fails where the name is taken, be it by a link. */
  open(path: string, mode: number): number;
  write(handle: number, content: Uint8Array): void;
  sync(handle: number): void;
  close(handle: number): void;
  chmod(path: string, mode: number): void;
  chown(path: string, user: number, group: number): void;
  rename(from: string, to: string): void;
  /** Gives a file a second name; fails where that is taken. */
  link(from: string, to: string): void;
  remove(path: string): void;
  makeFolder(path: string): void;
  removeFolder(path: string): void;
  /** Lets renames in a folder outlast a power cut. */
  syncFolder(path: string): void;
}

/** Who may do what with a file; a new file has what the system gives it. */
export interface Rights {
  readonly mode: number;
  readonly user: number;
  readonly group: number;
}

export const disk: Disk = {
  open: (path, mode) => openSync(path, 'wx', mode),
  write: (handle, content) => {
    for (let at = 0; at < content.length; ) at += writeSync(handle, content, at);
  },
  sync: fsyncSync,
  close: closeSync,
  chmod: chmodSync,
  chown: chownSync,
  rename: renamePatiently,
  link: linkSync,
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true });
  },
  removeFolder: rmdirSync,
  syncFolder,
};

/** Writes a new file and does not return before its bytes are on the disk. Nothing of it stays where that fails. */
export function writeWhole(path: string, content: Uint8Array, on: Disk, rights?: Rights): void {
  const handle = on.open(path, rights ? 0o600 : 0o666);
  try {
    try {
      on.write(handle, content);
      on.sync(handle);
    } finally {
      on.close(handle);
    }
    if (rights) give(path, rights, on);
  } catch (error) {
    removeQuietly(path, on);
    throw error;
  }
}

/** Removes what is needed no more. What cannot be removed is litter, and no reason to fail. */
export function removeQuietly(path: string, on: Disk): void {
  try {
    on.remove(path);
  } catch {
    // The user's own files are whole.
  }
}

/** A file of another user stays theirs where the system lets us; that comes first, since it takes set-user bits away. */
function give(path: string, { mode, user, group }: Rights, on: Disk): void {
  if (process.getuid && (process.getuid() !== user || process.getgid?.() !== group)) {
    try {
      on.chown(path, user, group);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    }
  }
  on.chmod(path, mode);
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

/** Windows has no such call, and some file systems refuse it: the renames are done all the same. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(handle);
  }
}
