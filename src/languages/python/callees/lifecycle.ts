import { classAround } from '../modules/lookup.ts';
import type { FunctionDefinition, Resolver } from '../modules/resolver.ts';
import { nameOf } from '../tree/tree.ts';
import { isRelated, type SharedState } from './shared-state.ts';

/** What starts, stops or reports on a thing may read its bookkeeping at any time. */
const LIFECYCLE =
  /^_*(a?start|stop|shut_?down|a?close|init(iali[sz]e)?|set_?up|tear_?down|connect|disconnect|dispose|reset|restart|run|status|health|stats|info|is|get_(status|stats|statistics|health|info))(_|$)|_(status|stats|statistics|health|health_check|info)$|^__\w+__$/;
/** Hooks themselves: their own order is looked at elsewhere. */
const HOOK = /(^|_)lifespan($|_)|^(on_)?(startup|shutdown)($|_)|_(startup|shutdown)(_event|_handler)?$/;

/** The function starts, stops or reports on what owns the state, or is a hook. */
export function isLifecycle(of: FunctionDefinition, state: SharedState | undefined, resolver: Resolver): boolean {
  const name = nameOf(of.node);
  if (HOOK.test(name)) return true;
  if (!state || !LIFECYCLE.test(name)) return false;
  if (state.kind === 'global') return state.module.path === of.module.path;
  const owner = classAround(of.node, of.module);
  return state.kind === 'attribute' && owner !== undefined && isRelated(owner, state.of, resolver);
}
