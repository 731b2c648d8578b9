import type { ProjectFiles } from '../../../core/index.ts';
import { createCalleeReader } from '../callees/callee-body.ts';
import { parsePython, type Tree } from '../tree/parse.ts';
import type { Modules, PythonModule } from './definition.ts';
import { createImportPaths, type ImportTarget } from './import-paths.ts';
import { qualifiedName } from './qualified-name.ts';
import { createResolver } from './resolver.ts';

/** The Python modules of a project: parsed once, when they are first asked for. `loadPython` must have finished. */
export function createModules(project: ProjectFiles): Modules {
  const store = createStore(project);
  const resolver = createResolver(store);
  const reader = createCalleeReader(project, resolver);
  return {
    at: store.at,
    imported: store.imported,
    resolve: resolver.resolve,
    qualifiedName,
    calleeBody: reader.calleeBody,
    cost: reader.cost,
    dispose: store.dispose,
  };
}

function createStore(project: ProjectFiles) {
  const paths = createImportPaths(project);
  const parsed = new Map<string, PythonModule | undefined>();
  const trees: Tree[] = [];

  function load(target: ImportTarget): PythonModule | undefined {
    if (parsed.has(target.path)) return parsed.get(target.path);
    const text = project.read(target.path);
    const tree = text === undefined ? undefined : parsePython(text);
    if (tree) trees.push(tree);
    const isSound = tree && !tree.rootNode.hasError;
    const module = text !== undefined && isSound ? { ...target, text, root: tree.rootNode } : undefined;
    parsed.set(target.path, module);
    return module;
  }

  return {
    at: (path: string) => load({ path, name: paths.nameOf(path) }),
    imported(from: PythonModule, name: string, level: number) {
      const target = paths.find(from.path, name, level);
      return target && load(target);
    },
    dispose() {
      for (const tree of trees) tree.delete();
      trees.length = 0;
      parsed.clear();
    },
  };
}
