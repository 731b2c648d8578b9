import { Node } from 'ts-morph';
import type { ProjectFiles } from '../../../core/index.ts';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { folderOf, joined } from '../modules/import-paths.ts';
import { compilerSettings } from './compiler-settings.ts';
import { deployableOf, isDeno, isModulePackage } from './deployables.ts';
import { type OwnImport, ownImports } from './own-imports.ts';

/** How a file imports its neighbours. */
export interface ImportStyle {
  /** `import { x } from`, `const { x } = require()`, or `import x = require()`. */
  readonly form: 'import' | 'require' | 'import-equals';
  /** How the extension of a source file is written: left out, that of what it compiles to, or its own. */
  readonly extension: 'none' | 'output' | 'source';
  /** The file reaches the project's modules by names only: `@/` for what stands in `src`. */
  readonly alias?: ImportAlias;
}

export interface ImportAlias {
  readonly prefix: string;
  /** Folder that the prefix stands for, with a `/` at its end; empty for the root. */
  readonly folder: string;
}

/** Read from the file's own imports; else from its neighbours' and from what its compiler and Node ask for. */
export function importStyle(module: SourceModule, modules: Modules, project: ProjectFiles): ImportStyle {
  const own = ownImports(module, modules);
  const form = formOf(module, project);
  const alias = own.some(({ isRelative }) => isRelative) ? undefined : aliasOf(own, module, modules, project);
  const extension =
    mostFrequent(own.flatMap(extensionIn)) ??
    mostFrequent(neighbours(module.path, project)) ??
    neededExtension(module.path, form, project);
  return { form, extension, ...(alias ? { alias } : {}) };
}

/** The specifier by which a file imports the helper: `../startup-tasks.js`. */
export function specifierOfHelper(home: string, from: string, style: ImportStyle): string {
  const written = withExtension(home, style.extension);
  if (style.alias && home.startsWith(style.alias.folder)) {
    return style.alias.prefix + written.slice(style.alias.folder.length);
  }
  return relativePath(folderOf(from), written);
}

function formOf(module: SourceModule, project: ProjectFiles): ImportStyle['form'] {
  const { root, path, text } = module;
  const statements = root.getStatements();
  const isImport = (node: Node) => Node.isImportDeclaration(node) || Node.isExportDeclaration(node);
  const isTypeScript = /\.[cm]?tsx?$/.test(path);
  if (statements.some((one) => Node.isImportEqualsDeclaration(one)) && !statements.some(isImport))
    return 'import-equals';
  if (statements.some((one) => isImport(one) || isExported(one)) || /\bimport\.meta\b/.test(text)) return 'import';
  if (/\.mjs$/.test(path)) return 'import';
  if (/\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w/.test(text)) return 'require';
  return isTypeScript || (!path.endsWith('.cjs') && isModulePackage(path, project)) ? 'import' : 'require';
}

function isExported(statement: Node): boolean {
  if (Node.isExportAssignment(statement)) return !statement.isExportEquals();
  return Node.isModifierable(statement) && statement.getModifiers().some((one) => one.getText() === 'export');
}

/** How the import of a source file names it; an import of a folder tells only that nothing needs to be named. */
function extensionIn({ specifier, target }: OwnImport): readonly ImportStyle['extension'][] {
  const extension = /\.[cm]?[jt]sx?$/.exec(specifier)?.[0];
  if (extension === undefined) return ['none'];
  if (target === undefined || /\.[cm]?jsx?$/.test(target)) return ['output'];
  return [/tsx?$/.test(extension) ? 'source' : 'output'];
}

/** How files beside it, or elsewhere in its package, name each other; read from their text, a bounded number of them. */
function neighbours(path: string, project: ProjectFiles): readonly ImportStyle['extension'][] {
  const deployable = deployableOf(path, project);
  const extensions = /\.[cm]?tsx?$/.test(path) ? ['.ts', '.mts', '.tsx'] : ['.js', '.mjs', '.cjs'];
  const others = extensions
    .flatMap((extension) => project.paths(extension))
    .filter((other) => other !== path && !other.endsWith('.d.ts') && deployableOf(other, project) === deployable)
    .toSorted((a, b) => distance(path, a) - distance(path, b))
    .slice(0, MOST_NEIGHBOURS);
  return others.flatMap((other) =>
    [...(project.read(other) ?? '').matchAll(RELATIVE)].flatMap(([, specifier = '']) =>
      extensionIn({ specifier, isRelative: true, ...targetOf(other, specifier, project) }),
    ),
  );
}

