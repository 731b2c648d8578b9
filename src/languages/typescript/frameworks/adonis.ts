import type { Framework } from '../hooks/framework.ts';
import { appHooks, functionHook, methodsOf } from '../hooks/hook-functions.ts';

/**
 * AdonisJS: `boot` and `start` of providers are waited for, `shutdown` ends them; `ready` runs once the server listens, and is
 * right already (docs.adonisjs.com/guides/concepts/service-providers).
 */
export const adonis: Framework = {
  id: 'adonis',
  anchors: ['@adonisjs/', '@ioc:'],
  findHooks: (module, { modules }) =>
    /@adonisjs\/|@ioc:/.test(module.text)
      ? module.root
          .getClasses()
          .filter((one) => /Provider$/.test(one.getName() ?? '') || isProviderFile(module.path))
          .flatMap((one) => {
            const hooks = (names: readonly string[], form: 'startup-event' | 'shutdown-event') =>
              methodsOf(one, names).flatMap((node) =>
                functionHook(node, { framework: 'adonis', form, notes }, modules),
              );
            return appHooks(hooks(['boot', 'start'], 'startup-event'), hooks(['shutdown'], 'shutdown-event'));
          })
      : [],
};

function isProviderFile(path: string): boolean {
  return /(^|\/)providers\/\w+\.[jt]s$/.test(path);
}

const notes: readonly string[] = ['commands of Ace boot the providers as well, and nothing listens there'];
