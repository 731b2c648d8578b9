import type { TrapSighting } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { callsIn, type FoundCall } from '../steps/calls.ts';
import { dottedName } from '../tree/dotted-name.ts';
import { lineOf } from '../tree/own-nodes.ts';
import type { HookSite } from './hook-site.ts';

/** `app.state.poller = asyncio.create_task(poll())` where the task can fail and no code of the file looks at how it ended. */
export function taskFailureUnread({ definition, steps, flow }: HookSite): readonly TrapSighting[] {
  const { path, text } = definition.module;
  const calls = flow.startup.flatMap(({ node }) => callsIn(node)).filter(({ form }) => form === 'detached');
  return calls.flatMap((call) => {
    const name = keptIn(call);
    if (name === undefined || isRead(lastPart(name), text) || copes(call, steps)) return [];
    return [{ code: 'SC104', path, line: lineOf(call.node), what: `${name} is kept, and nothing reads its exception` }];
  });
}

/** The dotted name that the task is assigned to; a local one that is only cancelled, or awaited at the end, keeps it too. */
function keptIn({ node, group }: FoundCall): string | undefined {
  const { parent } = node;
  if (group !== undefined || parent?.type !== 'assignment') return undefined;
  return dottedName(parent.childForFieldName('left'));
}

/** It is given a callback, asked for its exception, or handed to code that may do so. */
function isRead(name: string, text: string): boolean {
  const handed = new RegExp(String.raw`[(,\[]\s*\*?(\w+\.)*${name}\s*[,)\]]`);
  const asked = new RegExp(String.raw`\b${name}\.(add_done_callback|exception|result|done)\b`);
  return asked.test(text) || handed.test(text);
}

const SLEEP = /^(asyncio|anyio)\.sleep$/;

/** Every failure of the work is caught inside it, or it does none that could fail. */
function copes({ node }: FoundCall, steps: HookSite['steps']): boolean {
  const call = steps.flatMap(({ calls }) => calls).find(({ range }) => range.start === node.startIndex);
  const { body } = call ?? {};
  return body === undefined || body.survivesFailure || body.isTrivial || body.calls.every((name) => SLEEP.test(name));
}
