import type { AppEvents, EventHandler } from '../../../core/index.ts';
import type { AppObject, FrameworkFindings, PythonProject, Registration } from '../hooks/framework.ts';
import type { PythonModule } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';
import { descendants, enclosingFunction } from '../tree/shapes.ts';
import { named } from '../tree/tree.ts';
import type { Construction } from './construction.ts';
import { handlerOf } from './handler.ts';
import { lifespanSite } from './lifespan-site.ts';

/**
 * What an app runs at its events, and where a lifespan would take their place. `ordered` are the registrations of its events in
 * the order in which they are made, `undefined` where that could not be found. An app without events has none.
 */
export function appEvents(
  owner: AppObject,
  { call, module }: Construction,
  ordered: readonly Registration[] | undefined,
  findings: FrameworkFindings,
  project: PythonProject,
): AppEvents | undefined {
  if (!findings.registrations.some((one) => one.owner.id === owner.id && one.via === 'event')) return undefined;
  const place = { path: module.path, line: call.startPosition.row + 1 };
  const why = whyNot(owner, ordered, findings, project);
  if (why !== undefined || !ordered) return { ...place, handlers: [], why: why ?? '' };
  const handlers = inOrder(ordered).map((one) => handlerOf(one, { call, module, project }));
  const refusal = handlers.find((one) => typeof one === 'string');
  const site = lifespanSite(call, module);
  if (refusal !== undefined) return { ...place, handlers: [], why: refusal };
  if (typeof site === 'string') return { ...place, handlers: [], why: site };
  const doubt = doubtOf(call, module, project);
  return {
    ...place,
    handlers: handlers.filter((one): one is EventHandler => typeof one !== 'string'),
    site,
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** What is true of the app as a whole. */
function whyNot(
  owner: AppObject,
  ordered: readonly Registration[] | undefined,
  { registrations, inclusions }: FrameworkFindings,
  { containing }: PythonProject,
): string | undefined {
  if (registrations.some((one) => one.owner.id === owner.id && one.via === 'lifespan'))
    return 'it has a lifespan as well, and its events are never called';
  if (inclusions.some(({ child, kind }) => child.id === owner.id && kind === 'mount'))
    return 'it is mounted into another app, which does not run its events';
  const children = new Set(inclusions.filter(({ parent }) => parent.id === owner.id).map(({ child }) => child.id));
  if (registrations.some((one) => children.has(one.owner.id))) return 'a router that it includes has hooks of its own';
  const lost = registrations.find((one) => one.via === 'event' && !one.owner.isKnown);
  if (lost) return `the app of the event in ${lost.place.path} could not be traced: it may be this one`;
  const [caller] = [...containing('.router.startup('), ...containing('.router.shutdown(')];
  if (caller !== undefined) return `${caller} calls the events by itself`;
  return ordered ? undefined : 'its events are registered in several files, in an order that could not be found';
}

function inOrder(ordered: readonly Registration[]): readonly Registration[] {
  const of = (form: string) => ordered.filter(({ definition }) => definition.form === form);
  return [...of('startup-event'), ...of('shutdown-event')];
}

/** A library that gets the app may register handlers of its own, which no app with a lifespan calls. */
function doubtOf(call: Node, module: PythonModule, { modules }: PythonProject): string | undefined {
  const app = call.parent?.childForFieldName('left')?.text;
  const scope = enclosingFunction(call) ?? module.root;
  const getter = descendants(scope, 'call').find((one) => {
    const callee = one.childForFieldName('function');
    const given = one.childForFieldName('arguments');
    const isGiven = named(given ?? one).some(
      (argument) => (argument.childForFieldName('value') ?? argument).text === app,
    );
    if (!callee || !given || !isGiven || HARMLESS.test(callee.text)) return false;
    return modules.resolve(callee, module)?.kind === 'external';
  });
  const name = getter?.childForFieldName('function')?.text;
  return name === undefined ? undefined : `${name} gets the app and may register handlers, which would not be called`;
}

/** They run or wrap an app, and register nothing. */
const HARMLESS = /(^|\.)(run|Mangum|TestClient|Config|Handler|serve|print|isinstance|getattr|setattr|cast)$/;
