import { type Edit, type EndpointSite, type FileFacts, insert, type ReadinessRoutes } from '../../../core/index.ts';
import { helperImport } from './set-up.ts';

/** `app.add_route("/ready", StartupTasks.ready_endpoint("warm_cache"))` right below the statement that makes the app. */
export function addReadiness(
  { app, at, indent }: EndpointSite,
  { ready, startup, required }: ReadinessRoutes,
  facts: FileFacts,
): readonly Edit[] {
  const { quote } = facts.style;
  const { text } = facts.file;
  const quoted = (word: string) => quote + word + quote;
  const route = (path: string, endpoint: string) => `${indent}${app}.add_route(${quoted(path)}, ${endpoint})`;
  const lines = [
    ready === undefined ? [] : route(ready, `StartupTasks.ready_endpoint(${required.map(quoted).join(', ')})`),
    startup === undefined ? [] : route(startup, 'StartupTasks.status_endpoint'),
  ].flat();
  const isAtOpenEnd = at === text.length && !text.endsWith('\n');
  const block = isAtOpenEnd ? `\n${lines.join('\n')}` : `${lines.join('\n')}\n`;
  return [insert(at, block), ...helperImport(facts)];
}
