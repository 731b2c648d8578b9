import { Node, SyntaxKind } from 'ts-morph';
import type { TrapSighting } from '../../../core/index.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import type { HookFlow } from '../steps/hook-flow.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isAsyncFunction, lineOf, ownNodes } from '../tree/own-nodes.ts';

/** `execSync('pg_dump …')` in the startup part of an `async` function. What the calls of the hook do is judged with them. */
export function blocksInHook(definition: HookDefinition, flow: HookFlow, modules: Modules): readonly TrapSighting[] {
  const { module, node, form } = definition;
  if (!node || !isAsyncFunction(node) || form === 'shutdown-event') return [];
  const calls = flow.startup.flatMap((leaf) => ownNodes(leaf.node, [SyntaxKind.CallExpression]));
  return calls.flatMap((call) => {
    const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
    const found = callee && modules.resolve(callee);
    if (!callee || found?.kind !== 'external' || modules.cost(found) !== 'blocks-loop') return [];
    const what = `${calleeText(callee)} blocks the event loop`;
    return [{ code: 'SC110', path: module.path, line: lineOf(call), what } as const];
  });
}
