import { eventFramework } from '../hooks/event-framework.ts';
import type { Framework } from '../hooks/framework.ts';
import { listensOf, type ServerLibrary } from '../hooks/server-library.ts';

/**
 * aiohttp: contexts of `cleanup_ctx` are entered first, then the functions of `on_startup` run; `on_shutdown` comes before the contexts
 * are left, `on_cleanup` after. https://docs.aiohttp.org/en/stable/web_advanced.html#cleanup-context
 * An app takes new keys only as `AppKey`, which every file would have to import: handlers of one file share the tasks there.
 */
const hooks: Framework = eventFramework({
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

/**
 * Programs that run aiohttp themselves: `setup()` of a runner runs the hooks of its app, and `start()` of a site listens.
 * https://docs.aiohttp.org/en/stable/web_advanced.html#application-runners
 */
const servers: ServerLibrary = {
  id: 'aiohttp',
  anchors: ['TCPSite', 'UnixSite', 'SockSite', 'run_app'],
  listens: {
    ...sites('aiohttp.web'),
    ...sites('aiohttp.web_runner'),
    'aiohttp.web._run_app': { stays: true, startsApp: true, awaitsApp: true },
    'aiohttp.web.run_app': { stays: true, startsApp: true, awaitsApp: true },
  },
};

export const aiohttp: Framework = {
  ...hooks,
  anchors: [...hooks.anchors, ...servers.anchors],
  findListens: (module, project) => listensOf(servers, module, project),
};

function sites(module: string): ServerLibrary['listens'] {
  return Object.fromEntries(['TCPSite', 'UnixSite', 'SockSite'].map((name) => [`${module}.${name}.start`, {}]));
}
