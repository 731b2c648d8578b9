import type { AppStartup } from '../../../core/index.ts';
import type { AppObject, FrameworkFindings, PythonProject, Registration } from '../hooks/framework.ts';
import { appEvents } from './app-events.ts';
import { constructionOf } from './construction.ts';
import { endpointSite } from './endpoint-site.ts';

/**
 * What can be written where an app of FastAPI or Starlette is made. `ordered` are the registrations of its events in the order in
 * which they are made, `undefined` where that could not be found.
 */
export function madeApp(
  owner: AppObject,
  ordered: readonly Registration[] | undefined,
  findings: FrameworkFindings,
  project: PythonProject,
): Pick<AppStartup, 'events' | 'endpoints'> {
  const construction = owner.isKnown && !owner.isRouter ? constructionOf(owner, project) : undefined;
  if (!construction) return {};
  const events = appEvents(owner, construction, ordered, findings, project);
  const endpoints = endpointSite(construction, project);
  return { ...(events ? { events } : {}), ...(endpoints ? { endpoints } : {}) };
}
