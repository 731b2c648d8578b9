import type { ProjectFiles } from '../../core/index.ts';
import type { PythonModule } from './definition.ts';
import type { Node } from './parse.ts';
import type { ModuleSource } from './resolver.ts';

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
  /(^|\/)(tests?|testing|test_[^/]*|[^/]*_test|conftest|benchmarks?|examples?|docs?|migrations|alembic)(\/|\.py$)/;

/**
 * Every identifier of a name in the project, tests left out; `undefined` where too many files have it.
 */
export function createOccurrences(project: ProjectFiles, source: ModuleSource) {
  const known = new Map<string, readonly Occurrence[] | undefined>();
  return (name: string, where: Where): readonly Occurrence[] | undefined => {
    const key = [name, where.near, ...where.hints].join(' ');
    if (!known.has(key)) known.set(key, search(name, where, project, source));
    return known.get(key);
  };
}

function search(
  name: string,
  { near, hints }: Where,
  project: ProjectFiles,
  source: ModuleSource,
): readonly Occurrence[] | undefined {
  const word = new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g');
  const paths = project.containing(name, '.py').filter((path) => {
    const text = TESTS.test(path) ? '' : (project.read(path) ?? '');
    const mayReach = path === near || hints.length === 0 || hints.some((hint) => text.includes(hint));
    return mayReach && new RegExp(word.source).test(text);
  });
  if (paths.length > MAX_FILES) return undefined;
  return paths.flatMap((path) => {
    const module = source.at(path);
    if (!module) return [];
    const offsets = [...module.text.matchAll(word)].map((match) => match.index);
    return offsets
      .map((start) => module.root.descendantForIndex(start, start + name.length))
      .filter((node) => node?.type === 'identifier' && node.text === name)
      .flatMap((node) => (node ? [{ module, node }] : []));
  });
}
