import type { Framework } from '../hooks/framework.ts';
import { appHooks, functionHook, methodsOf } from '../hooks/hook-functions.ts';
import { methodListens } from '../hooks/listen-calls.ts';

/** Feathers: `app.listen(port)`, and `setup` and `teardown` of services (feathersjs.com/api/services). */
export const feathers: Framework = {
  id: 'feathers',
  anchors: ['listen', '@feathersjs/'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'feathers',
      methods: ['listen'],
      made: /^@feathersjs\/(express|koa|feathers)(\.(express|koa|feathers))?\(\)$/,
      types: /^Application\b/,
    }),
  findHooks: (module, { modules }) =>
    module.root.getClasses().flatMap((one) =>
      appHooks(
        methodsOf(one, ['setup']).flatMap((node) =>
          functionHook(node, { framework: 'feathers', form: 'startup-event' }, modules),
        ),
        methodsOf(one, ['teardown']).flatMap((node) =>
          functionHook(node, { framework: 'feathers', form: 'shutdown-event' }, modules),
        ),
      ),
    ),
};
