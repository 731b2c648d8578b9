import type { Framework } from '../hooks/framework.ts';
import { appHooks, exportedFunction, functionHook } from '../hooks/hook-functions.ts';
import { dependsOn } from '../hooks/packages.ts';

/** Next.js: `register` of instrumentation.ts must complete before the server answers (nextjs.org/docs/app/guides/instrumentation). */
export const next: Framework = {
  id: 'next',
  anchors: ['register'],
  findHooks(module, project) {
    const isHolder = /(^|\/)instrumentation\.[cm]?[jt]s$/.test(module.path);
    if (!isHolder || dependsOn(module.path, 'next', project) === false) return [];
    const register = exportedFunction(module.root, 'register', project.modules);
    const how = { framework: 'next', form: 'startup-event', release: true, adviceOnly: EDGE, notes: [FROZEN] } as const;
    return register ? appHooks(functionHook(register, how, project.modules), []) : [];
  },
};

const EDGE =
  'Next.js builds this file for its edge runtime too, which lacks modules of Node: move the work to a file imported for Node only';

const FROZEN = 'on a serverless host work in the background may be frozen with its function';
