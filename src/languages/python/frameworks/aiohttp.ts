import { eventFramework } from '../hooks/event-framework.ts';
import type { Framework } from '../hooks/framework.ts';

/**
 * aiohttp: contexts of `cleanup_ctx` are entered first, then the functions of `on_startup` run; `on_shutdown` comes before the contexts
 * are left, `on_cleanup` after. https://docs.aiohttp.org/en/stable/web_advanced.html#cleanup-context
 * An app takes new keys only as `AppKey`, which every file would have to import: handlers of one file share the tasks there.
 */
export const aiohttp: Framework = eventFramework({
  id: 'aiohttp',
  classes: { apps: ['aiohttp.web.Application', 'aiohttp.web_app.Application'], routers: [] },
  claims: ({ text }) => /\baiohttp\b/i.test(text),
  takes: {
    cleanup_ctx: { as: 'lifespan', phase: { startup: 0, shutdown: 1, lastShutsDownFirst: true } },
    on_startup: { as: 'startup', phase: { startup: 1 } },
    on_shutdown: { as: 'shutdown', phase: { shutdown: 0 } },
    on_cleanup: { as: 'shutdown', phase: { shutdown: 2 } },
  },
});
