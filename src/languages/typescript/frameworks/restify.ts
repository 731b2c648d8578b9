import type { Framework } from '../hooks/framework.ts';
import { methodListens } from '../hooks/listen-calls.ts';

/** Restify: `restify.createServer().listen(port)`. */
export const restify: Framework = {
  id: 'restify',
  anchors: ['restify'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'restify',
      methods: ['listen'],
      made: /^restify\.createServer\(\)$/,
      types: /^restify\.Server$/,
    }),
};
