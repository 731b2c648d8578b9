import { SyntaxKind } from 'ts-morph';
import type { Framework } from '../hooks/framework.ts';
import { appHooks, functionHook } from '../hooks/hook-functions.ts';
import { isFunction, statementAround, unwrapped } from '../tree/own-nodes.ts';

/** Meteor: the functions of `Meteor.startup` on the server, which it waits for before it listens (docs.meteor.com/api/meteor). */
export const meteor: Framework = {
  id: 'meteor',
  anchors: ['Meteor.startup'],
  findHooks: (module, { modules }) =>
    /(^|\/)client\//.test(module.path)
      ? []
      : module.root.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
          const [first] = call.getArguments();
          if (!first || call.getExpression().getText() !== 'Meteor.startup') return [];
          const value = unwrapped(first);
          const found = isFunction(value) ? undefined : modules.resolve(value);
          const node = found?.kind === 'function' ? found.node : value;
          const inline = node === value ? { name: 'Meteor.startup', outer: statementAround(call) } : {};
          return appHooks(functionHook(node, { framework: 'meteor', form: 'startup-event', ...inline }, modules), []);
        }),
};
