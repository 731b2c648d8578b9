import type { Hazard } from '../../../../core/index.ts';
import { lineOf, ownNodes } from '../../tree/own-nodes.ts';
import type { Node } from '../../tree/parse.ts';
import { failureOf } from '../failure.ts';
import { handlersOf } from '../hook-flow.ts';
import type { StepContext } from './context.ts';

/** A handler that does more than log: a fallback, a degraded mode, raising again. */
export function handlerEffects({ leaf, failure, definition }: StepContext): Hazard[] {
  const path = definition.module.path;
  const handler = handlersOf(leaf.node)[0];
  if (handler && (failure === 'changes-state' || failure === 'exits')) {
    const line = lineOf(handler);
    const what =
      failure === 'exits'
        ? `a failure of it is raised again by the handler in line ${line}`
        : `the handler in line ${line} does more than log`;
    return [
      { kind: 'handler-changes-state', what, at: { path, line }, severity: failure === 'exits' ? 'never' : 'unsafe' },
    ];
  }
  const shared = sharedHandler(leaf.scopes);
  if (!shared || ownNodes(leaf.node, ['await']).length === 0) return [];
  const line = lineOf(shared);
  return [
    {
      kind: 'handler-changes-state',
      what: `its failure is handled in line ${line} together with other calls`,
      at: { path, line },
      severity: 'unsafe',
    },
  ];
}

/** The handler of a try that is looked into and survives: a failing statement keeps the ones after it from running. */
function sharedHandler(scopes: readonly Node[]): Node | undefined {
  const scope = scopes.findLast((one) => one.type === 'try_statement' && ownNodes(one, ['yield']).length === 0);
  return scope && ['survives', 'changes-state'].includes(failureOf(scope, [])) ? handlersOf(scope)[0] : undefined;
}
