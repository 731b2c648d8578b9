import type { ProjectFiles } from '../../../core/index.ts';
import { startedAs } from '../hooks/start-commands.ts';
import type { Modules, PythonModule } from '../modules/definition.ts';
import { descendants } from '../tree/shapes.ts';
import { named } from '../tree/tree.ts';

/** How a file imports its neighbours: from which folder on the path, and whether with leading dots. */
export interface ImportStyle {
  /** The folder that stands on the path when the file is imported. */
  readonly root: string;
  readonly isRelative: boolean;
}

/** Read from the file's own imports; else from how the project starts it; else from its place. */
export function importStyle(module: PythonModule, modules: Modules, project: ProjectFiles): ImportStyle {
  const folder = folderOf(module.path);
  const imports = ownImports(module, modules);
  const roots = imports.flatMap(({ root }) => (root === undefined ? [] : [root]));
  const relatives = imports.length - roots.length;
  const root = mostFrequent(roots);
  if (root !== undefined && roots.length >= relatives) return { root, isRelative: false };
  const packageRoot = rootOf(module.path, module.name);
  if (relatives > 0) return { root: root ?? packageRoot, isRelative: true };
  const started = startedAs(module.path, project);
  if (started !== undefined) return { root: started, isRelative: false };
  const isPackage = project.has(folder ? `${folder}/__init__.py` : '__init__.py');
  return isPackage && packageRoot !== folder
    ? { root: packageRoot, isRelative: true }
    : { root: folder, isRelative: false };
}

/** Dotted name of a path below an import root: `api.startup_tasks`. */
export function dottedBelow(path: string, root: string): string {
  const inside = root ? path.slice(root.length + 1) : path;
  return inside.replace(/\.py$/, '').replaceAll('/', '.');
}

/**
 * Imports of the project's own modules, each with its import root; without one where it is relative. An absolute import tells
 * the root only of a file that stands beside what is imported, or in the same package.
 */
function ownImports(module: PythonModule, modules: Modules): readonly { readonly root?: string }[] {
  return descendants(module.root, 'import_from_statement', 'import_statement').flatMap((statement) => {
    const source = statement.childForFieldName('module_name') ?? named(statement)[0];
    const text = (source?.type === 'aliased_import' ? source.childForFieldName('name') : source)?.text ?? '';
    const name = text.replaceAll(/\s/g, '');
    const level = /^\.*/.exec(name)?.[0].length ?? 0;
    if (level > 0) return [{}];
    const target = modules.imported(module, name, 0);
    if (!target) return [];
    const root = rootOf(target.path, name);
    const top = name.split('.', 1)[0] ?? '';
    const isNeighbour = folderOf(module.path) === root || module.path.startsWith(root ? `${root}/${top}/` : `${top}/`);
    return isNeighbour ? [{ root }] : [];
  });
}

/** `backend` for `backend/app/core/db.py` that is imported as `app.core.db`. */
function rootOf(path: string, name: string): string {
  const folder = path.replace(/(\/?__init__)?\.py$/, '');
  const tail = name.replaceAll('.', '/');
  if (folder === tail) return '';
  return folder.endsWith(`/${tail}`) ? folder.slice(0, -tail.length - 1) : folderOf(path);
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
