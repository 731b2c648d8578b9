import type { StartupHook, TrapSighting } from '../../../core/index.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import { bodyOfHook, flowOfHook } from '../steps/describe-hook.ts';
import { blocksInHook } from './blocks-in-hook.ts';
import type { HookSite } from './hook-site.ts';
import { taskFailureUnread } from './task-failure-unread.ts';
import { taskGroupAroundYield } from './task-group-around-yield.ts';

const recognisers: readonly ((site: HookSite) => readonly TrapSighting[])[] = [
  taskGroupAroundYield,
  taskFailureUnread,
  blocksInHook,
];

/** The traps of a hook that only its syntax tree shows. */
export function trapsIn(definition: HookDefinition, hook: StartupHook, modules: Modules): readonly TrapSighting[] {
  if (definition.isReference) return [];
  const flow = flowOfHook(definition, bodyOfHook(definition));
  return recognisers.flatMap((recognise) => recognise({ definition, hook, flow, modules }));
}
