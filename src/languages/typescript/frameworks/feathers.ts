import { type ClassDeclaration, Node } from 'ts-morph';
import type { Framework } from '../hooks/framework.ts';
import { appHooks, functionHook, methodsOf } from '../hooks/hook-functions.ts';
import { methodListens } from '../hooks/listen-calls.ts';
import type { AppHooks, Modules } from '../modules/definition.ts';

/** Feathers: `app.listen(port)`, and `setup` and `teardown` of services (feathersjs.com/api/services). */
export const feathers: Framework = {
  id: 'feathers',
  anchors: ['.listen', '@feathersjs/'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'feathers',
      methods: ['listen'],
      made: /^@feathersjs\/(express|koa|feathers)(\.(express|koa|feathers))?\(\)$/,
      types: /^@feathersjs\/\w+\.Application$/,
    }),
  findHooks: (module, { modules }) =>
    /['"]@feathersjs\//.test(module.text)
      ? module.root.getClasses().flatMap((one) => (isService(one) ? lifecycleOf(one, modules) : []))
      : [],
};

/** It extends a service, or has one of the methods that clients call. */
function isService(node: ClassDeclaration): boolean {
  const served = ['find', 'get', 'create', 'update', 'patch', 'remove'];
  const base = node.getExtends()?.getExpression().getText() ?? '';
  return /Service$/.test(base) || served.some((name) => Node.isMethodDeclaration(node.getInstanceMethod(name)));
}

function lifecycleOf(node: ClassDeclaration, modules: Modules): readonly AppHooks[] {
  const hooks = (name: string, form: 'startup-event' | 'shutdown-event') =>
    methodsOf(node, [name]).flatMap((method) => functionHook(method, { framework: 'feathers', form }, modules));
  return appHooks(hooks('setup', 'startup-event'), hooks('teardown', 'shutdown-event'));
}
