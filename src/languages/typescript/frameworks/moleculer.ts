import { Node, type ObjectLiteralExpression, SyntaxKind } from 'ts-morph';
import type { Framework, NodeProject } from '../hooks/framework.ts';
import { appHooks, functionHook, functionIn, methodsOf } from '../hooks/hook-functions.ts';
import { dependsOn } from '../hooks/packages.ts';
import type { AppHooks, HookDefinition } from '../modules/definition.ts';

/** Moleculer: `started` of services, mixins and middlewares is waited for, `stopped` ends them (moleculer.services/docs/lifecycle). */
export const moleculer: Framework = {
  id: 'moleculer',
  anchors: ['started(', 'started:'],
  findHooks: (module, project) =>
    /\b(moleculer|broker)\b/.test(module.text) || dependsOn(module.path, 'moleculer', project)
      ? [
          ...module.root
            .getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression)
            .flatMap((one) => lifecycleOf(one, project)),
          ...module.root
            .getClasses()
            .flatMap((one) =>
              pair(methodsOf(one, ['started', 'serviceStarted']), methodsOf(one, ['stopped']), project),
            ),
        ]
      : [],
};

function lifecycleOf(object: ObjectLiteralExpression, project: NodeProject): readonly AppHooks[] {
  const named = (name: string) => functionIn(object.getProperty(name));
  const started = [named('started'), named('serviceStarted')].filter((one) => one !== undefined);
  const stopped = named('stopped');
  return isService(object) ? pair(started, stopped ? [stopped] : [], project) : [];
}

/** The object is a service schema, a mixin or a middleware, and not the options of something else. */
function isService(object: ObjectLiteralExpression): boolean {
  const names = object.getProperties().map((one) => (Node.hasName(one) ? one.getName() : ''));
  const isSchema = names.some((name) =>
    /^(name|actions|methods|settings|mixins|events|created|stopped|dependencies|localAction)$/.test(name),
  );
  return isSchema && !object.getParentIfKind(SyntaxKind.PropertyAssignment);
}

function pair(started: readonly Node[], stopped: readonly Node[], { modules }: NodeProject): readonly AppHooks[] {
  const hooks = (nodes: readonly Node[], form: HookDefinition['form']) =>
    nodes.flatMap((node) => functionHook(node, { framework: 'moleculer', form, release: true }, modules));
  return appHooks(hooks(started, 'startup-event'), hooks(stopped, 'shutdown-event'));
}
