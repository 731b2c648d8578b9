import { folderOf } from '../modules/import-paths.ts';
import type { NodeProject } from './framework.ts';

/** The nearest file of a name in the folders around a path: `package.json`, `svelte.config.js`. */
export function nearestFile(path: string, name: string, project: NodeProject): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const candidate = folder === '' ? name : `${folder}/${name}`;
    if (project.read(candidate) !== undefined) return candidate;
    if (folder === '') return undefined;
  }
}

/** Whether the package that a file belongs to names another one as a dependency; `undefined` where no package.json is to be seen. */
export function dependsOn(path: string, dependency: string, project: NodeProject): boolean | undefined {
  const manifest = nearestFile(path, 'package.json', project);
  return manifest === undefined ? undefined : project.read(manifest)?.includes(`"${dependency}"`);
}

/** Whether two files belong to one package. */
export function isSamePackage(path: string, other: string, project: NodeProject): boolean {
  return nearestFile(path, 'package.json', project) === nearestFile(other, 'package.json', project);
}
