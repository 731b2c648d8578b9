import type { ProjectFiles } from '../../../core/index.ts';
import { folderOf, foldersUp, isRecord, joined, readJson } from '../modules/import-paths.ts';

/** What the TypeScript configuration above a folder says. */
export interface CompilerSettings {
  /** Options of the configuration and of those that it extends, without what a package brings. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Folders whose files belong to it; empty where it does not say. */
  readonly folders: readonly string[];
}

/** The nearest configuration. One that is broken, or extends what is missing, says as much as can be read of it. */
export function compilerSettings(folder: string, project: ProjectFiles): CompilerSettings {
  for (const outer of foldersUp(folder)) {
    const paths = NAMES.map((name) => (outer === '' ? name : `${outer}/${name}`)).filter((path) => project.has(path));
    if (paths.length === 0) continue;
    const read = paths.map((path) => settingsOf(path, project, new Set()));
    return {
      options: Object.assign({}, ...read.map(({ options }) => options).toReversed()),
      folders: read.find(({ folders }) => folders.length > 0)?.folders ?? [],
    };
  }
  return { options: {}, folders: [] };
}

function settingsOf(path: string, project: ProjectFiles, seen: Set<string>): CompilerSettings {
  if (seen.has(path)) return { options: {}, folders: [] };
  seen.add(path);
  const config = readJson(path, project) ?? {};
  const parents = parentsOf(config.extends, folderOf(path), project).map((one) => settingsOf(one, project, seen));
  const own = isRecord(config.compilerOptions) ? config.compilerOptions : {};
  const listed = textsOf(config.include).map((pattern) => baseOf(joined(folderOf(path), pattern)));
  const root = typeof own.rootDir === 'string' ? [joined(folderOf(path), own.rootDir)] : [];
  const folders = listed.length > 0 ? listed : root;
  return {
    options: Object.assign({}, ...parents.map(({ options }) => options), own),
    folders: folders.length > 0 ? folders : (parents.findLast((parent) => parent.folders.length > 0)?.folders ?? []),
  };
}

function parentsOf(extended: unknown, folder: string, project: ProjectFiles): readonly string[] {
  return (Array.isArray(extended) ? textsOf(extended) : textsOf([extended]))
    .filter((one) => one.startsWith('.'))
    .map((one) => joined(folder, one))
    .flatMap((one) => [one, `${one}.json`].find((path) => project.has(path)) ?? []);
}

/** `src` of `src/**` and of `src/*.ts`; a file is named, and no folder, by `src/main.ts`. */
function baseOf(pattern: string): string {
  const parts = pattern.split('/');
  const star = parts.findIndex((part) => part.includes('*'));
  return (star < 0 ? parts : parts.slice(0, star)).join('/');
}

function textsOf(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.filter((one): one is string => typeof one === 'string') : [];
}

const NAMES = [
  'tsconfig.json',
  'tsconfig.app.json',
  'tsconfig.server.json',
  'tsconfig.build.json',
  'jsconfig.json',
] as const;
