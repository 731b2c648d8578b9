import type { Framework } from '../hooks/framework.ts';
import { methodListens } from '../hooks/listen-calls.ts';

/** Koa: `app.listen(port)`. */
export const koa: Framework = {
  id: 'koa',
  anchors: ['.listen'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'koa',
      methods: ['listen'],
      made: /^(koa(\(\))?|routing-controllers\.createKoaServer\(\))(\.use\(\))*$/,
      types: /^(koa\.)?Koa$/,
    }),
};
