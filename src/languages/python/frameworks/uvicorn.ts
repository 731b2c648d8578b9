import type { Framework } from '../hooks/framework.ts';
import { serverLibrary } from '../hooks/server-library.ts';

/**
 * Programs that run uvicorn themselves: `serve()` enters the lifespan of the app, then binds, and sets `started`. When a signal ends it,
 * it raises that signal again: what stands after it is reached by SIGINT alone. https://www.uvicorn.org/#config-and-server-instances
 */
export const uvicorn: Framework = serverLibrary({
  id: 'uvicorn',
  anchors: ['uvicorn'],
  listens: {
    'uvicorn.Server.serve': { stays: true, startsApp: true, flag: 'started' },
    'uvicorn.server.Server.serve': { stays: true, startsApp: true, flag: 'started' },
    'uvicorn.Server.run': { stays: true, startsApp: true },
    'uvicorn.run': { stays: true, startsApp: true },
  },
});
