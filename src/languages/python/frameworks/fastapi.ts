import { asgiFramework } from '../hooks/asgi-hooks.ts';
import type { Framework } from '../hooks/framework.ts';

/** FastAPI: a lifespan, or events, of an app or of a router that it includes. */
export const fastapi: Framework = asgiFramework({
  id: 'fastapi',
  classes: {
    apps: ['fastapi.FastAPI', 'fastapi.applications.FastAPI'],
    routers: ['fastapi.APIRouter', 'fastapi.routing.APIRouter'],
  },
  // `on_event("startup")` on an app that is only passed around: most such projects are FastAPI's.
  claims: (module) => /\bfastapi\b/i.test(module.text) || !/\bstarlette\b/i.test(module.text),
});
