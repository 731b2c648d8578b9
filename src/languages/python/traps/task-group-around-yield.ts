import type { TrapSighting } from '../../../core/index.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { lineOf, ownNodes } from '../tree/own-nodes.ts';
import type { HookSite } from './hook-site.ts';

/** `asyncio.TaskGroup`, `anyio.create_task_group`, `trio.open_nursery` in an `async with` around the `yield`. */
export function taskGroupAroundYield({ definition, flow }: HookSite): readonly TrapSighting[] {
  const { path } = definition.module;
  const around = flow.startup.filter(({ role }) => role === 'scope').flatMap(({ node }) => ownNodes(node, ['call']));
  return around
    .filter((call) => GROUP.test(calleeText(call.childForFieldName('function') ?? call)))
    .map((call) => ({ code: 'SC103', path, line: lineOf(call), what: `${call.text} is around the yield of the hook` }));
}

const GROUP = /(^|\.)(TaskGroup|create_task_group|open_nursery)$/;
