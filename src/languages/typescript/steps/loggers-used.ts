import { Node, SyntaxKind } from 'ts-morph';
import type { HookDefinition } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { allNodes, unwrapped } from '../tree/own-nodes.ts';
import { bindingsIn, rootOf } from './name-uses.ts';

/** The statements among some that declare what the hook logs with, as far as they stand above an offset. */
export function loggersDeclared({ body }: HookDefinition, statements: readonly Node[], above: number): Node[] {
  const roots = new Set(
    allNodes(body, [SyntaxKind.CallExpression])
      .filter((node) => isLogCall(node))
      .map(loggerRoot),
  );
  return statements.filter(
    (one) =>
      Node.isVariableStatement(one) &&
      one.getEnd() <= above &&
      bindingsIn(one).some((use) => use.isDeclared && roots.has(use.path)),
  );
}

/** `fastify` of `fastify.log.info(…)`. */
function loggerRoot(call: Node): string {
  return Node.isCallExpression(call) ? rootOf(calleeText(unwrapped(call.getExpression()))) : '';
}
