import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../core/index.ts';

/** Where a run works: paths in reports and diffs are relative to `root`; only files at or below `targets` are rewritten. */
export interface Roots {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Relative to the root with `/`; empty for the root itself. */
  readonly targets: readonly Target[];
}

export interface Target {
  readonly path: string;
  readonly isFile: boolean;
}

const MARKERS = [
  '.git',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'package.json',
  'tsconfig.json',
];

/**
 * The root is the current folder where that is a project that holds all the paths, so that `src.api.main` is found when only
 * `./src` is rewritten; otherwise the folder given, or the nearest one that holds all of them.
 */
export function findRoots(paths: readonly string[], cwd = process.cwd()): Roots {
  const given = (paths.length === 0 ? ['.'] : paths).map((path) => existing(path, cwd));
  const base = given.map((target) => (target.isFile ? dirname(target.path) : target.path)).reduce(commonFolder);
  const here = realpathSync(cwd);
  const isProject = here === base || MARKERS.some((marker) => existsSync(join(here, marker)));
  const root = isProject && isInside(base, here) ? here : base;
  return { root, targets: given.map((target) => ({ ...target, path: slashed(relative(root, target.path)) })) };
}

/** The file, and the project that it is part of, as paths of one run: the current folder where that holds it, else the nearest above it. */
export function projectOf(file: string, cwd = process.cwd()): { readonly file: Target; readonly folder: string } {
  const target = existing(file, cwd);
  const start = target.isFile ? dirname(target.path) : target.path;
  const here = realpathSync(cwd);
  const isProject = (folder: string) => MARKERS.some((marker) => existsSync(join(folder, marker)));
  if (isProject(here) && isInside(start, here)) return { file: target, folder: here };
  for (let folder = start; ; folder = dirname(folder)) {
    if (isProject(folder)) return { file: target, folder };
    if (dirname(folder) === folder) return { file: target, folder: start };
  }
}

/** Whether an absolute path is the folder or below it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A path as reports name it: relative to the root, with `/`. */
export function pathIn(root: string, path: string): string {
  return slashed(relative(root, path));
}

export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function existing(path: string, cwd: string): Target {
  const absolute = resolve(cwd, path);
  try {
    const real = realpathSync(absolute);
    return { path: real, isFile: statSync(real).isFile() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new UserError(`${path}: no such file or folder`, 'Name files or folders that exist.');
    if (code === 'ELOOP')
      throw new UserError(`${path}: a link that leads to itself`, 'Name the file or folder itself.');
    if (code === 'EACCES' || code === 'EPERM')
      throw new UserError(`${path}: may not be read`, 'Give yourself the right to read it, or leave it out.');
    throw error;
  }
}

function commonFolder(a: string, b: string): string {
  let folder = a;
  while (!isInside(b, folder)) folder = dirname(folder);
  return folder;
}
