import type { AppContext, EndpointSite, FileFacts, Rewrite, Transform } from '../src/core/index.ts';

/**
 * Adds two endpoints to an app with startup tasks: one for a readiness probe, one that shows what each task does.
 *
 * ```diff
 *  app = FastAPI(lifespan=lifespan)
 * +app.add_route("/ready", StartupTasks.ready_endpoint("warm_cache"))
 * +app.add_route("/health/startup", StartupTasks.status_endpoint)
 * ```
 *
 * Safe: the paths are new to the project, and stand before every other route.
 */
export const readinessEndpoints: Transform = {
  id: 'readiness-endpoints',
  description: 'Add `/ready` and `/health/startup` to FastAPI and Starlette apps that have startup tasks',
  subject: 'Add readiness endpoints',
  onRequest: true,
  seeks: 'apps',
  anchors: ['FastAPI(', 'Starlette('],
  rewriteApp(context) {
    const { endpoints } = context.app;
    return endpoints && hasTasks(context) ? rewritesOf(endpoints, context) : [];
  },
};

/** From this run, or from an earlier one. */
function hasTasks({ hooks, syntax, movesIn }: AppContext): boolean {
  return hooks.some(({ hook, facts }) => movesIn(hook) || syntax.tracksTasks(hook, facts));
}

function rewritesOf(site: EndpointSite, context: AppContext): readonly Rewrite[] {
  const { ready, startup, required } = context.config.readiness;
  const facts = context.factsOf(site.path);
  const taken = [ready, startup].flatMap((route) => {
    const place = site.placeOf(route);
    return place === undefined ? [] : [{ route, place }];
  });
  const free = (route: string) => taken.every((one) => one.route !== route);
  const own = taken.map(({ route, place }) => declined(`${route} is not added: ${place} has it`));
  if (!free(ready) && !free(startup)) return own;
  const why = whyNot(site, facts);
  if (facts === undefined || why !== undefined)
    return [...own, declined(`No readiness endpoints for ${site.app}: ${why}`)];
  const routes = { ...(free(ready) ? { ready } : {}), ...(free(startup) ? { startup } : {}), required };
  const helper = context.syntax.helper(facts);
  const edits = context.syntax.addReadiness?.(site, routes, facts) ?? [];
  const added: Rewrite = {
    transform: 'readiness-endpoints',
    title: `Add ${[ready, startup].filter(free).join(' and ')} to ${site.app}`,
    applicability: 'safe',
    edits: edits.map((edit) => ({ ...edit, path: site.path })),
    creates: helper ? [helper] : [],
  };
  return [added, ...own];
}

function whyNot({ path, line, isCovered }: EndpointSite, facts: FileFacts | undefined): string | undefined {
  if (isCovered) return `${path}:${line} makes it with a route that answers every path`;
  return facts?.helper.importStatement ? undefined : `${path} makes it, and has no hook that uses the helper`;
}

function declined(title: string): Rewrite {
  return { transform: 'readiness-endpoints', title, applicability: 'display-only', edits: [], creates: [] };
}
