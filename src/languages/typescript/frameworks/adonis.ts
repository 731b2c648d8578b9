import type { Framework } from '../hooks/framework.ts';
import { appHooks, functionHook, methodsOf } from '../hooks/hook-functions.ts';

/** AdonisJS: `boot`, `start` and `ready` of providers are waited for, `shutdown` ends them (docs.adonisjs.com/guides/concepts/service-providers). */
export const adonis: Framework = {
  id: 'adonis',
  anchors: ['Provider'],
  findHooks: (module, { modules }) =>
    /@adonisjs\/|@ioc:/.test(module.text)
      ? module.root
          .getClasses()
          .filter((one) => /Provider$/.test(one.getName() ?? ''))
          .flatMap((one) =>
            appHooks(
              methodsOf(one, ['boot', 'start']).flatMap((node) =>
                functionHook(node, { framework: 'adonis', form: 'startup-event' }, modules),
              ),
              methodsOf(one, ['shutdown']).flatMap((node) =>
                functionHook(node, { framework: 'adonis', form: 'shutdown-event' }, modules),
              ),
            ),
          )
      : [],
};
