import { fastifyPlugins } from '../hooks/fastify-plugins.ts';
import type { Framework, NodeProject } from '../hooks/framework.ts';
import { appHooks } from '../hooks/hook-functions.ts';
import { methodListens } from '../hooks/listen-calls.ts';
import { registeredFunctions } from '../hooks/registered-functions.ts';
import type { AppHooks, HookDefinition, SourceModule } from '../modules/definition.ts';

/**
 * Fastify: `await app.listen({ port })`, `onReady` hooks, and plugins, all of which it waits for before it listens
 * (fastify.dev/docs/latest/Reference/Hooks). What stands in `onListen` runs afterwards, and is right already.
 */
export const fastify: Framework = {
  id: 'fastify',
  anchors: ['.listen', 'fastify', 'onReady'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'fastify',
      methods: ['listen'],
      made: /^fastify(\.fastify)?\(\)/,
      types: /^(fastify\.)?FastifyInstance\b/,
    }),
  findHooks(module, project) {
    const added = (event: string, form: HookDefinition['form']) =>
      registeredFunctions(module.root, { framework: 'fastify', method: 'addHook', event, form }, project);
    return pairedByFunction(module, project, added);
  },
};

type Added = (event: string, form: HookDefinition['form']) => ReturnType<typeof registeredFunctions>;

/** The `onReady` hooks that one function adds are of one app, with what it stops on `onClose`; without any, what it awaits itself is. */
function pairedByFunction(module: SourceModule, project: NodeProject, added: Added): readonly AppHooks[] {
  const closing = ['preClose', 'onClose']
    .flatMap((event) => added(event, 'shutdown-event'))
    .filter(({ hook }) => hook.adviceOnly === undefined);
  const taken = new Set<unknown>();
  const shutdownOf = (scope: unknown) => {
    if (taken.has(scope)) return [];
    taken.add(scope);
    return closing.filter((one) => one.scope === scope).map(({ hook }) => hook);
  };
  const starting = added('onReady', 'startup-event');
  const ready = [...new Set(starting.map(({ scope }) => scope))].flatMap((scope) =>
    appHooks(
      starting.filter((one) => one.scope === scope).map(({ hook }) => hook),
      shutdownOf(scope),
    ),
  );
  return [...ready, ...fastifyPlugins(module, project).flatMap((hook) => appHooks([hook], shutdownOf(hook.node)))];
}
