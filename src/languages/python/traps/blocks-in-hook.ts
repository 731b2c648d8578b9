import type { TrapSighting } from '../../../core/index.ts';
import { isAsync } from '../steps/calls.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { lineOf, ownNodes } from '../tree/own-nodes.ts';
import type { HookSite } from './hook-site.ts';

/** `time.sleep(5)`, `requests.get(url)` in the startup part of an `async def`. What the calls of the hook do is judged with them. */
export function blocksInHook({ definition, flow, modules }: HookSite): readonly TrapSighting[] {
  const { module, node } = definition;
  if (!isAsync(node)) return [];
  const calls = flow.startup.flatMap((leaf) => ownNodes(leaf.node, ['call']));
  return calls.flatMap((call) => {
    const callee = call.childForFieldName('function');
    const found = callee ? modules.resolve(callee, module) : undefined;
    if (!callee || found?.kind !== 'external' || modules.cost(found) !== 'blocks-loop') return [];
    const what = `${calleeText(callee)} blocks the event loop`;
    return [{ code: 'SC110', path: module.path, line: lineOf(call), what } as const];
  });
}
