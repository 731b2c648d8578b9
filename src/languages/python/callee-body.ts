import type { CalleeBody, Cost, ProjectFiles } from '../../core/index.ts';
import type { Definition } from './definition.ts';
import { classAround } from './lookup.ts';
import type { Resolver } from './resolver.ts';
import { isAsync, nameOf, placeOf } from './tree.ts';

/** Reads what the function behind a callee does. */
export interface CalleeReader {
  calleeBody(definition: Definition): CalleeBody | undefined;
  cost(definition: Definition | undefined): Cost;
}

export function createCalleeReader(_project: ProjectFiles, _resolver: Resolver): CalleeReader {
  function calleeBody(definition: Definition): CalleeBody | undefined {
    if (definition.kind !== 'function') return undefined;
    const { module, node } = definition;
    const owner = definition.owner ?? classAround(node, module);
    return {
      at: placeOf(module, node),
      name: owner ? `${nameOf(owner.node)}.${nameOf(node)}` : nameOf(node),
      isAsync: isAsync(node),
      calls: [],
      remarks: [],
      queries: [],
      isTrivial: false,
      survivesFailure: false,
      exitsOnFailure: false,
      effects: [],
      resetsSharedState: false,
      deletesByAge: false,
    };
  }
  return { calleeBody, cost: (definition) => (definition && calleeBody(definition) ? 'finite' : 'unknown') };
}
