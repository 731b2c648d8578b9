import type { ProjectFiles } from '../../../core/index.ts';
import type { PythonModule } from '../modules/definition.ts';
import type { ModuleSource } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';

/** A name where it stands. */
export interface Occurrence {
  readonly module: PythonModule;
  readonly node: Node;
}

/** Which files to look through: one, and those that contain one of the hints; no hints: all. */
export interface Where {
  readonly near: string;
  readonly hints: readonly string[];
}

/** Files that are looked through for one name. */
const MAX_FILES = 120;
const TESTS =
  /(^|\/)(tests?|testing|test_[^/]*|[^/]*_test|conftest|benchmarks?|examples?|docs?|scripts|migrations|alembic)(\/|\.py$)/;

/** Every identifier of a name in the project, tests left out; `undefined` where too many files have it. */
export function createOccurrences(project: ProjectFiles, source: ModuleSource) {
  const paths = new Map<string, readonly string[]>();
  const found = new Map<string, readonly Occurrence[] | undefined>();
  return (name: string, where: Where): readonly Occurrence[] | undefined => {
    const key = [name, where.near, ...where.hints].join(' ');
    if (found.has(key)) return found.get(key);
    const mentioning = paths.get(name) ?? filesWith(name, project);
    paths.set(name, mentioning);
    const occurrences = search(name, reachable(mentioning, where, project), source);
    found.set(key, occurrences);
    return occurrences;
  };
}

function filesWith(name: string, project: ProjectFiles): readonly string[] {
  const word = wordOf(name);
  return project.containing(name, '.py').filter((path) => !TESTS.test(path) && word.test(project.read(path) ?? ''));
}

function reachable(paths: readonly string[], { near, hints }: Where, project: ProjectFiles): readonly string[] {
  if (hints.length === 0) return paths;
  return paths.filter((path) => path === near || hints.some((hint) => project.read(path)?.includes(hint)));
}

function search(name: string, paths: readonly string[], source: ModuleSource): readonly Occurrence[] | undefined {
  if (paths.length > MAX_FILES) return undefined;
  return paths.flatMap((path) => {
    const module = source.at(path);
    if (!module) return [];
    return [...module.text.matchAll(wordOf(name, 'g'))]
      .map(({ index }) => module.root.descendantForIndex(index, index + name.length))
      .flatMap((node) => (node?.type === 'identifier' && node.text === name ? [{ module, node }] : []));
  });
}

function wordOf(name: string, flags = ''): RegExp {
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`, flags);
}
