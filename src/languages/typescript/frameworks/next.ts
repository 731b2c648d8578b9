import type { Framework } from '../hooks/framework.ts';
import { appHooks, exportedFunction, functionHook } from '../hooks/hook-functions.ts';
import { mayUse } from '../hooks/packages.ts';

/** Next.js: `register` of instrumentation.ts must complete before the server answers (nextjs.org/docs/app/guides/instrumentation). */
export const next: Framework = {
  id: 'next',
  anchors: ['register'],
  files: /(^|\/)instrumentation[^/]*$/,
  findHooks(module, project) {
    if (!/(^|\/)instrumentation\.[cm]?[jt]s$/.test(module.path) || !mayUse(module.path, 'next', project)) return [];
    const register = exportedFunction(module.root, 'register', project.modules);
    const notes = ['on a serverless host work in the background may be frozen with its function'];
    return register
      ? appHooks(
          functionHook(register, { framework: 'next', form: 'startup-event', release: true, notes }, project.modules),
          [],
        )
      : [];
  },
};
