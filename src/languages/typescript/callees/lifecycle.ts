import { snakeCase } from '../../wording/words-of.ts';
import type { ClassDefinition, Modules, SourceModule } from '../modules/definition.ts';
import { isRelated } from './members.ts';
import type { SharedState } from './shared-state.ts';

/** The function starts, stops or reports on what owns the state, or is a hook. */
export function isLifecycle(
  name: string,
  module: SourceModule,
  owner: ClassDefinition | undefined,
  state: SharedState | undefined,
  modules: Modules,
): boolean {
  const words = snakeCase(name).toLowerCase();
  if (HOOK.test(words)) return true;
  if (!state || !LIFECYCLE.test(words)) return false;
  if (state.kind === 'attribute') return owner !== undefined && isRelated(owner, state.of, modules);
  return state.kind !== 'anywhere' && state.module.path === module.path;
}

/** What starts, stops or reports on a thing may read its bookkeeping at any time. */
const LIFECYCLE =
  /^[_#]*(start|stop|shut_?down|close|init(iali[sz]e)?|set_?up|tear_?down|connect|disconnect|dispose|destroy|reset|restart|run|status|health|stats|info|is|constructor|get_(status|stats|statistics|health|info))(_|$)|_(status|stats|statistics|health|health_check|info)$/;

/** Hooks themselves: their own order is looked at elsewhere. */
const HOOK =
  /^(on_module_(init|destroy)|on_application_(bootstrap|shutdown)|before_application_shutdown|on_(ready|close|listen|shutdown)|graceful_?shutdown|shut_?down|bootstrap|main)$/;
