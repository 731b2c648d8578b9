import type { ProjectFiles } from '../../../core/index.ts';
import { STANDARD_MODULES } from './standard-modules.ts';

/** A file of the project with the dotted name under which it is imported. */
export interface ImportTarget {
  readonly path: string;
  readonly name: string;
}

/** Finds the file behind an import. */
export interface ImportPaths {
  /** The dotted name of a file, from its import root: the folder that stands on `sys.path` when it is imported. */
  nameOf(path: string): string;
  /** `level` is the number of leading dots. */
  find(from: string, name: string, level: number): ImportTarget | undefined;
}

/** Markers of a folder whose packages can be installed: workspaces import each other's. */
const MANIFESTS = ['pyproject.toml', 'setup.py', 'setup.cfg'];

export function createImportPaths(files: ProjectFiles): ImportPaths {
  const roots = new Map<string, string>();
  const reaches = new Map<string, number>();
  const found = new Map<string, ImportTarget | undefined>();
  const folders = remember(() => new Set(files.paths('.py').flatMap(ancestorsOf)));
  const installable = remember(() => installableRoots(files, folders()));

  const rootOf = (path: string): string => {
    const known = roots.get(path);
    if (known !== undefined) return known;
    const root = importRoot(files, path, folders());
    roots.set(path, root);
    return root;
  };
  const reachOf = (path: string): number => {
    const reach = reaches.get(path) ?? relativeReach(files, path);
    reaches.set(path, reach);
    return reach;
  };
  const nameOf = (path: string): string => dotted(path, rootOf(path));

  function find(from: string, name: string, level: number): ImportTarget | undefined {
    const key = `${folderOf(from)} ${rootOf(from)} ${reachOf(from)} ${level} ${name}`;
    if (!found.has(key)) found.set(key, level > 0 ? relative(from, name, level) : absolute(from, name));
    const target = found.get(key);
    return level === 0 && target?.path === from ? undefined : target;
  }

  function relative(from: string, name: string, level: number): ImportTarget | undefined {
    let folder = folderOf(from);
    for (let up = 1; up < level; up++) folder = folderOf(folder);
    const path = moduleFile(files, join(folder, name.replaceAll('.', '/')));
    const root = rootOf(from);
    return path === undefined ? undefined : { path, name: isBelow(path, root) ? dotted(path, root) : nameOf(path) };
  }

  function absolute(from: string, name: string): ImportTarget | undefined {
    if (STANDARD_MODULES.has(name.split('.', 1)[0] ?? '')) return undefined;
    const tail = name.replaceAll('.', '/');
    for (const root of [...rootsFor(files, from, rootOf(from), reachOf(from)), ...installable()]) {
      const path = moduleFile(files, join(root, tail));
      if (path !== undefined && path !== from) return { path, name: dotted(path, root) };
    }
    return undefined;
  }

  return { nameOf, find };
}

/** Where an absolute import is looked for, likeliest first. */
function rootsFor(files: ProjectFiles, from: string, own: string, reach: number): readonly string[] {
  const ancestors = ancestorsOf(from);
  const packages = ancestors.slice(reach).filter((folder) => isPackage(files, folder));
  const plain = ancestors.filter((folder) => !isPackage(files, folder));
  const candidates = [own, ...plain.flatMap((folder) => [folder, join(folder, 'src')]), ...packages];
  return [...new Set(candidates)];
}

/** `from ...core import db` => 3: as many folders up are packages when the file is imported, and none of them is on `sys.path`. */
function relativeReach(files: ProjectFiles, path: string): number {
  const imports = (files.read(path) ?? '').matchAll(/^[ \t]*from[ \t]+(\.+)/gm);
  return Math.max(0, ...[...imports].map(([, dots = '']) => dots.length));
}

/**
 * The outermost folder chain with `__init__.py` ends below the import root. Packages without that file show in the imports:
 * `from .db import pool` and `from app.core import db` in app/api/main.py say that the root is above api, or above app.
 */
function importRoot(files: ProjectFiles, path: string, folders: ReadonlySet<string>): string {
  let root = folderOf(path);
  while (root && isPackage(files, root)) root = folderOf(root);
  for (const match of (files.read(path) ?? '').matchAll(/^[ \t]*(?:from|import)[ \t]+(\.*)([\w.]*)/gm)) {
    const [, dots = '', name = ''] = match;
    const above = dots ? ancestorsOf(path)[dots.length] : rootAbove(files, path, name, folders);
    if (above !== undefined && above.length < root.length) root = above;
  }
  return root;
}

function rootAbove(files: ProjectFiles, path: string, name: string, folders: ReadonlySet<string>): string | undefined {
  const [first, second] = name.split('.');
  if (!first || !second) return undefined;
  const isThere = (base: string) => folders.has(base) || moduleFile(files, base) !== undefined;
  return ancestorsOf(path).find(
    (folder) => isBelow(path, join(folder, first)) && isThere(join(folder, `${first}/${second}`)),
  );
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** Folders beside a manifest, and their `src/`, that hold packages. */
function installableRoots(files: ProjectFiles, folders: ReadonlySet<string>): readonly string[] {
  const described = [...folders].filter((folder) => MANIFESTS.some((name) => files.has(join(folder, name))));
  return described.flatMap((folder) => [folder, join(folder, 'src')]);
}

function moduleFile(files: ProjectFiles, base: string): string | undefined {
  return [`${base}.py`, join(base, '__init__.py')].find((path) => files.has(path));
}

function isPackage(files: ProjectFiles, folder: string): boolean {
  return folder !== '' && files.has(join(folder, '__init__.py'));
}

/** `app/core/db.py` => `app/core`, `app`, and the root itself. */
function ancestorsOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === '') return folders;
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function join(folder: string, name: string): string {
  if (!name) return folder;
  return folder ? `${folder}/${name}` : name;
}

function dotted(path: string, root: string): string {
  const inside = root ? path.slice(root.length + 1) : path;
  return inside
    .replace(/\.py$/, '')
    .replaceAll('/', '.')
    .replace(/\.?__init__$/, '');
}

function remember<T>(compute: () => T): () => T {
  let value: { readonly of: T } | undefined;
  return () => {
    value ??= { of: compute() };
    return value.of;
  };
}
