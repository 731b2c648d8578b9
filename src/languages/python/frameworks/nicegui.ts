import { eventFramework } from '../hooks/event-framework.ts';
import type { Framework } from '../hooks/framework.ts';

/**
 * NiceGUI: `app.on_startup` takes functions that run as tasks of NiceGUI, which nothing waits for.
 * https://nicegui.io/documentation/section_action_events
 */
export const nicegui: Framework = eventFramework({
  id: 'nicegui',
  classes: { apps: [], routers: [], objects: ['nicegui.app'] },
  claims: () => false,
  adviceOnly: 'NiceGUI runs it as a task of its own, which startup does not wait for',
  takes: {
    on_startup: { as: 'startup', phase: { startup: 0 } },
    on_shutdown: { as: 'shutdown', phase: { shutdown: 0 } },
  },
});
