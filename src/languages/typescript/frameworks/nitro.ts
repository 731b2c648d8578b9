import { SyntaxKind } from 'ts-morph';
import type { Framework } from '../hooks/framework.ts';
import { appHooks, functionHook } from '../hooks/hook-functions.ts';
import { isFunction, statementAround } from '../tree/own-nodes.ts';

/** Nitro and Nuxt: plugins of server/plugins (nitro.build/guide/plugins), which are called but not waited for. */
export const nitro: Framework = {
  id: 'nitro',
  anchors: ['defineNitroPlugin'],
  findHooks: (module, { modules }) =>
    module.root.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
      const plugin = /^(defineNitroPlugin|nitroPlugin)$/.test(call.getExpression().getText())
        ? call.getArguments()[0]
        : undefined;
      if (!plugin || !isFunction(plugin)) return [];
      const adviceOnly =
        'Nitro does not wait for asynchronous plugins: what must be there before the first request is not, today';
      const how = {
        framework: 'nitro',
        form: 'startup-event',
        name: 'defineNitroPlugin',
        outer: statementAround(call),
        adviceOnly,
      } as const;
      return appHooks(functionHook(plugin, how, modules), []);
    }),
};
