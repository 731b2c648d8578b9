import { type Expression, parameterOf, passedValues } from '../modules/call-sites.ts';
import type { ClassDefinition, PythonModule } from '../modules/definition.ts';
import { originsOf } from '../modules/origins.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, decoratorNodes, descendants, lastName, nodesOfFunction } from '../tree/shapes.ts';
import { named, nameOf } from '../tree/tree.ts';
import type { PythonProject } from './framework.ts';

/** A function of the project that an expression stands for. */
export interface FoundFunction {
  readonly node: Node;
  readonly module: PythonModule;
  /** It is made a context manager where it is used: `asynccontextmanager(lifespan)`. */
  readonly wrapped: boolean;
}

/** `partial(make(settings), …)` inside a parameter of a factory is real; more than this is not. */
const DEEPEST = 8;

/**
 * The functions of the project that an expression may stand for, followed through names, attributes, parameters, `partial`,
 * factories that return an inner function, and functions that only pass the call on.
 */
export function functionsOf(node: Node, module: PythonModule, project: PythonProject): readonly FoundFunction[] {
  const found = follow({ node, module }, project, 0);
  return found.filter((one, index) => found.findIndex((other) => isSameFunction(one, other)) === index);
}

export function isSameFunction(
  a: { node: Node; module: PythonModule },
  b: { node: Node; module: PythonModule },
): boolean {
  return a.module.path === b.module.path && a.node.startIndex === b.node.startIndex;
}

export function isContextManager(definition: Node): boolean {
  return decoratorNodes(definition).some((decorator) => isContextManagerName(lastName(decorator)));
}

/** It has a `yield` of its own: a context manager or a generator. */
export function yields(definition: Node): boolean {
  return nodesOfFunction(definition, 'yield').length > 0;
}

function follow(expression: Expression, project: PythonProject, depth: number): readonly FoundFunction[] {
  if (depth > DEEPEST) return [];
  const { node, module } = expression;
  const next = (inner: Node | null | undefined): readonly FoundFunction[] =>
    inner ? follow({ node: inner, module }, project, depth + 1) : [];
  switch (node.type) {
    case 'identifier':
    case 'attribute':
      return followName(expression, project, depth);
    case 'call':
      return followCall(expression, project, depth);
    case 'lambda': {
      const body = node.childForFieldName('body');
      return body?.type === 'call' ? next(body.childForFieldName('function')) : [];
    }
    case 'conditional_expression': {
      const [chosen, , otherwise] = named(node);
      return [...next(chosen), ...next(otherwise)];
    }
    case 'boolean_operator':
      return [...next(node.childForFieldName('left')), ...next(node.childForFieldName('right'))];
    case 'parenthesized_expression':
      return next(named(node)[0]);
    default:
      return [];
  }
}

function followName({ node, module }: Expression, project: PythonProject, depth: number): readonly FoundFunction[] {
  const parameter = node.type === 'identifier' ? parameterOf(node) : undefined;
  if (parameter) {
    const passed = passedValues(parameter.definition, parameter.name, module, project);
    return passed.flatMap((value) => follow(value, project, depth + 1));
  }
  const assigned = originsOf(node, module, project).flatMap((origin) => follow(origin, project, depth + 1));
  if (assigned.length > 0) return assigned;
  const definition = project.modules.resolve(node, module);
  if (definition?.kind !== 'function') return [];
  const found = { node: definition.node, module: definition.module, wrapped: false };
  const isOwn = node.type === 'attribute' && node.childForFieldName('object')?.text === 'self';
  return isOwn && definition.owner ? [found, ...overridesOf(definition.owner, found, project)] : [found];
}

/** What classes that derive from the owner put in the place of `self.lifespan`. */
function overridesOf(owner: ClassDefinition, found: FoundFunction, project: PythonProject): readonly FoundFunction[] {
  const name = nameOf(found.node);
  return project.containing(nameOf(owner.node)).flatMap((path) => {
    const module = project.modules.at(path);
    const classes = module ? descendants(module.root, 'class_definition') : [];
    return classes.flatMap((node) => {
      if (!module || !derives(node, module, owner, project)) return [];
      const method = methodOf(node, name);
      return method ? [{ node: method, module, wrapped: false }] : [];
    });
  });
}

function derives(node: Node, module: PythonModule, from: ClassDefinition, project: PythonProject): boolean {
  const bases = node.childForFieldName('superclasses');
  return (bases ? named(bases) : []).some((base) => {
    const definition = project.modules.resolve(base, module);
    return definition?.kind === 'class' && isSameFunction(definition, from);
  });
}

function methodOf(node: Node, name: string): Node | undefined {
  const body = node.childForFieldName('body');
  return (body ? named(body) : [])
    .map((child) => (child.type === 'decorated_definition' ? (child.childForFieldName('definition') ?? child) : child))
    .find((child) => child.type === 'function_definition' && nameOf(child) === name);
}

function followCall({ node, module }: Expression, project: PythonProject, depth: number): readonly FoundFunction[] {
  const callee = node.childForFieldName('function');
  const name = lastName(callee);
  const first = argumentsOf(node).positional[0];
  if (name === 'partial') return first ? follow({ node: first, module }, project, depth + 1) : [];
  if (isContextManagerName(name) && first) {
    return follow({ node: first, module }, project, depth + 1).map((found) => ({ ...found, wrapped: true }));
  }
  const made = callee ? project.modules.resolve(callee, module) : undefined;
  if (made?.kind !== 'function' || yields(made.node)) return [];
  return returnedBy(made.node).flatMap((value) => follow({ node: value, module: made.module }, project, depth + 1));
}

function isContextManagerName(name: string | undefined): boolean {
  return name === 'asynccontextmanager' || name === 'contextmanager';
}

/** The expressions that a function returns. */
export function returnedBy(definition: Node): readonly Node[] {
  return nodesOfFunction(definition, 'return_statement').flatMap((statement) => named(statement).slice(0, 1));
}
