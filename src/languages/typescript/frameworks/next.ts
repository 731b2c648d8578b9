import type { Framework } from '../hooks/framework.ts';
import { appHooks, exportedFunction, functionHook } from '../hooks/hook-functions.ts';

/** Next.js: `register` of instrumentation.ts must complete before the server is ready (nextjs.org/docs/app/guides/instrumentation). */
export const next: Framework = {
  id: 'next',
  anchors: ['register'],
  findHooks(module, { modules }) {
    if (!/(^|\/)instrumentation\.[cm]?[jt]s$/.test(module.path)) return [];
    const register = exportedFunction(module.root, 'register', modules);
    const notes = ['on a serverless host work in the background may be frozen with its function'];
    return register
      ? appHooks(functionHook(register, { framework: 'next', form: 'startup-event', notes }, modules), [])
      : [];
  },
};
