import type { Framework } from '../hooks/framework.ts';
import { functionListens } from '../hooks/listen-calls.ts';

/** Hono on Node (`serve` of @hono/node-server), Bun (`Bun.serve`) and Deno (`Deno.serve`). */
export const hono: Framework = {
  id: 'hono',
  anchors: ['@hono/node-server', 'Bun.serve', 'Deno.serve'],
  findListens: (module, project) =>
    functionListens(
      module,
      project,
      'hono',
      /^(@hono\/node-server\.(serve|createAdaptorServer\(\)\.listen)|srvx\.serve|(Bun|bun)\.serve|Deno\.serve)$/,
    ),
};
