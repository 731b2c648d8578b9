import type { ProjectFiles } from '../../../core/index.ts';
import { folderOf, isRecord, joined, readJson } from './import-paths.ts';
import { targetsOf } from './path-aliases.ts';

/** A package of the project itself. */
interface WorkspacePackage {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Where sources stand whose compiled form a manifest names. */
const BUILT = /(^|\/)(dist|lib|build|out|esm|cjs)\//;

/** Resolves the names of packages whose package.json stands in the project, and paths inside of them. */
export function createWorkspaces(project: ProjectFiles, existing: (path: string) => string | undefined) {
  let packages: ReadonlyMap<string, WorkspacePackage> | undefined;
  return (_folder: string, specifier: string): string | undefined => {
    if (/^(node|bun|deno|https?|npm|jsr):/.test(specifier)) return undefined;
    packages ??= packagesOf(project);
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    const found = packages.get(name);
    if (!found) return undefined;
    const inside = specifier.slice(name.length + 1);
    for (const path of candidates(found, inside)) {
      const source = existing(path);
      if (source !== undefined) return source;
    }
    return undefined;
  };
}

function packagesOf(project: ProjectFiles): ReadonlyMap<string, WorkspacePackage> {
  const packages = new Map<string, WorkspacePackage>();
  for (const path of project.paths('package.json')) {
    if (!/(^|\/)package\.json$/.test(path)) continue;
    const manifest = readJson(path, project);
    if (manifest && typeof manifest.name === 'string')
      packages.set(manifest.name, { folder: folderOf(path), manifest });
  }
  return packages;
}

function candidates({ folder, manifest }: WorkspacePackage, inside: string): readonly string[] {
  const { exports } = manifest;
  const listed = isRecord(exports) ? targetsOf(exports[inside === '' ? '.' : `./${inside}`]) : [];
  const main = inside === '' ? [manifest.source, manifest.module, manifest.main, manifest.types, exports] : [];
  const named = [...listed, ...main.filter((one): one is string => typeof one === 'string')];
  const bare = inside === '' ? ['src/index', 'index', 'src/main'] : [inside, `src/${inside}`];
  const sources = named.flatMap((path) => [path.replace(BUILT, '$1src/'), path.replace(BUILT, '$1'), path]);
  return [...sources.map((path) => path.replace(/\.d\.([cm]?ts)$/, '.$1')), ...bare].map((path) =>
    joined(folder, path),
  );
}
