import type { TrapKind } from './trap-kind.ts';

/** An app with a `lifespan=` and with handlers of events. */
export const eventsBesideLifespan: TrapKind = {
  code: 'SC102',
  id: 'events-beside-lifespan',
  title: 'An app with a lifespan never calls its event handlers',
  level: 'warning',
  why: 'Starlette and FastAPI run either the lifespan or the startup and shutdown handlers of an app, never both, and say nothing: what the handler opens stays closed, and what it should close stays open. Starlette 1.0 has no events at all (starlette.dev/release-notes).',
  instead: 'Call the handler in the lifespan, before or after its `yield`.',
};
