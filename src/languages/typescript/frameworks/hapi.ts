import type { Framework } from '../hooks/framework.ts';
import { methodListens } from '../hooks/listen-calls.ts';

/** Hapi: `await server.start()`. */
export const hapi: Framework = {
  id: 'hapi',
  anchors: ['hapi'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'hapi',
      methods: ['start'],
      made: /^(@hapi\/)?hapi\.(server\(\)|Server)$/,
      types: /^Hapi\.Server$/,
    }),
};
