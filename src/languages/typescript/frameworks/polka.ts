import type { Framework } from '../hooks/framework.ts';
import { methodListens } from '../hooks/listen-calls.ts';

/** Polka: `polka().get(…).listen(port)`. */
export const polka: Framework = {
  id: 'polka',
  anchors: ['polka'],
  findListens: (module, project) =>
    methodListens(module, project, { framework: 'polka', methods: ['listen'], made: /^polka\(\)(\.\w+\(\))*$/ }),
};
