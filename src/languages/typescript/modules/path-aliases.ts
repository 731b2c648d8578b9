import type { ProjectFiles } from '../../../core/index.ts';
import { folderOf, foldersUp, isRecord, joined, readJson } from './import-paths.ts';

/** Patterns of a tsconfig or package.json, with the folder that their targets are relative to. */
interface Aliases {
  readonly folder: string;
  readonly patterns: readonly (readonly [pattern: string, targets: readonly string[]])[];
  /** Bare specifiers are looked up there, too. */
  readonly baseFolder?: string;
}

type Finder = (path: string) => string | undefined;

/** Resolves `@/db` by `paths` and `baseUrl` of the nearest tsconfig or jsconfig, and `#db` by `imports` of the package.json. */
export function createPathAliases(project: ProjectFiles, existing: Finder) {
  const configs = new Map<string, Aliases | undefined>();
  const configOf = (folder: string) => {
    if (!configs.has(folder)) configs.set(folder, configIn(folder, project));
    return configs.get(folder);
  };
  const subpaths = new Map<string, Aliases | undefined>();
  const subpathsOf = (folder: string) => {
    if (!subpaths.has(folder)) subpaths.set(folder, subpathImports(folder, project));
    return subpaths.get(folder);
  };
  return (folder: string, specifier: string): string | undefined => {
    const lookUp = specifier.startsWith('#') ? subpathsOf : configOf;
    for (const outer of foldersUp(folder)) {
      const aliases = lookUp(outer);
      if (aliases) return target(specifier, aliases, existing);
    }
    return undefined;
  };
}

function target(specifier: string, { folder, patterns, baseFolder }: Aliases, existing: Finder): string | undefined {
  for (const [pattern, targets] of patterns) {
    const star = starOf(pattern, specifier);
    if (star === undefined) continue;
    for (const one of targets) {
      const found = existing(joined(folder, one.replace('*', star)));
      if (found !== undefined) return found;
    }
  }
  return baseFolder === undefined ? undefined : existing(joined(baseFolder, specifier));
}

/** What stands for the star; the empty string for a pattern without one that is equal. */
function starOf(pattern: string, specifier: string): string | undefined {
  const at = pattern.indexOf('*');
  if (at < 0) return pattern === specifier ? '' : undefined;
  const [head, tail] = [pattern.slice(0, at), pattern.slice(at + 1)];
  const fits = specifier.startsWith(head) && specifier.endsWith(tail) && specifier.length >= pattern.length - 1;
  return fits ? specifier.slice(head.length, specifier.length - tail.length) : undefined;
}

function configIn(folder: string, project: ProjectFiles): Aliases | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'];
  const name = names.find((one) => project.has(prefix + one));
  const aliases = name === undefined ? undefined : aliasesOf(prefix + name, project, new Set());
  const isSvelteKit = ['svelte.config.js', 'svelte.config.ts'].some((one) => project.has(prefix + one));
  return isSvelteKit ? withLib(folder, aliases) : aliases;
}

/** SvelteKit writes the config that maps `$lib` when it builds (svelte.dev/docs/kit/$lib): a checkout does not have it. */
function withLib(folder: string, aliases: Aliases | undefined): Aliases {
  const lib: Aliases['patterns'] = [
    ['$lib', ['src/lib']],
    ['$lib/*', ['src/lib/*']],
  ];
  return aliases?.folder === folder
    ? { ...aliases, patterns: [...lib, ...aliases.patterns] }
    : { folder, patterns: lib };
}

/** A config that is broken, or extends what is missing, says as much as can be read of it. */
function aliasesOf(path: string, project: ProjectFiles, seen: Set<string>): Aliases {
  const folder = folderOf(path);
  const config = seen.has(path) ? undefined : readJson(path, project);
  seen.add(path);
  const options = isRecord(config?.compilerOptions) ? config.compilerOptions : {};
  const inherited = parentsOf(config, folder, project).map((parent) => aliasesOf(parent, project, seen));
  const base = typeof options.baseUrl === 'string' ? joined(folder, options.baseUrl) : undefined;
  const parent = inherited.findLast(({ patterns, baseFolder }) => patterns.length > 0 || baseFolder !== undefined);
  const baseFolder = base ?? parent?.baseFolder;
  const own = patternsOf(options.paths);
  const paths = own.length > 0 ? { folder: base ?? folder, patterns: own } : parent;
  return {
    folder: paths?.folder ?? folder,
    patterns: paths?.patterns ?? [],
    ...(baseFolder === undefined ? {} : { baseFolder }),
  };
}

function parentsOf(config: Readonly<Record<string, unknown>> | undefined, folder: string, project: ProjectFiles) {
  const extended = config?.extends;
  const named = (Array.isArray(extended) ? extended : [extended]).filter(
    (one): one is string => typeof one === 'string',
  );
  return named
    .filter((one) => one.startsWith('.'))
    .map((one) => joined(folder, one))
    .flatMap((one) => [one, `${one}.json`].find((path) => project.has(path)) ?? []);
}

function patternsOf(paths: unknown): Aliases['patterns'] {
  if (!isRecord(paths)) return [];
  return Object.entries(paths)
    .map(([pattern, targets]) => [pattern, Array.isArray(targets) ? targets.filter(isText) : []] as const)
    .toSorted(([a], [b]) => b.indexOf('*') - a.indexOf('*'));
}

function subpathImports(folder: string, project: ProjectFiles): Aliases | undefined {
  const manifest = readJson(folder === '' ? 'package.json' : `${folder}/package.json`, project);
  if (!isRecord(manifest?.imports)) return undefined;
  const patterns = Object.entries(manifest.imports).map(([pattern, value]) => [pattern, targetsOf(value)] as const);
  return { folder, patterns };
}

/** Every path that conditions like `{ "import": "./src/db.ts" }` may lead to. */
export function targetsOf(value: unknown): readonly string[] {
  if (isText(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(targetsOf);
  return isRecord(value) ? Object.values(value).flatMap(targetsOf) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
