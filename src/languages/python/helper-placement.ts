import type { HelperPlacement, ProjectFiles, ScanOptions } from '../../core/index.ts';
import { helperSource } from '../../runtime/python.ts';
import type { Modules, PythonModule } from './definition.ts';
import { dottedBelow, type ImportStyle, importStyle } from './import-style.ts';

/** What every copy of the helper says of itself, whatever its version. */
const MARK = /startup-codemod/;
const NAMES = ['startup_tasks', 'app_startup_tasks', 'server_startup_tasks'];

/** Where the runtime helper goes for each file: one copy for all files with the same import root. */
export function helperPlacements(
  files: readonly PythonModule[],
  modules: Modules,
  project: ProjectFiles,
  options: ScanOptions,
): ReadonlyMap<string, HelperPlacement> {
  const styles = new Map(files.map((file) => [file.path, importStyle(file, modules, project)]));
  const homes = new Map<string, string>();
  for (const { path } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const root = styles.get(path)?.root ?? '';
    if (!homes.has(root))
      homes.set(root, chosenPath(options) ?? existingHelper(root, project) ?? freePath(path, project));
  }
  return new Map(
    files.map(({ path }) => {
      const style = styles.get(path) ?? { root: '', isRelative: false };
      const home = homes.get(style.root) ?? freePath(path, project);
      return [
        path,
        { path: home, importStatement: importOf(home, path, style, options), state: stateOf(home, project) },
      ];
    }),
  );
}

function chosenPath({ helperPath }: ScanOptions): string | undefined {
  if (helperPath === undefined) return undefined;
  const path = helperPath.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '');
  if (path.endsWith('.py')) return path;
  return path === '' || path === '.' ? `${NAMES[0]}.py` : `${path}/${NAMES[0]}.py`;
}

/** A copy that an earlier run has left, or that the user has moved within the import root. */
function existingHelper(root: string, project: ProjectFiles): string | undefined {
  return project
    .containing('class StartupTasks', '.py')
    .filter((path) => root === '' || path.startsWith(`${root}/`))
    .find((path) => NAMES.includes(stemOf(path)) && MARK.test(project.read(path) ?? ''));
}

/** Beside the file, under the first name that no other module has. */
function freePath(path: string, project: ProjectFiles): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const isFree = (name: string) => !project.has(`${folder}${name}.py`) && !project.has(`${folder}${name}/__init__.py`);
  return `${folder}${NAMES.find(isFree) ?? 'background_startup_tasks'}.py`;
}

function importOf(home: string, path: string, style: ImportStyle, options: ScanOptions): string {
  if (options.helperImport !== undefined) return `from ${options.helperImport} import StartupTasks`;
  const relative = style.isRelative ? relativeName(home, path, style.root) : undefined;
  return `from ${relative ?? dottedBelow(home, style.root)} import StartupTasks`;
}

/** `..core.startup_tasks`; `undefined` where the two have no package in common. */
function relativeName(home: string, path: string, root: string): string | undefined {
  const target = dottedBelow(home, root).split('.');
  const from = dottedBelow(path, root).split('.').slice(0, -1);
  if (from.length === 0 || target[0] !== from[0]) return undefined;
  let shared = 0;
  while (shared < from.length && shared < target.length - 1 && from[shared] === target[shared]) shared++;
  return '.'.repeat(from.length - shared + 1) + target.slice(shared).join('.');
}

function stateOf(home: string, project: ProjectFiles): HelperPlacement['state'] {
  const present = project.read(home)?.replaceAll('\r\n', '\n');
  if (present === undefined) return 'absent';
  const shipped = helperSource();
  if (present === shipped) return 'current';
  return versionOf(present) === versionOf(shipped) ? 'edited' : 'older';
}

/** The first version number that a copy names: `startup-codemod … 0.1.0`. */
function versionOf(text: string): string | undefined {
  return /startup-codemod\D{0,40}(\d+(?:\.\d+)*)/.exec(text)?.[1];
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '');
}
