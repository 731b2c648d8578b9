import type { Framework } from '../hooks/framework.ts';
import { methodListens } from '../hooks/listen-calls.ts';

/** Express: `app.listen(port)`, which makes an HTTP server of its own. */
export const express: Framework = {
  id: 'express',
  anchors: ['.listen'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'express',
      methods: ['listen'],
      made: /^(express|express-ws|routing-controllers\.createExpressServer)\(\)(\.app)?(\.\w+\(\))*$/,
      types: /^(express(-serve-static-core)?\.)?(Express|Application)$/,
    }),
};
