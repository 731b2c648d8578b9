import type { Place } from '../../../core/index.ts';
import type { FunctionDefinition, Resolver } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { field, named, ownNodes, placeOf } from '../tree/tree.ts';
import { type SharedState, sharedState } from './shared-state.ts';

/** State that a function fills, with where it does. */
export interface Filled {
  readonly state: SharedState;
  readonly at: Place;
}

const MUTATORS = new Set(['append', 'appendleft', 'extend', 'add', 'update', 'insert', 'setdefault', 'put_nowait']);

/** The shared state that a function's own statements fill. */
export function filledBy(of: FunctionDefinition, resolver: Resolver): readonly Filled[] {
  const body = field(of.node, 'body');
  return (body ? ownNodes(body) : []).flatMap((node) =>
    targetsOf(node).flatMap((target) => {
      const state = filledState(target, of, resolver);
      return state ? [{ state, at: placeOf(of.module, node) }] : [];
    }),
  );
}

/** What a statement assigns or changes: names, attributes, containers. */
export function targetsOf(node: Node): readonly Node[] {
  if (node.type === 'assignment' || node.type === 'augmented_assignment') {
    const left = field(node, 'left');
    return left && field(node, 'right') ? flattened(left) : [];
  }
  const callee = node.type === 'call' ? field(node, 'function') : undefined;
  const object = callee?.type === 'attribute' ? field(callee, 'object') : undefined;
  const isMutator = MUTATORS.has((callee && field(callee, 'attribute')?.text) ?? '');
  return object && isMutator && /^(identifier|attribute|subscript)$/.test(object.type) ? flattened(object) : [];
}

function flattened(left: Node): readonly Node[] {
  if (left.type === 'subscript') return flattened(field(left, 'value') ?? left);
  return /pattern|tuple|list/.test(left.type) ? named(left).flatMap(flattened) : [left];
}

/** A plain name is assigned in the module only where it is declared `global`; a container is changed where it is. */
function filledState(target: Node, of: FunctionDefinition, resolver: Resolver): SharedState | undefined {
  const isAssigned = target.type === 'identifier' && /assignment$/.test(target.parent?.type ?? '');
  if (isAssigned && !resolver.scope(of.node, of.module).outer.has(target.text)) return undefined;
  if (isAssigned) return { kind: 'global', module: of.module, name: target.text };
  return sharedState(target, of, resolver);
}
