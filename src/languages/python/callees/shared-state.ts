import type { Binding } from '../modules/bindings.ts';
import { lineage } from '../modules/classes.ts';
import type { ClassDefinition, PythonModule } from '../modules/definition.ts';
import { classAround } from '../modules/lookup.ts';
import type { FunctionDefinition, Resolver } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { dottedName, enclosing, field, keyOf, nameOf } from '../tree/tree.ts';

/** A variable that outlives the function that fills it. */
export type SharedState =
  | { readonly kind: 'global'; readonly module: PythonModule; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: ClassDefinition; readonly name: string }
  /** `app.state.<name>`, wherever the app is. */
  | { readonly kind: 'app-state'; readonly name: string };

/** `app.state`, `request.app.state`, `self.app.state`. */
const APP_STATE = /(^|\.)(\w*app|application|server|api|request)\.state$/i;

/** `src.core.store._index`, `VectorStore.index`, `app.state.pool`. */
export function targetName(state: SharedState): string {
  if (state.kind === 'app-state') return `app.state.${state.name}`;
  return state.kind === 'global' ? `${state.module.name}.${state.name}` : `${nameOf(state.of.node)}.${state.name}`;
}

export function stateKey(state: SharedState): string {
  if (state.kind === 'app-state') return `state ${state.name}`;
  return state.kind === 'global'
    ? `${state.module.path} ${state.name}`
    : `${keyOf(state.of.module, state.of.node)} ${state.name}`;
}

/** The shared variable that a name or attribute stands for, as seen in a function. */
export function sharedState(node: Node, of: FunctionDefinition, resolver: Resolver): SharedState | undefined {
  if (node.type === 'identifier') return globalBehind(node, of.module, resolver);
  const [object, attribute] = node.type === 'attribute' ? [field(node, 'object'), field(node, 'attribute')] : [];
  if (!object || !attribute) return undefined;
  const name = attribute.text;
  if (APP_STATE.test(object.text)) return { kind: 'app-state', name };
  const owner = isReceiver(object, of) ? (of.owner ?? classAround(of.node, of.module)) : undefined;
  if (owner) return { kind: 'attribute', of: owner, name };
  const found = resolver.resolve(object, of.module);
  if (found?.kind === 'module') return { kind: 'global', module: found.module, name };
  if (found?.kind === 'class') return { kind: 'attribute', of: found, name };
  const isOwn = found?.kind === 'instance' && isWithin(found.node, of.node) && found.module === of.module;
  return found?.kind === 'instance' && !isOwn ? { kind: 'attribute', of: found.of, name } : undefined;
}

/** The module-level variable behind a name, through the imports that lead to it. */
export function globalBehind(node: Node, module: PythonModule, resolver: Resolver): SharedState | undefined {
  const binding = resolver.bindingsOf(node.text, node, module)[0];
  if (!binding) return undefined;
  return binding.kind === 'import' ? imported(binding, resolver, 0) : ownGlobal(binding, node.text, module, resolver);
}

function imported(
  binding: Binding & { readonly kind: 'import' },
  resolver: Resolver,
  depth: number,
): SharedState | undefined {
  const source = resolver.source.imported(binding.module, binding.from, binding.level);
  if (!source || binding.member === undefined || depth > 5) return undefined;
  const next = resolver.scope(source.root, source).names.get(binding.member)?.[0];
  if (next?.kind === 'import') return imported(next, resolver, depth + 1);
  return next && { kind: 'global', module: source, name: binding.member };
}

function ownGlobal(binding: Binding, name: string, module: PythonModule, resolver: Resolver): SharedState | undefined {
  if (binding.kind === 'defined' || binding.kind === 'parameter') return undefined;
  const isModuleLevel = resolver.scope(module.root, module).names.get(name)?.includes(binding) ?? false;
  const scope = enclosing(binding.node, ['function_definition', 'lambda', 'class_definition']);
  const isDeclared = scope?.type === 'function_definition' && resolver.scope(scope, module).outer.has(name);
  return isModuleLevel || (!scope && !isDeclared) || isDeclared ? { kind: 'global', module, name } : undefined;
}

/** Whether both stand for the same variable: attributes of a class are those of its bases and subclasses too. */
export function isSameState(one: SharedState, other: SharedState, resolver: Resolver): boolean {
  if (one.name !== other.name) return false;
  if (one.kind === 'global' && other.kind === 'global') return one.module.path === other.module.path;
  if (one.kind === 'attribute' && other.kind === 'attribute') return isRelated(one.of, other.of, resolver);
  return one.kind === 'app-state' && other.kind === 'app-state';
}

export function isRelated(one: ClassDefinition, other: ClassDefinition, resolver: Resolver): boolean {
  const has = (of: ClassDefinition, base: ClassDefinition) =>
    lineage(of, resolver).some((found) => keyOf(found.module, found.node) === keyOf(base.module, base.node));
  return has(one, other) || has(other, one);
}

/** `self` or `cls` in a method. */
function isReceiver(object: Node, of: FunctionDefinition): boolean {
  const first = field(of.node, 'parameters')?.namedChildren[0];
  return classAround(of.node, of.module) !== undefined && first?.text === dottedName(object);
}

function isWithin(inner: Node, outer: Node): boolean {
  return inner.startIndex >= outer.startIndex && inner.endIndex <= outer.endIndex;
}
