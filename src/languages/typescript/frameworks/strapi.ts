import type { Framework } from '../hooks/framework.ts';
import { appHooks, exportedFunction, functionHook } from '../hooks/hook-functions.ts';

/** Strapi: `register` and `bootstrap` of src/index run before the server starts, `destroy` when it stops (docs.strapi.io/cms/configurations/functions). */
export const strapi: Framework = {
  id: 'strapi',
  anchors: ['strapi'],
  findHooks(module, { modules }) {
    if (!/(^|\/)src\/(index|extensions\/[^/]+\/strapi-server)\.[jt]s$/.test(module.path)) return [];
    const hooks = (names: readonly string[], form: 'startup-event' | 'shutdown-event') =>
      names
        .flatMap((name) => exportedFunction(module.root, name, modules) ?? [])
        .flatMap((node) => functionHook(node, { framework: 'strapi', form, app: 'strapi' }, modules));
    return appHooks(hooks(['register', 'bootstrap'], 'startup-event'), hooks(['destroy'], 'shutdown-event'));
  },
};
