import { type AsgiFramework, findAsgiHooks } from '../asgi-hooks.ts';
import type { Framework } from '../framework.ts';

const asgi: AsgiFramework = {
  id: 'starlette',
  classes: {
    apps: ['starlette.applications.Starlette'],
    routers: ['starlette.routing.Router'],
  },
  claims: (module) => /\bstarlette\b/i.test(module.text) && !/\bfastapi\b/i.test(module.text),
};

/** Starlette: a lifespan of an app or of a router that is served itself; events up to version 1. */
export const starlette: Framework = {
  id: asgi.id,
  anchors: ['lifespan', 'on_event', 'add_event_handler', 'on_startup', 'on_shutdown'],
  find: (module, project) => findAsgiHooks(asgi, module, project),
};
