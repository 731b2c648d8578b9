import { asgiFramework } from '../hooks/asgi-hooks.ts';
import type { Framework } from '../hooks/framework.ts';

/** Starlette: a lifespan of an app or of a router that is served itself; events up to version 1. */
export const starlette: Framework = asgiFramework({
  id: 'starlette',
  classes: {
    apps: ['starlette.applications.Starlette'],
    routers: ['starlette.routing.Router'],
  },
  claims: (module) => /\bstarlette\b/i.test(module.text) && !/\bfastapi\b/i.test(module.text),
});
