import type { AppContext, AppEvents, Rewrite, Transform } from '../src/core/index.ts';

/**
 * Merges the startup and shutdown handlers of an app into a lifespan, which Starlette 1.0 asks for.
 *
 * ```diff
 * +@asynccontextmanager
 * +async def lifespan(app: FastAPI):
 * +    await connect()
 * +    yield
 * +
 * +
 * -app = FastAPI()
 * +app = FastAPI(lifespan=lifespan)
 *
 * -@app.on_event("startup")
 *  async def connect():
 * ```
 *
 * Safe: the handlers stay functions, and run in the order and under the conditions in which the framework ran them. Unsafe where a
 * library gets the app, and may register handlers of its own.
 */
export const onEventToLifespan: Transform = {
  id: 'on-event-to-lifespan',
  description: 'Merge `on_event`, `add_event_handler` and `on_startup` handlers of an app into a lifespan',
  subject: 'Merge startup and shutdown events',
  onRequest: true,
  seeks: 'apps',
  anchors: ['FastAPI(', 'Starlette('],
  rewriteApp(context) {
    const { events } = context.app;
    return events ? [rewriteOf(events, context)] : [];
  },
};

function rewriteOf(events: AppEvents, context: AppContext): Rewrite {
  const facts = context.factsOf(events.path);
  const why = events.why ?? whyNotNow(context) ?? (facts ? undefined : `${events.path} is not looked at`);
  const base = { transform: 'on-event-to-lifespan', creates: [] } as const;
  if (facts === undefined || why !== undefined) {
    const title = `The events of the app at ${events.path}:${events.line} stay: ${why}`;
    return { ...base, title, applicability: 'display-only', edits: [] };
  }
  const count = events.handlers.length;
  const title = `Merge ${count} event handler${count === 1 ? '' : 's'} into a lifespan`;
  return {
    ...base,
    title: events.doubt === undefined ? title : `${title} (${events.doubt})`,
    applicability: events.doubt === undefined ? 'safe' : 'unsafe',
    edits: context.syntax.mergeEvents?.(events, facts) ?? [],
  };
}

/** What the same run writes into the handlers would speak of events that are gone. */
function whyNotNow({ hooks, syntax, rewritesHooks }: AppContext): string | undefined {
  if (rewritesHooks) return 'other transforms rewrite its handlers in this run: merge them in a run of its own, first';
  return hooks.some(({ hook, facts }) => syntax.tracksTasks(hook, facts))
    ? 'its handlers share the startup tasks of an earlier run: take those back, and merge first'
    : undefined;
}
