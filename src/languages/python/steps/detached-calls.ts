import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText, dottedName } from '../tree/dotted-name.ts';
import type { Node } from '../tree/parse.ts';
import { isWrapper } from './wrappers.ts';

/** Calls that make a task: `asyncio.create_task`, `ensure_future`, `loop.create_task`, `app.add_task`, a group's `start_soon`. */
export function isDetaching(call: Node): boolean {
  const callee = call.childForFieldName('function');
  if (!callee) return false;
  const name = lastPart(calleeText(callee));
  if (name === 'start_soon') return callee.type === 'attribute';
  // Sanic's own: the app keeps the task and ends it.
  if (name === 'add_task') return /(^|\.)app\.add_task$/.test(calleeText(callee));
  if (name !== 'create_task' && name !== 'ensure_future') return false;
  if (callee.type === 'identifier') return true;
  return MAKES_TASKS.test(calleeText(callee.childForFieldName('object') ?? callee));
}

/** The group of `tg.create_task(…)` and `tg.start_soon(…)`: what is neither asyncio nor a loop. */
export function taskGroupOf(call: Node): string | undefined {
  const receiver = dottedName(call.childForFieldName('function')?.childForFieldName('object'));
  return receiver && !/(^|[._])(asyncio|loop)$/i.test(receiver) ? receiver : undefined;
}

/** `await asyncio.create_task(f())`, and a task among the members of an awaited gather: awaited, not detached. */
export function isAwaitedAtOnce(call: Node): boolean {
  for (let outer = call.parent; outer; outer = outer.parent) {
    if (outer.type === 'await') return true;
    if (outer.type === 'call' && !isWrapper(outer)) return false;
    if (/statement$|^block$|^lambda$|^assignment$/.test(outer.type)) return false;
  }
  return false;
}

const MAKES_TASKS =
  /(^|\.|_)(asyncio|anyio|loop|tg|tasks?_?group|group|nursery|get_event_loop\(\)|get_running_loop\(\)|new_event_loop\(\))$/i;
