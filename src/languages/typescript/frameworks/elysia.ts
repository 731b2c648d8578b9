import type { Framework } from '../hooks/framework.ts';
import { methodListens } from '../hooks/listen-calls.ts';

/** Elysia on Bun: `new Elysia().get(…).listen(port)`. */
export const elysia: Framework = {
  id: 'elysia',
  anchors: ['.listen'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'elysia',
      methods: ['listen'],
      made: /^elysia(\.Elysia)?(\.\w+\(\))*$/,
      types: /^(elysia\.)?Elysia$/,
      release: !/@elysiajs\/node/.test(module.text),
    }),
};
