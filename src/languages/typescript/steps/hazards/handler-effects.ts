import type { Node } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { isInside, lineOf } from '../../tree/own-nodes.ts';
import { handlerOf } from '../exits.ts';
import { failureOf, rejectionHandler } from '../failure.ts';
import type { StepContext } from './context.ts';

/** A handler that does more than log: a fallback, a degraded mode, throwing again, leaving the process. */
export function handlerEffects({ leaf, failure, definition, found }: StepContext): Hazard[] {
  // What nobody waits for moves with its handler, which does then what it does now.
  if (found.every(({ form }) => form === 'detached')) return [];
  const path = definition.module.path;
  const handler = handlerOf(leaf.node) ?? rejectionHandler(leaf.node);
  if (handler && (failure === 'changes-state' || failure === 'exits')) {
    const line = lineOf(handler);
    const what =
      failure === 'exits'
        ? `a failure of it is thrown again or ends the process, by the handler in line ${line}`
        : `the handler in line ${line} does more than log`;
    return [
      { kind: 'handler-changes-state', what, at: { path, line }, severity: failure === 'exits' ? 'never' : 'unsafe' },
    ];
  }
  const shared = sharedHandler(leaf.scopes, definition.listen);
  if (!shared) return [];
  const line = lineOf(shared);
  const what = `its failure is handled in line ${line} together with other calls`;
  return [{ kind: 'handler-changes-state', what, at: { path, line }, severity: 'unsafe' }];
}

/** The handler of a try that is looked into and survives: a failing statement keeps the ones after it from running. */
function sharedHandler(scopes: readonly Node[], listen: Node | undefined): Node | undefined {
  const scope = scopes.findLast((one) => handlerOf(one) !== undefined && !(listen && isInside(listen, one)));
  return scope && ['survives', 'changes-state'].includes(failureOf(scope, [])) ? handlerOf(scope) : undefined;
}
