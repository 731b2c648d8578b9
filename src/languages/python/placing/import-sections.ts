import type { ProjectFiles } from '../../../core/index.ts';
import type { PythonModule } from '../modules/definition.ts';
import { STANDARD_MODULES } from '../modules/standard-modules.ts';
import type { Node } from '../tree/parse.ts';
import { named } from '../tree/tree.ts';

/** The groups of a sorted import block, in their order. */
export type ImportSection = 'future' | 'standard' | 'third-party' | 'first-party' | 'local';

/** What of a project tells its own modules from installed ones. */
export type Sources = Pick<ProjectFiles, 'read' | 'has' | 'paths'>;

/** The section in which isort and ruff put an import statement, or a module by the first part of its name. */
export function sectionOf(import_: Node | string, module: PythonModule, project: Sources): ImportSection {
  if (typeof import_ !== 'string' && import_.type === 'future_import_statement') return 'future';
  const name = typeof import_ === 'string' ? import_ : sourceOf(import_);
  if (name.startsWith('.')) return 'local';
  const top = name.split('.', 1)[0] ?? '';
  if (STANDARD_MODULES.has(top)) return 'standard';
  return isFirstParty(top, module.path, project) ? 'first-party' : 'third-party';
}

function sourceOf(statement: Node): string {
  const source = statement.childForFieldName('module_name') ?? named(statement)[0];
  const name = source?.type === 'aliased_import' ? source.childForFieldName('name') : source;
  return name?.text.replaceAll(/\s/g, '') ?? '';
}

/** Ruff looks in its source folders, beside its configuration and not where the project really starts. */
function isFirstParty(top: string, path: string, project: Sources): boolean {
  if (top === ownPackage(path, project)) return true;
  const { folder, text } = configurationAbove(path, project);
  const own = /^\s*known-first-party\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? '';
  if (quoted(own).includes(top)) return true;
  const listed = /^\s*src\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1];
  const sources = listed === undefined ? ['', 'src'] : quoted(listed).map((name) => (name === '.' ? '' : name));
  return sources.some((source) => {
    const base = [folder, source, top].filter(Boolean).join('/');
    return project.has(`${base}.py`) || project.paths('.py').some((other) => other.startsWith(`${base}/`));
  });
}

/** Name of the outermost package that a file is in: ruff takes it for the project's own wherever it stands. */
function ownPackage(path: string, project: Sources): string | undefined {
  let name: string | undefined;
  for (let folder = folderOf(path); folder && project.has(`${folder}/__init__.py`); folder = folderOf(folder)) {
    name = folder.slice(folder.lastIndexOf('/') + 1);
  }
  return name;
}

function configurationAbove(path: string, project: Sources): { readonly folder: string; readonly text: string } {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    for (const name of ['.ruff.toml', 'ruff.toml', 'pyproject.toml']) {
      const text = project.read(folder ? `${folder}/${name}` : name);
      if (text !== undefined && (name !== 'pyproject.toml' || text.includes('[tool.ruff'))) return { folder, text };
    }
    if (folder === '') return { folder, text: '' };
  }
}

function quoted(list: string): readonly string[] {
  return [...list.matchAll(/["']([^"']*)["']/g)].map((match) => match[1] ?? '');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
