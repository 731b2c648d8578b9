import type { HelperPlacement, ProjectFiles, ScanOptions } from '../../../core/index.ts';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { folderOf } from '../modules/import-paths.ts';
import { compilerSettings } from './compiler-settings.ts';
import { deployableOf } from './deployables.ts';
import { helperState } from './helper-form.ts';
import { importStatement } from './import-statement.ts';
import { type ImportStyle, importStyle } from './import-style.ts';

const NAMES = ['startup-tasks', 'startup-background-tasks', 'server-startup-tasks'];

/** Where the runtime helper goes for each file that is rewritten: one copy for all files that are built and started together. */
export function helperPlacements(
  files: readonly SourceModule[],
  modules: Modules,
  project: ProjectFiles,
  options: ScanOptions,
): ReadonlyMap<string, HelperPlacement> {
  const placements = new Map<string, HelperPlacement>();
  const taken = new Set<string>();
  for (const group of groupsOf(files, modules, project)) {
    const home = chosenPath(group, options) ?? existingHelper(group, project) ?? freePath(group, taken, project);
    taken.add(stemOf(home));
    for (const { module, style } of group.files) {
      const statement = importStatement(home, module, style, project, options);
      placements.set(module.path, { path: home, importStatement: statement, state: helperState(home, project) });
    }
  }
  return placements;
}

interface StyledFile {
  readonly module: SourceModule;
  readonly style: ImportStyle;
}

/** Files of one deployable in one language: a JavaScript file that Node runs as it is cannot import TypeScript. */
interface Group {
  readonly deployable: string;
  readonly isTypeScript: boolean;
  readonly files: readonly StyledFile[];
}

function groupsOf(files: readonly SourceModule[], modules: Modules, project: ProjectFiles): readonly Group[] {
  const groups = new Map<string, StyledFile[]>();
  for (const module of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const key = `${isTypeScript(module.path)}\0${deployableOf(module.path, project)}`;
    groups.set(key, [...(groups.get(key) ?? []), { module, style: importStyle(module, modules, project) }]);
  }
  return [...groups.values()].map((members) => {
    const path = members[0]?.module.path ?? '';
    return { deployable: deployableOf(path, project), isTypeScript: isTypeScript(path), files: members };
  });
}

function chosenPath(group: Group, { helperPath }: ScanOptions): string | undefined {
  if (helperPath === undefined || helperPath.endsWith('.py')) return undefined;
  const path = helperPath.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '');
  if (/\.[cm]?[jt]s$/.test(path)) return path;
  return `${path === '' || path === '.' ? '' : `${path}/`}${NAMES[0]}${extensionOf(group)}`;
}

/** A copy that an earlier run has left, or that the user has moved within the deployable. */
function existingHelper(group: Group, project: ProjectFiles): string | undefined {
  const extensions = group.isTypeScript ? ['.ts', '.mts', '.cts'] : ['.js', '.mjs', '.cjs'];
  return extensions
    .flatMap((extension) => project.containing('class StartupTasks', extension))
    .filter((path) => deployableOf(path, project) === group.deployable)
    .find((path) => NAMES.includes(nameOf(path)) && /startup-codemod/.test(project.read(path) ?? ''));
}

/** In the folder, under the first name that no other module has. */
function freePath(group: Group, taken: ReadonlySet<string>, project: ProjectFiles): string {
  const folder = folderFor(group, project);
  const base = folder === '' ? '' : `${folder}/`;
  const isFree = (name: string) =>
    !taken.has(base + name) &&
    EXTENSIONS.every((one) => !project.has(base + name + one) && !project.has(`${base}${name}/index${one}`));
  return base + (NAMES.find(isFree) ?? 'background-startup-tasks') + extensionOf(group);
}

/** The folder that the files have in common, where the compiler takes what stands in it. */
function folderFor(group: Group, project: ProjectFiles): string {
  const own = group.files.map(({ module }) => folderOf(module.path));
  const common = sourceFolder(own, group.deployable);
  if (!group.isTypeScript) return common;
  const { folders } = compilerSettings(common, project);
  if (folders.length === 0 || folders.some((folder) => isBelow(common, folder))) return common;
  return own.find((folder) => folders.some((root) => isBelow(folder, root))) ?? common;
}

/** Beside the manifest a new file may be left out of what is deployed: rather where most of the other files are. */
function sourceFolder(folders: readonly string[], deployable: string): string {
  const common = commonFolder(folders);
  const inside = folders.filter((folder) => folder !== deployable);
  if (common !== deployable || inside.length === 0) return common;
  const top = (folder: string) => folder.slice(deployable === '' ? 0 : deployable.length + 1).split('/')[0];
  const groups = inside.map((folder) => inside.filter((other) => top(other) === top(folder)));
  return commonFolder(groups.toSorted((a, b) => b.length - a.length)[0] ?? inside);
}

function commonFolder(folders: readonly string[]): string {
  const [parts = [], ...others] = folders.map((folder) => folder.split('/'));
  const differs = parts.findIndex((part, index) => others.some((other) => other[index] !== part));
  return (differs < 0 ? parts : parts.slice(0, differs)).join('/');
}

function isBelow(folder: string, root: string): boolean {
  return root === '' || folder === root || folder.startsWith(`${root}/`);
}

/** The extension of the files, where all have one; `.cjs` can be imported by CommonJS and by ECMAScript modules. */
function extensionOf({ isTypeScript: typed, files }: Group): string {
  const extensions = new Set(files.map(({ module }) => (/\.[cm]?[jt]s/.exec(module.path)?.[0] ?? '').slice(0, 4)));
  const [only = ''] = extensions;
  if (extensions.size === 1 && /^\.[cm][jt]s$/.test(only)) return only;
  if (typed) return '.ts';
  return new Set(files.map(({ style }) => style.form)).size > 1 ? '.cjs' : '.js';
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

function stemOf(path: string): string {
  return path.replace(/\.[cm]?[jt]s$/, '');
}

function nameOf(path: string): string {
  return stemOf(path.slice(path.lastIndexOf('/') + 1));
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.json'] as const;
