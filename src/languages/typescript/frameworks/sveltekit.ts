import type { Framework } from '../hooks/framework.ts';
import { appHooks, exportedFunction, functionHook } from '../hooks/hook-functions.ts';
import { nearestFile } from '../hooks/packages.ts';

/** SvelteKit: `init` of hooks.server.ts runs once, before the server answers its first request (svelte.dev/docs/kit/hooks). */
export const sveltekit: Framework = {
  id: 'sveltekit',
  anchors: ['ServerInit', 'init'],
  files: /(^|\/)hooks\.server\b/,
  findHooks(module, project) {
    if (!/(^|\/)hooks\.server(\/index)?\.[jt]s$/.test(module.path)) return [];
    const init = exportedFunction(module.root, 'init', project.modules);
    const settings =
      nearestFile(module.path, 'svelte.config.js', project) ?? nearestFile(module.path, 'svelte.config.ts', project);
    const host = /adapter-(vercel|netlify|cloudflare(-workers)?|auto)\b/.exec(
      (settings && project.read(settings)) ?? '',
    )?.[0];
    const adviceOnly = host && `the app is built with ${host}: its host freezes what runs in the background`;
    return init
      ? appHooks(functionHook(init, { framework: 'sveltekit', form: 'startup-event', adviceOnly }, project.modules), [])
      : [];
  },
};
