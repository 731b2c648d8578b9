import type { HelperPlacement, ProjectFiles, ScanOptions } from '../../../core/index.ts';
import { helperSource } from '../../../runtime/python.ts';
import type { Modules, PythonModule } from '../modules/definition.ts';
import { dottedBelow, type ImportStyle, importStyle } from './import-style.ts';

/** What every copy of the helper says of itself, whatever its version. */
const MARK = /startup-codemod/;
const NAMES = ['startup_tasks', 'app_startup_tasks', 'server_startup_tasks'];

/**
 * Where the runtime helper goes for each file: one copy for all files of a package that is started by itself, and for all files
 * that hold hooks of one app (`together`).
 */
export function helperPlacements(
  files: readonly PythonModule[],
  together: readonly ReadonlySet<string>[],
  modules: Modules,
  project: ProjectFiles,
  options: ScanOptions,
): ReadonlyMap<string, HelperPlacement> {
  const styled = files.map((file) => ({ path: file.path, style: importStyle(file, modules, project) }));
  const placements = new Map<string, HelperPlacement>();
  for (const group of groupsOf(styled, together)) {
    const root = group[0]?.style.root ?? '';
    const paths = group.map(({ path }) => path);
    const home =
      chosenPath(options) ??
      existingHelper(paths, root, project) ??
      freePath(commonFolder(paths.map(folderOf)), project);
    for (const { path, style } of group) {
      placements.set(path, {
        path: home,
        importStatement: importOf(home, path, style, options),
        state: stateOf(home, project),
      });
    }
  }
  return placements;
}

interface StyledFile {
  readonly path: string;
  readonly style: ImportStyle;
}

/** Files with one import root that share a package or an app. */
function groupsOf(files: readonly StyledFile[], together: readonly ReadonlySet<string>[]): readonly StyledFile[][] {
  const belongs = (a: StyledFile, b: StyledFile) =>
    a.style.root === b.style.root &&
    (packageOf(a.path, a.style.root) === packageOf(b.path, b.style.root) ||
      together.some((paths) => paths.has(a.path) && paths.has(b.path)));
  const groups: StyledFile[][] = [];
  for (const file of files) {
    const joined = groups.filter((group) => group.some((other) => belongs(file, other)));
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push([...joined.flat(), file]);
  }
  return groups;
}

/** The top package of a file: two packages on one path may be deployed apart. A file beside the packages goes by itself. */
function packageOf(path: string, root: string): string {
  const [top, ...rest] = (root ? path.slice(root.length + 1) : path).split('/');
  const folder = rest.length > 0 ? top : '';
  return [root, folder].filter(Boolean).join('/');
}

function commonFolder(folders: readonly string[]): string {
  const [parts = [], ...others] = folders.map((folder) => folder.split('/'));
  const differs = parts.findIndex((part, index) => others.some((other) => other[index] !== part));
  return (differs < 0 ? parts : parts.slice(0, differs)).join('/');
}

function chosenPath({ helperPath }: ScanOptions): string | undefined {
  if (helperPath === undefined) return undefined;
  const path = helperPath.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '');
  if (path.endsWith('.py')) return path;
  return path === '' || path === '.' ? `${NAMES[0]}.py` : `${path}/${NAMES[0]}.py`;
}

/** A copy that an earlier run has left, or that the user has moved within the package. */
function existingHelper(paths: readonly string[], root: string, project: ProjectFiles): string | undefined {
  const packages = new Set(paths.map((path) => packageOf(path, root)));
  return project
    .containing('class StartupTasks', '.py')
    .filter((path) => (root === '' || path.startsWith(`${root}/`)) && packages.has(packageOf(path, root)))
    .find((path) => NAMES.includes(stemOf(path)) && MARK.test(project.read(path) ?? ''));
}

/** In the folder, under the first name that no other module has. */
function freePath(folder: string, project: ProjectFiles): string {
  const base = folder ? `${folder}/` : '';
  const isFree = (name: string) => !project.has(`${base}${name}.py`) && !project.has(`${base}${name}/__init__.py`);
  return `${base}${NAMES.find(isFree) ?? 'background_startup_tasks'}.py`;
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

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
