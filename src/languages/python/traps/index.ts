import type { TrapSighting } from '../../../core/index.ts';
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
export function trapsIn(site: HookSite): readonly TrapSighting[] {
  return recognisers.flatMap((recognise) => recognise(site));
}
