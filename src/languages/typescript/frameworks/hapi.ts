import type { Framework } from '../hooks/framework.ts';
import { appHooks } from '../hooks/hook-functions.ts';
import { methodListens } from '../hooks/listen-calls.ts';
import { registeredFunctions } from '../hooks/registered-functions.ts';

/** Hapi: `await server.start()`, and the extension points around it (hapi.dev/api: server.ext). */
export const hapi: Framework = {
  id: 'hapi',
  anchors: ['hapi', 'onPreStart'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'hapi',
      methods: ['start'],
      made: /^(@hapi\/)?(hapi\.(server\(\)|Server)|glue\.compose\(\))$/,
      types: /^((@hapi\/)?hapi|Hapi)\.Server$/,
    }),
  findHooks(module, project) {
    const on = (event: string, form: 'startup-event' | 'shutdown-event') =>
      registeredFunctions(module.root, { framework: 'hapi', method: 'ext', event, form }, project);
    const stops = ['onPreStop', 'onPostStop'].flatMap((event) => on(event, 'shutdown-event'));
    return on('onPreStart', 'startup-event').flatMap(({ hook, scope }, index) =>
      appHooks([hook], index === 0 ? stops.filter((one) => one.scope === scope).map((one) => one.hook) : []),
    );
  },
};
