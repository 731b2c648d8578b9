import type { Node } from '../tree/parse.ts';
import { field, keyOf } from '../tree/tree.ts';
import { type Binding, type Scope, scopeOf } from './bindings.ts';
import { attributeBindings } from './classes.ts';
import type { Definition, PythonModule } from './definition.ts';
import { elementValue, expressionValue, functionValue } from './expressions.ts';
import { bindingElement, bindingValue, findBindings, lookUp, memberOf, moduleMember } from './lookup.ts';

/** The modules of a project, as far as names need them. */
export interface ModuleSource {
  at(path: string): PythonModule | undefined;
  imported(from: PythonModule, name: string, level: number): PythonModule | undefined;
}

export type FunctionDefinition = Extract<Definition, { kind: 'function' }>;

/** What names and expressions mean. */
export interface Resolver {
  readonly source: ModuleSource;
  resolve(expression: Node, module: PythonModule): Definition | undefined;
  /** What the elements of a container are. */
  element(expression: Node, module: PythonModule): Definition | undefined;
  /** What a call to a function gives, an `await` included. */
  returned(definition: FunctionDefinition): Definition | undefined;
  /** What a module offers under a name. */
  exported(module: PythonModule, name: string): Definition | undefined;
  member(of: Definition, name: string, from: PythonModule): Definition | undefined;
  /** A dotted name as code at `at` would see it. */
  lookUpDotted(name: string, at: Node, module: PythonModule): Definition | undefined;
  /** What the first binding that means something means. */
  firstMeaning(bindings: readonly Binding[]): Definition | undefined;
  firstElement(bindings: readonly Binding[]): Definition | undefined;
  bindingsOf(name: string, at: Node, module: PythonModule): readonly Binding[];
  attributeBindings(of: Definition, name: string): readonly Binding[];
  /** What a module assigns to `….state.<name>`. */
  stateAssignments(module: PythonModule): ReadonlyMap<string, readonly Node[]>;
  scope(node: Node, module: PythonModule): Scope;
}

/** Chains that are longer than this are given up. */
const MAX_DEPTH = 60;

export function createResolver(source: ModuleSource): Resolver {
  const answer = createAnswers();
  const scopes = new Map<string, Scope>();
  const states = new Map<string, ReadonlyMap<string, readonly Node[]>>();
  const resolver: Resolver = {
    source,
    resolve: (node, module) => answer(`value ${keyOf(module, node)}`, () => expressionValue(node, module, resolver)),
    element: (node, module) => answer(`element ${keyOf(module, node)}`, () => elementValue(node, module, resolver)),
    returned: (of) => answer(`returned ${keyOf(of.module, of.node)}`, () => functionValue(of, resolver)),
    exported: (module, name) => answer(`exported ${module.path} ${name}`, () => moduleMember(module, name, resolver)),
    member: (of, name, from) => memberOf(of, name, from, resolver),
    lookUpDotted: (name, at, module) => dottedValue(name, at, module, resolver),
    firstMeaning: (bindings) => firstMeaning(bindings, (binding) => bindingValue(binding, resolver)),
    firstElement: (bindings) => firstMeaning(bindings, (binding) => bindingElement(binding, resolver)),
    bindingsOf: (name, at, module) => findBindings(name, at, module, resolver),
    attributeBindings: (of, name) => attributeBindings(of, name, resolver),
    stateAssignments: (module) => remembered(states, module.path, () => assignmentsToState(module)),
    scope: (node, module) => remembered(scopes, keyOf(module, node), () => scopeOf(node, module)),
  };
  return resolver;
}

/** Remembers answers. A question that comes up again while it is being answered has none. */
function createAnswers() {
  const known = new Map<string, Definition | undefined>();
  let depth = 0;
  return (key: string, compute: () => Definition | undefined): Definition | undefined => {
    if (known.has(key)) return known.get(key);
    if (depth >= MAX_DEPTH) return undefined;
    known.set(key, undefined);
    depth++;
    try {
      const result = compute();
      known.set(key, result);
      return result;
    } finally {
      depth--;
    }
  };
}

function remembered<T>(map: Map<string, T>, key: string, compute: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = compute();
  map.set(key, made);
  return made;
}

/** Anything else says more than a plain value does: `x = None` before `x = Store()`. */
function firstMeaning(
  bindings: readonly Binding[],
  meaningOf: (binding: Binding) => Definition | undefined,
): Definition | undefined {
  let plain: Definition | undefined;
  for (const binding of bindings) {
    const found = meaningOf(binding);
    if (found && found.kind !== 'value') return found;
    plain ??= found;
  }
  return plain;
}

function dottedValue(name: string, at: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const [first = '', ...rest] = name.split('.');
  let found = lookUp(first, at, module, resolver);
  for (const part of rest) found = found && resolver.member(found, part, module);
  return found;
}

function assignmentsToState(module: PythonModule): ReadonlyMap<string, readonly Node[]> {
  const values = new Map<string, Node[]>();
  if (!module.text.includes('.state.')) return values;
  for (const node of module.root.descendantsOfType('assignment')) {
    const left = field(node, 'left');
    const value = field(node, 'right');
    const name = left && /(?:^|\.)\w+\.state\.(\w+)$/.exec(left.text)?.[1];
    if (name && value) values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}