function targetOf(from: string, specifier: string, project: ProjectFiles): { readonly target?: string } {
  const path = joined(folderOf(from), specifier);
  const target = [path, path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2')].find((one) => project.has(one));
  return target === undefined ? {} : { target };
}

/** What Node or the compiler asks for where no import shows it. */
function neededExtension(path: string, form: ImportStyle['form'], project: ProjectFiles): ImportStyle['extension'] {
  if (isDeno(path, project)) return 'source';
  const isModule = /\.m[jt]s$/.test(path) || (form === 'import' && isModulePackage(path, project));
  if (!isModule) return 'none';
  const { options } = compilerSettings(folderOf(path), project);
  const namesSources = options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true;
  return namesSources ? 'source' : 'output';
}

function withExtension(home: string, style: ImportStyle['extension']): string {
  const extension = /\.[cm]?[jt]s$/.exec(home)?.[0] ?? '';
  const isSpecial = /^\.[cm]/.test(extension);
  if (style === 'none' && !isSpecial) return home.slice(0, -extension.length);
  return style === 'source' ? home : home.replace(/\.([cm]?)ts$/, '.$1js');
}

function relativePath(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const target = path.split('/');
  let shared = 0;
  while (shared < from.length && shared < target.length - 1 && from[shared] === target[shared]) shared++;
  const up = '../'.repeat(from.length - shared);
  return `${up === '' ? './' : up}${target.slice(shared).join('/')}`;
}

/** The prefix that the file's imports share, where it leads to more than the files that they name. */
function aliasOf(
  own: readonly OwnImport[],
  module: SourceModule,
  modules: Modules,
  project: ProjectFiles,
): ImportAlias | undefined {
  const deployable = deployableOf(module.path, project);
  const aliases = own
    .filter(({ target }) => target !== undefined && deployableOf(target, project) === deployable)
    .flatMap(({ specifier, target = '' }) => prefixOf(specifier, target) ?? []);
  const frequent = mostFrequent(aliases.map(({ prefix }) => prefix));
  const alias = aliases.find(({ prefix }) => prefix === frequent);
  return alias && leadsAnywhere(alias, own, module, modules, project) ? alias : undefined;
}

/** `@/` and `src/` of `@/db/init` for `src/db/init.ts`. */
function prefixOf(specifier: string, target: string): ImportAlias | undefined {
  const wanted = specifier.replace(SOURCE, '').split('/');
  const found = target.replace(SOURCE, '').split('/');
  if (found.at(-1) === 'index' && wanted.at(-1) !== 'index') found.pop();
  let shared = 0;
  while (shared < wanted.length && shared < found.length && wanted.at(-1 - shared) === found.at(-1 - shared)) shared++;
  if (shared === 0) return undefined;
  const prefix = wanted.slice(0, wanted.length - shared);
  const folder = found.slice(0, found.length - shared);
  return { prefix: prefix.map((part) => `${part}/`).join(''), folder: folder.map((part) => `${part}/`).join('') };
}

/** The file itself, which no import of its own names, can be reached by the prefix: it is no list of single names. */
function leadsAnywhere(
  { prefix, folder }: ImportAlias,
  own: readonly OwnImport[],
  { path }: SourceModule,
  modules: Modules,
  project: ProjectFiles,
): boolean {
  const named = new Set(own.map(({ target }) => target));
  const extension = /\.\w+$/.exec(path)?.[0] ?? '.ts';
  const other = [path, ...project.paths(extension)].find((one) => one.startsWith(folder) && !named.has(one));
  return (
    other === undefined ||
    modules.resolveImport(path, prefix + other.slice(folder.length)) === other ||
    modules.resolveImport(path, prefix + other.slice(folder.length).replace(SOURCE, '')) === other
  );
}

function distance(a: string, b: string): number {
  const [from, to] = [folderOf(a).split('/'), folderOf(b).split('/')];
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return from.length + to.length - 2 * shared;
}

function mostFrequent<T extends string>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

const MOST_NEIGHBOURS = 40;

const SOURCE = /\.[cm]?[jt]sx?$/;

const RELATIVE = /(?:\bfrom\s*|\brequire\s*\(\s*)["'](\.{1,2}\/(?:[^"'\n]*\/)?[^"'\n/]+)["']/g;
