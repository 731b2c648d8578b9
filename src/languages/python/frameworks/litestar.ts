import { onState } from '../hooks/asgi-hooks.ts';
import { eventFramework } from '../hooks/event-framework.ts';
import type { Framework } from '../hooks/framework.ts';

/**
 * Litestar: the contexts of `lifespan` are entered in order, then `on_startup` runs; on the way out the contexts are left first.
 * https://docs.litestar.dev/latest/usage/applications.html#lifespan-context-managers
 */
export const litestar: Framework = eventFramework({
  id: 'litestar',
  classes: { apps: ['litestar.Litestar', 'litestar.app.Litestar'], routers: [] },
  claims: () => false,
  keptOn: onState,
  passesApp: true,
  takes: {
    lifespan: { as: 'lifespan', phase: { startup: 0, shutdown: 0, lastShutsDownFirst: true } },
    on_startup: { as: 'startup', phase: { startup: 1 } },
    on_shutdown: { as: 'shutdown', phase: { shutdown: 1 } },
  },
});
