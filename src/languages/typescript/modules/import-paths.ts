import { ts } from 'ts-morph';
import type { ProjectFiles } from '../../../core/index.ts';
import { createPathAliases } from './path-aliases.ts';
import { createWorkspaces } from './workspaces.ts';

/** Finds the project's file behind an import specifier; packages from outside have none. */
export type ImportResolver = (from: string, specifier: string) => string | undefined;

/** Extensions that an import may leave out, in the order in which they are tried. */
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;

/** What a specifier's extension may stand for: TypeScript is imported under the name of what it compiles to. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

/** Relative paths, the aliases of the nearest tsconfig, `imports` of a package.json, and the packages of the workspace. */
export function createImportResolver(project: ProjectFiles): ImportResolver {
  const existing = (path: string) => sourceAt(path, project);
  const aliases = createPathAliases(project, existing);
  const workspaces = createWorkspaces(project, existing);
  const remembered = new Map<string, string | undefined>();
  return (from, specifier) => {
    const folder = folderOf(from);
    const key = `${folder}\0${specifier}`;
    if (remembered.has(key)) return remembered.get(key);
    const found = /^\.{1,2}(\/|$)/.test(specifier)
      ? existing(joined(folder, specifier))
      : (aliases(folder, specifier) ?? workspaces(folder, specifier) ?? conventional(folder, specifier, existing));
    remembered.set(key, found);
    return found;
  };
}

/** `@/db` and `~/db` mean `src/db` where a bundler's configuration, which is code, says what they mean. */
function conventional(folder: string, specifier: string, existing: (path: string) => string | undefined) {
  const inside = /^[@~]\/(.+)$/.exec(specifier)?.[1];
  if (inside === undefined) return undefined;
  for (const outer of foldersUp(folder)) {
    const found =
      existing(joined(outer, `src/${inside}`)) ?? (outer.endsWith('src') ? existing(joined(outer, inside)) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The source file that a path without, or with another, extension stands for. */
function sourceAt(path: string, project: ProjectFiles): string | undefined {
  if (path.startsWith('../')) return undefined;
  const extension = /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - extension.length);
  const candidates = [
    ...(WRITTEN_AS[extension] ?? (extension ? [extension] : [])).map((one) => stem + one),
    ...EXTENSIONS.map((one) => path + one),
    ...EXTENSIONS.map((one) => `${path === '' ? '' : `${path}/`}index${one}`),
  ];
  return candidates.find((candidate) => !candidate.endsWith('.d.ts') && project.has(candidate));
}

/** The folder of a path; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The folder itself and those around it, the nearest first; the root is the empty string. */
export function foldersUp(folder: string): readonly string[] {
  const folders: string[] = [folder];
  for (let at = folder; at !== ''; ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}

/** A relative path as seen from a folder, `.` and `..` resolved; one that leads out of the root begins with `../`. */
export function joined(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** A JSON file with comments and trailing commas; `undefined` where it is missing or no object. */
export function readJson(path: string, project: ProjectFiles): Readonly<Record<string, unknown>> | undefined {
  const text = project.read(path);
  if (text === undefined) return undefined;
  const { config } = ts.parseConfigFileTextToJson(path, text) as { readonly config?: unknown };
  return isRecord(config) ? config : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
