import { Node } from 'ts-morph';
import type { Framework } from '../hooks/framework.ts';
import { appHooks, exportedFunction, functionHook } from '../hooks/hook-functions.ts';

/** Strapi: `register` and `bootstrap` of src/index run before the server starts, `destroy` when it stops (docs.strapi.io/cms/configurations/functions). */
export const strapi: Framework = {
  id: 'strapi',
  anchors: ['strapi', 'bootstrap'],
  files: /(^|\/)(src\/index|strapi-server|bootstrap)\.[jt]s$|extensions|plugins/,
  findHooks(module, { modules }) {
    if (!HOLDER.test(module.path)) return [];
    const hooks = (names: readonly string[], form: 'startup-event' | 'shutdown-event') =>
      names
        .flatMap((name) => exportedFunction(module.root, name, modules) ?? [])
        .flatMap((node) => functionHook(node, { framework: 'strapi', form, ...appOf(node) }, modules));
    const startup = hooks(['register', 'bootstrap'], 'startup-event');
    const isStrapi = /\bstrapi\b/i.test(module.text);
    return isStrapi ? appHooks(startup, hooks(['destroy'], 'shutdown-event')) : [];
  },
};

/** The files in which Strapi looks for these functions: the app's own, its plugins', those of version 3. */
const HOLDER =
  /(^|\/)src\/(index|extensions\/[^/]+\/strapi-server)\.[jt]s$|(^|\/)server\/(src\/)?(index|bootstrap|register)\.[jt]s$/;

/** `({ strapi }) => …` */
function appOf(node: Node) {
  const first = Node.isParametered(node) ? node.getParameters()[0] : undefined;
  return /\bstrapi\b/.test(first?.getNameNode().getText() ?? '') ? { app: 'strapi', server: 'strapi.server' } : {};
}
