import type { ProjectFiles, StateEffect } from '../../../core/index.ts';
import type { FunctionDefinition, Resolver } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { field } from '../tree/tree.ts';
import { functionKey } from './calls-made.ts';
import { type Filled, filledBy } from './filled-state.ts';
import type { Reached } from './reached.ts';
import { createReaderSearch } from './readers.ts';
import { stateKey, targetName } from './shared-state.ts';

const MAX_EFFECTS = 40;

/** Finds what a callee leaves behind, and who reads it. */
export function createEffectReader(
  project: ProjectFiles,
  resolver: Resolver,
): (reached: readonly Reached[]) => readonly StateEffect[] {
  const readersOf = createReaderSearch(project, resolver);
  return (reached) => {
    const filled = new Map<string, Filled>();
    for (const one of visible(reached, resolver)) {
      for (const found of filledBy(one.of, resolver)) {
        const key = stateKey(found.state);
        if (!filled.has(key)) filled.set(key, found);
      }
    }
    return [...filled.values()].slice(0, MAX_EFFECTS).map(({ state, at }) => ({
      target: targetName(state),
      at,
      readers: readersOf(state, at, reached),
    }));
  };
}

/**
 * The functions whose effects the caller waits for. What a task fills was never waited for, and an object that was made on
 * the way is nobody else's yet.
 */
function visible(reached: readonly Reached[], resolver: Resolver): readonly Reached[] {
  const onOwnObject = new Set<string>();
  for (const one of reached) {
    if (one.call && one.from && isOnOwnObject(one.call.node, one.from, onOwnObject, resolver)) {
      onOwnObject.add(functionKey(one.of));
    }
  }
  return reached.filter((one) => !one.isSpawned && !onOwnObject.has(functionKey(one.of)));
}

function isOnOwnObject(
  call: Node,
  from: FunctionDefinition,
  onOwnObject: ReadonlySet<string>,
  resolver: Resolver,
): boolean {
  const callee = field(call, 'function');
  const object = callee?.type === 'attribute' ? field(callee, 'object') : undefined;
  if (!object) return false;
  if (object.text === 'self') return onOwnObject.has(functionKey(from));
  const found = resolver.resolve(object, from.module);
  if (found?.kind !== 'instance' || found.module !== from.module || found.node.type !== 'call') return false;
  return found.node.startIndex >= from.node.startIndex && found.node.endIndex <= from.node.endIndex;
}
