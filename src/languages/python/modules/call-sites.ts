import type { PythonProject } from '../hooks/framework.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, descendants, enclosing, lastName, parametersOf } from '../tree/shapes.ts';
import { nameOf } from '../tree/tree.ts';
import type { PythonModule } from './definition.ts';

/** An expression with the module that it stands in. */
export interface Expression {
  readonly node: Node;
  readonly module: PythonModule;
}

/** Enough to follow a thin wrapper; a function called from everywhere tells nothing about one app. */
const MOST_CALLS = 8;

/** The parameter that a name stands for, with its function. `undefined` for names that are bound otherwise. */
export function parameterOf(name: Node): { readonly definition: Node; readonly name: string } | undefined {
  for (let scope = enclosing(name, ...SCOPES); scope; scope = enclosing(scope, ...SCOPES)) {
    if (scope.type === 'lambda') continue;
    if (parametersOf(scope).some((parameter) => parameter.name === name.text)) {
      return isReassigned(name.text, scope) ? undefined : { definition: scope, name: name.text };
    }
  }
  return undefined;
}

/** What the project's calls of a function pass for one of its parameters; its default where a call passes nothing. */
export function passedValues(
  definition: Node,
  parameter: string,
  module: PythonModule,
  project: PythonProject,
): readonly Expression[] {
  const called = calledName(definition);
  const index = parametersOf(definition).findIndex(({ name }) => name === parameter);
  const isBound = enclosing(definition, ...SCOPES, 'class_definition')?.type === 'class_definition';
  const fallback = parametersOf(definition)[index]?.node.childForFieldName('value');
  const byDefault = fallback ? [{ node: fallback, module }] : [];
  const calls = callsOf(called, definition, module, project);
  if (calls.length === 0) return byDefault;
  return calls.flatMap(({ node, module: caller }) => {
    const { positional, keywords } = argumentsOf(node);
    const value = keywords.get(parameter) ?? positional[isBound ? index - 1 : index];
    return value ? [{ node: value, module: caller }] : byDefault;
  });
}

/** The calls of a function of the project, wherever they stand. */
export function callSites(definition: Node, module: PythonModule, project: PythonProject): readonly Expression[] {
  const name = calledName(definition);
  return callsByName(name, module, project).filter(({ node, module: caller }) =>
    runs(node, caller, definition, project),
  );
}

function callsByName(name: string, module: PythonModule, project: PythonProject): readonly Expression[] {
  const paths = [module.path, ...project.containing(name).filter((path) => path !== module.path)];
  return paths.flatMap((path) => {
    const caller = project.modules.at(path);
    return caller ? callsIn(name, caller) : [];
  });
}

function callsOf(name: string, definition: Node, module: PythonModule, project: PythonProject): readonly Expression[] {
  const calls = callsByName(name, module, project);
  if (calls.length > MOST_CALLS * 4) return [];
  return calls.filter(({ node, module: caller }) => runs(node, caller, definition, project)).slice(0, MOST_CALLS);
}

/** Calls by the name itself, or by the names under which the module imports it. */
function callsIn(name: string, module: PythonModule): readonly Expression[] {
  const { calls, aliases } = calledNames(module);
  const names = [name, ...(aliases.get(name) ?? [])];
  return names.flatMap((called) => calls.get(called) ?? []).map((node) => ({ node, module }));
}

interface CalledNames {
  readonly calls: ReadonlyMap<string, readonly Node[]>;
  /** `create` of `from .factory import create_app as create`, by the name that is imported. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<PythonModule, CalledNames>();

function calledNames(module: PythonModule): CalledNames {
  const before = known.get(module);
  if (before) return before;
  const calls = grouped(descendants(module.root, 'call'), (call) => lastName(call.childForFieldName('function')));
  const aliased = grouped(descendants(module.root, 'aliased_import'), (node) => node.childForFieldName('name')?.text);
  const names = [...aliased].map(
    ([name, nodes]) => [name, nodes.flatMap((node) => node.childForFieldName('alias')?.text ?? [])] as const,
  );
  const result = { calls, aliases: new Map(names) };
  known.set(module, result);
  return result;
}

function grouped(
  nodes: readonly Node[],
  keyOf: (node: Node) => string | undefined,
): ReadonlyMap<string, readonly Node[]> {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = keyOf(node);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return groups;
}

function runs(call: Node, caller: PythonModule, definition: Node, project: PythonProject): boolean {
  const callee = call.childForFieldName('function');
  const target = callee ? project.modules.resolve(callee, caller) : undefined;
  if (target?.kind === 'function') return isSame(target.node, definition);
  return target?.kind === 'class' && isSame(target.node, enclosing(definition, 'class_definition'));
}

/** Node objects are made anew at every access: places tell whether two are the same. */
function isSame(a: Node, b: Node | undefined): boolean {
  return a.id === b?.id && a.startIndex === b.startIndex;
}

/** A constructor is called by the name of its class. */
function calledName(definition: Node): string {
  const name = nameOf(definition);
  const owner = name === '__init__' ? enclosing(definition, 'class_definition') : undefined;
  return owner ? nameOf(owner) : name;
}

function isReassigned(name: string, scope: Node): boolean {
  return descendants(scope, 'assignment').some((assignment) => assignment.childForFieldName('left')?.text === name);
}

const SCOPES = ['function_definition', 'lambda'];
