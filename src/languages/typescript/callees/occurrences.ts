import { Node } from 'ts-morph';
import type { ProjectFiles } from '../../../core/index.ts';
import { isTestFile } from '../hooks/test-files.ts';
import type { Modules, SourceModule } from '../modules/definition.ts';

/** A name where it stands. */
export interface Occurrence {
  readonly module: SourceModule;
  readonly node: Node;
}

/** Which files to look through: one, and those that contain one of the hints; no hints: all. */
export interface Where {
  readonly near: string;
  readonly hints: readonly string[];
  /** Nothing else can reach it. */
  readonly onlyNear?: boolean;
}

/** Every place at which a name stands in the project, tests left out; `undefined` where it stands in too many. */
export function createOccurrences(project: ProjectFiles, modules: Modules) {
  const paths = new Map<string, readonly string[]>();
  const found = new Map<string, readonly Occurrence[] | undefined>();
  return (name: string, where: Where): readonly Occurrence[] | undefined => {
    const key = [name, where.near, String(where.onlyNear), ...where.hints].join(' ');
    if (found.has(key)) return found.get(key);
    const mentioning = where.onlyNear ? [where.near] : (paths.get(name) ?? filesWith(name, project));
    if (!where.onlyNear) paths.set(name, mentioning);
    const occurrences = search(name, reachable(mentioning, where, project), modules);
    found.set(key, occurrences);
    return occurrences;
  };
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** Code that is no part of the running server. */
const APART =
  /(^|\/)(scripts|migrations?|seeds?|seeders|examples?|docs?|benchmarks?|dist|build|vendor|node_modules)\/|\.d\.[cm]?ts$|\.config\.\w+$/;

/** Files, and places in them, that are looked through for one name. */
const MAX_FILES = 80;
const MAX_PLACES = 400;

function filesWith(name: string, project: ProjectFiles): readonly string[] {
  const word = wordOf(name);
  return EXTENSIONS.flatMap((extension) => project.containing(name, extension)).filter(
    (path) => !isTestFile(path) && !APART.test(path) && word.test(project.read(path) ?? ''),
  );
}

function reachable(paths: readonly string[], { near, hints }: Where, project: ProjectFiles): readonly string[] {
  if (hints.length === 0) return paths;
  return paths.filter((path) => path === near || hints.some((hint) => project.read(path)?.includes(hint)));
}

function search(name: string, paths: readonly string[], modules: Modules): readonly Occurrence[] | undefined {
  if (paths.length > MAX_FILES) return undefined;
  // All at once: each file that is added later makes the compiler look at the program anew.
  modules.load(paths);
  const found: Occurrence[] = [];
  for (const path of paths) {
    const module = modules.at(path);
    for (const { index } of module?.text.matchAll(wordOf(name, 'g')) ?? []) {
      const node = module?.root.getDescendantAtPos(index);
      const isName = Node.isIdentifier(node) || Node.isPrivateIdentifier(node);
      if (module && isName && node.getText() === name) found.push({ module, node });
      if (found.length > MAX_PLACES) return undefined;
    }
  }
  return found;
}

function wordOf(name: string, flags = ''): RegExp {
  return new RegExp(`(?<![\\w$#])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`, flags);
}
