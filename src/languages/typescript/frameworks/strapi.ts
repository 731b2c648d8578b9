import { Node } from 'ts-morph';
import type { Framework, NodeProject } from '../hooks/framework.ts';
import { appHooks, exportedFunction, functionHook } from '../hooks/hook-functions.ts';
import { dependsOn } from '../hooks/packages.ts';

/** Strapi: `register` and `bootstrap` of src/index run before the server starts, `destroy` when it stops (docs.strapi.io/cms/configurations/functions). */
export const strapi: Framework = {
  id: 'strapi',
  anchors: ['strapi', 'bootstrap'],
  files: /(^|\/)(src\/index|strapi-server|bootstrap)\.[jt]s$|extensions|plugins/,
  findHooks(module, project) {
    if (!HOLDER.test(module.path) || !/\bstrapi\b/i.test(module.text) || !isOfStrapi(module.path, project)) return [];
    const { modules } = project;
    const hooks = (names: readonly string[], form: 'startup-event' | 'shutdown-event') =>
      names
        .flatMap((name) => exportedFunction(module.root, name, modules) ?? [])
        .flatMap((node) => functionHook(node, { framework: 'strapi', form, ...appOf(node) }, modules));
    const startup = hooks(['register', 'bootstrap'], 'startup-event');
    return appHooks(startup, hooks(['destroy'], 'shutdown-event'));
  },
};

/** The files in which Strapi looks for these functions: the app's own, its plugins', those of version 3. */
const HOLDER =
  /(^|\/)src\/(index|extensions\/[^/]+\/strapi-server)\.[jt]s$|(^|\/)server\/(src\/)?(index|bootstrap|register)\.[jt]s$/;

/** A site that only asks a Strapi server for its content has no such package. */
function isOfStrapi(path: string, project: NodeProject): boolean {
  return ['@strapi/strapi', 'strapi'].some((name) => dependsOn(path, name, project) !== false);
}

/** `({ strapi }) => …` */
function appOf(node: Node) {
  const first = Node.isParametered(node) ? node.getParameters()[0] : undefined;
  return /\bstrapi\b/.test(first?.getNameNode().getText() ?? '') ? { app: 'strapi', server: 'strapi.server' } : {};
}
