import type { TrapSighting } from '../../../core/index.ts';
import type { HookSite } from './hook-site.ts';
import { noShutdownHooks } from './no-shutdown-hooks.ts';
import { raisedPluginTimeout } from './raised-plugin-timeout.ts';

const recognisers: readonly ((site: HookSite) => readonly TrapSighting[])[] = [noShutdownHooks, raisedPluginTimeout];

/** The traps of the app that a hook belongs to, wherever in the project they stand. */
export function trapsAround(site: HookSite): readonly TrapSighting[] {
  return recognisers.flatMap((recognise) => recognise(site));
}
