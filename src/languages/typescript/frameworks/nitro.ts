import { Node, SyntaxKind } from 'ts-morph';
import type { Framework } from '../hooks/framework.ts';
import { appHooks, functionHook } from '../hooks/hook-functions.ts';
import type { SourceModule } from '../modules/definition.ts';
import { isAsyncFunction, isFunction, statementAround } from '../tree/own-nodes.ts';

/** Nitro and Nuxt: plugins of server/plugins (nitro.build/guide/plugins), which are called but not waited for. */
export const nitro: Framework = {
  id: 'nitro',
  anchors: ['defineNitroPlugin', 'nitroPlugin', 'nitroApp'],
  findHooks: (module, { modules }) =>
    pluginsIn(module).flatMap((plugin) => {
      const adviceOnly = isAsyncFunction(plugin) ? NOT_WAITED_FOR : ANY_HOST;
      const outer = statementAround(plugin);
      const how = { framework: 'nitro', form: 'startup-event', name: 'defineNitroPlugin', outer, adviceOnly } as const;
      return appHooks(functionHook(plugin, how, modules), []);
    }),
};

const NOT_WAITED_FOR =
  'Nitro does not wait for asynchronous plugins: what must be there before the first request is not, today';

const ANY_HOST =
  'Nitro calls its plugins also on hosts on which nothing listens, and no work goes on in the background';

/** `defineNitroPlugin(async (nitroApp) => …)`, and the function that a file of server/plugins exports. */
function pluginsIn({ root, path }: SourceModule): readonly Node[] {
  const defined = root.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const [plugin] = /^(defineNitroPlugin|nitroPlugin)$/.test(call.getExpression().getText())
      ? call.getArguments()
      : [];
    return plugin && isFunction(plugin) ? [plugin] : [];
  });
  if (defined.length > 0 || !/(^|\/)server\/plugins\//.test(path)) return defined;
  const whole = root.getExportAssignment((one) => !one.isExportEquals())?.getExpression();
  const declared = root.getFunctions().find((one) => one.isDefaultExport());
  return [whole, declared].flatMap((one) => (one && takesNitroApp(one) ? [one] : []));
}

function takesNitroApp(node: Node): boolean {
  return Node.isParametered(node) && /^nitro(App)?$/.test(node.getParameters()[0]?.getName() ?? '');
}
