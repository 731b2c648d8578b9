import type { Framework } from '../hooks/framework.ts';
import { serverLibrary } from '../hooks/server-library.ts';

/**
 * Programs that run hypercorn themselves: `serve(app, config)` waits for the lifespan of the app, then binds, and says to nobody when it
 * has. https://hypercorn.readthedocs.io/en/latest/how_to_guides/api_usage.html
 */
export const hypercorn: Framework = serverLibrary({
  id: 'hypercorn',
  anchors: ['hypercorn'],
  listens: {
    'hypercorn.asyncio.serve': { stays: true, startsApp: true },
    'hypercorn.run.run': { stays: true, startsApp: true },
  },
});
