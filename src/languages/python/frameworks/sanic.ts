import { eventFramework } from '../hooks/event-framework.ts';
import type { Framework } from '../hooks/framework.ts';

const IN_MAIN_PROCESS = 'it runs in the main process, and what it starts is not there in the workers';

/**
 * Sanic: listeners of the worker processes. What starts in the main process is not there in the workers; `after_server_start` runs
 * when the server listens already. https://sanic.dev/en/guide/basics/listeners.html
 */
export const sanic: Framework = eventFramework({
  id: 'sanic',
  classes: { apps: ['sanic.Sanic', 'sanic.app.Sanic'], routers: ['sanic.Blueprint'] },
  claims: ({ text }) => /\bsanic\b/i.test(text),
  keptOn: (app) => `${app}.ctx.startup_tasks`,
  passesApp: true,
  takes: {
    main_process_start: { as: 'startup', phase: { startup: 0 }, adviceOnly: IN_MAIN_PROCESS },
    before_server_start: { as: 'startup', phase: { startup: 1 } },
    before_server_stop: { as: 'shutdown', phase: { shutdown: 0, lastShutsDownFirst: true } },
    after_server_stop: { as: 'shutdown', phase: { shutdown: 1, lastShutsDownFirst: true } },
  },
  listeners: ['listener', 'register_listener'],
});
