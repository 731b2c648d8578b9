import type { Framework } from '../hooks/framework.ts';
import { appHooks, exportedFunction, functionHook } from '../hooks/hook-functions.ts';

/** SvelteKit: `init` of hooks.server.ts runs once, before the server answers its first request (svelte.dev/docs/kit/hooks). */
export const sveltekit: Framework = {
  id: 'sveltekit',
  anchors: ['ServerInit', 'init'],
  findHooks(module, { modules }) {
    if (!/(^|\/)hooks\.server(\/index)?\.[jt]s$/.test(module.path)) return [];
    const init = exportedFunction(module.root, 'init', modules);
    return init ? appHooks(functionHook(init, { framework: 'sveltekit', form: 'startup-event' }, modules), []) : [];
  },
};
