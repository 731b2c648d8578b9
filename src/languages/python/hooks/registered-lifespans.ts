import type { PythonModule } from '../modules/definition.ts';
import { originsOf } from '../modules/origins.ts';
import type { Node } from '../tree/parse.ts';
import { decoratorNodes, descendants, enclosing, lastName, objectOf } from '../tree/shapes.ts';
import { named, nameOf } from '../tree/tree.ts';
import type { PythonProject } from './framework.ts';
import { type FoundFunction, isContextManager, yields } from './hook-functions.ts';

/**
 * Lifespans that are registered with an object whose class makes the app's lifespan: `@manager.register` above a context
 * manager, where `FastAPI(lifespan=manager.build())`.
 */
export function registeredLifespans(found: FoundFunction, project: PythonProject): readonly FoundFunction[] {
  const owner = enclosing(found.node, 'class_definition');
  if (!owner) return [];
  const names = instancesOf(nameOf(owner), found.module);
  const modules = new Set(names.flatMap((name) => project.containing(name)));
  return [...modules].flatMap((path) => {
    const module = project.modules.at(path);
    return module ? decoratedIn(module, owner, found.module, project) : [];
  });
}

/** `manager` of `manager = LifespanManager()` at module level. */
function instancesOf(className: string, module: PythonModule): readonly string[] {
  return named(module.root)
    .flatMap((statement) => named(statement).slice(0, 1))
    .flatMap((node) => {
      const value = node.type === 'assignment' ? node.childForFieldName('right') : undefined;
      const isMade = value?.type === 'call' && value.childForFieldName('function')?.text === className;
      return isMade ? [node.childForFieldName('left')?.text ?? ''] : [];
    });
}

function decoratedIn(
  module: PythonModule,
  owner: Node,
  home: PythonModule,
  project: PythonProject,
): readonly FoundFunction[] {
  return descendants(module.root, 'function_definition')
    .filter((node) => decoratorNodes(node).some((decorator) => registers(decorator, module, owner, home, project)))
    .filter((node) => isContextManager(node) && yields(node))
    .map((node) => ({ node, module, wrapped: false }));
}

function registers(
  decorator: Node,
  module: PythonModule,
  owner: Node,
  home: PythonModule,
  project: PythonProject,
): boolean {
  const callee = decorator.type === 'call' ? decorator.childForFieldName('function') : decorator;
  const receiver = callee && objectOf(callee);
  if (!receiver || lastName(callee) === undefined) return false;
  return originsOf(receiver, module, project).some((origin) => {
    const made = origin.node.type === 'call' ? origin.node.childForFieldName('function') : undefined;
    const definition = made ? project.modules.resolve(made, origin.module) : undefined;
    return (
      definition?.kind === 'class' &&
      definition.module.path === home.path &&
      definition.node.startIndex === owner.startIndex
    );
  });
}
