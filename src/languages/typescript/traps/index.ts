import type { TrapSighting } from '../../../core/index.ts';
import { blocksInHook } from './blocks-in-hook.ts';
import type { HookSite } from './hook-site.ts';
import { noShutdownHooks } from './no-shutdown-hooks.ts';
import { raisedPluginTimeout } from './raised-plugin-timeout.ts';

const recognisers: readonly ((site: HookSite) => readonly TrapSighting[])[] = [
  noShutdownHooks,
  raisedPluginTimeout,
  blocksInHook,
];

/** The traps of a hook, and of the code that makes its app, that only a syntax tree shows. */
export function trapsIn(site: HookSite): readonly TrapSighting[] {
  return recognisers.flatMap((recognise) => recognise(site));
}
