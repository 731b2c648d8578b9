import { functionRun } from '../hooks/program-run.ts';
import { ownNodes } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import type { FoundCall } from './calls.ts';
import { argumentsBehind, argumentsRange } from './wrappers.ts';

/** What a program awaits outside of any coroutine: `loop.run_until_complete(init())`, `asyncio.run(init())`. */
export function loopRunsIn(statement: Node): FoundCall[] {
  return ownNodes(statement, ['call']).flatMap((call) => {
    const run = call.childForFieldName('function');
    const callee = functionRun(call);
    if (!run || !callee) return [];
    const inner = callee.parent?.type === 'call' ? callee.parent : undefined;
    const given = inner ? argumentsRange(inner) : argumentsBehind(call, callee);
    return [{ node: call, callee, arguments: given, form: 'await', through: [run] }];
  });
}
