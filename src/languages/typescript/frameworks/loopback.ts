import type { Framework } from '../hooks/framework.ts';
import { functionListens, methodListens } from '../hooks/listen-calls.ts';

/** LoopBack: `app.start()` of a class that extends its application, and `app.listen()` up to version 3. */
export const loopback: Framework = {
  id: 'loopback',
  anchors: ['loopback', 'ApplicationConfig'],
  findListens: (module, project) => [
    ...functionListens(
      module,
      project,
      'loopback',
      /^@loopback\/\w+\.(\w+Mixin\(\)|(Rest)?Application|RestServer)\.start$/,
    ),
    ...methodListens(module, project, { framework: 'loopback', methods: ['listen'], made: /^loopback\(\)$/ }),
  ],
};
