import type { ProjectFiles } from '../../../core/index.ts';
import { folderOf, foldersUp, readJson } from '../modules/import-paths.ts';

/** Folder of what is built and started by itself: the nearest one that has a manifest or a configuration of its compiler. */
export function deployableOf(path: string, project: ProjectFiles): string {
  return nearest(path, DEPLOYABLE, project) ?? '';
}

/** Whether `.js` files are ECMAScript modules for Node: `"type": "module"` in the nearest package.json. */
export function isModulePackage(path: string, project: ProjectFiles): boolean {
  const folder = nearest(path, ['package.json'], project);
  if (folder === undefined) return false;
  return readJson(folder === '' ? 'package.json' : `${folder}/package.json`, project)?.type === 'module';
}

/** Whether Deno runs the file: it imports by full file names. */
export function isDeno(path: string, project: ProjectFiles): boolean {
  return nearest(path, ['deno.json', 'deno.jsonc'], project) !== undefined;
}

function nearest(path: string, names: readonly string[], project: ProjectFiles): string | undefined {
  return foldersUp(folderOf(path)).find((folder) =>
    names.some((name) => project.has(folder === '' ? name : `${folder}/${name}`)),
  );
}

const DEPLOYABLE = [
  'package.json',
  'project.json',
  'tsconfig.json',
  'tsconfig.app.json',
  'tsconfig.build.json',
  'jsconfig.json',
  'deno.json',
  'deno.jsonc',
] as const;
