import { eventFramework } from '../hooks/event-framework.ts';
import type { Framework } from '../hooks/framework.ts';

/**
 * BlackSheep: `on_start` and `on_stop` run in the order of their registration, and so do both halves of a `lifespan`.
 * https://www.neoteroi.dev/blacksheep/application/
 */
export const blacksheep: Framework = eventFramework({
  id: 'blacksheep',
  classes: { apps: ['blacksheep.Application', 'blacksheep.server.Application'], routers: [] },
  claims: ({ text }) => /\bblacksheep\b/i.test(text),
  takes: {
    on_start: { as: 'startup', phase: { startup: 0 } },
    lifespan: { as: 'lifespan', phase: { startup: 0, shutdown: 0 } },
    on_stop: { as: 'shutdown', phase: { shutdown: 0 } },
  },
});
