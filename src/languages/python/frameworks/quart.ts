import { eventFramework } from '../hooks/event-framework.ts';
import type { Framework } from '../hooks/framework.ts';

/**
 * Quart: `before_serving`, `while_serving` and `after_serving`, in this order; it shuts down what was entered last first.
 * https://quart.palletsprojects.com/en/latest/how_to_guides/startup_shutdown/
 */
export const quart: Framework = eventFramework({
  id: 'quart',
  classes: { apps: ['quart.Quart', 'quart.app.Quart'], routers: [] },
  claims: ({ text }) => /\bquart\b/i.test(text),
  keptOn: (app) => `${app}.extensions["startup_tasks"]`,
  takes: {
    before_serving: { as: 'startup', phase: { startup: 0 } },
    while_serving: { as: 'lifespan', phase: { startup: 1, shutdown: 0, lastShutsDownFirst: true } },
    after_serving: { as: 'shutdown', phase: { shutdown: 1 } },
  },
});
