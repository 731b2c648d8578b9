import { Node, SyntaxKind } from 'ts-morph';
import type { Hazard, StartupCall } from '../../../../core/index.ts';
import { lastPart } from '../../../wording/dotted-path.ts';
import { calleeText } from '../../tree/dotted-name.ts';
import { allNodes, unwrapped } from '../../tree/own-nodes.ts';
import type { StepContext } from './context.ts';

/** Work that must be done before the server listens whatever it is called: routes, plugins, trace set-up, pauses. */
export function kindOfWork(step: StepContext): Hazard[] {
  return [...registeredRoutes(step), ...setUpFirst(step), ...listensForEvents(step), ...pauses(step)];
}

/** Members of an app that nothing else is called like. */
const REGISTERS =
  /^(decorate|decorateRequest|decorateReply|addHook|addContentTypeParser|addSchema|setErrorHandler|setNotFoundHandler|setValidatorCompiler|setSerializerCompiler|applyMiddleware|getMiddleware|useGlobal(Pipes|Guards|Filters|Interceptors)|setGlobalPrefix|enableCors|enableVersioning|registerDecorators|useContainer|useExpressServer|mountRoutes|registerRoutes|useStaticAssets)$/;

/** Members that other objects have as well: only of what is called like an app. */
const REGISTERS_ON_APP =
  /^(use|get|post|put|patch|delete|all|route|register|mount|ext|plugin|engine|set|param|group|ready)$/;
const APP = /(^|\.)(app|server|fastify|express|router|api|instance|hapi|koa|hono|httpServer|application)(\(\))?$/i;

/** Routes, middleware and plugins cannot be added once the app serves, or would answer 404 until then. */
function registeredRoutes({ nodes, calls, definition }: StepContext): Hazard[] {
  const direct = nodes
    .flatMap((node) => allNodes(node, [SyntaxKind.CallExpression]))
    .flatMap((call) => (Node.isCallExpression(call) ? calleeText(unwrapped(call.getExpression())) : []));
  const inBodies = calls.flatMap((call) => call.body?.calls ?? []);
  const owners = [definition.app, definition.server].filter((one) => one !== undefined);
  const name = [...direct, ...inBodies].find((callee) => registers(callee, owners));
  return name ? [{ kind: 'registers-routes', what: `it calls ${name}`, severity: 'never' }] : [];
}

function registers(callee: string, owners: readonly string[]): boolean {
  const at = callee.lastIndexOf('.');
  if (at < 0) return false;
  const name = lastPart(callee);
  const receiver = callee.slice(0, at);
  if (REGISTERS.test(name)) return true;
  return REGISTERS_ON_APP.test(name) && (owners.includes(receiver) || APP.test(receiver));
}

const SET_UP =
  /(^|[._ ])(init|initiali[sz]e|setup|set up|configure|config|install|instrument|enable|start|register|bootstrap)([._ ]|$)/i;
const OBSERVES =
  /(^|[._ ])(logging|logger|loggers|logs|tracing|tracer|traces|otel|opentelemetry|telemetry|sentry|apm|instrumentation|newrelic|datadog|honeycomb|appinsights|monitoring sdk)([._ ]|$)/i;
const OBSERVERS =
  /^(@sentry\/|@opentelemetry\/|dd-trace|newrelic|elastic-apm-node|applicationinsights|@honeycombio\/|@google-cloud\/(trace|profiler)|@pyroscope\/)/;

/** What patches modules as they load, or what later statements log and trace with. */
function setUpFirst({ calls }: StepContext): Hazard[] {
  const call = calls.find((one) => observes(one) || one.body?.calls.some(startsObserver));
  if (!call) return [];
  const what = `${call.callee} sets up what later statements log or trace with`;
  return [{ kind: 'must-be-first', what, severity: 'unsafe' }];
}

/** Events of a shared bus that come before the step has run go unseen. */
function listensForEvents({ calls, found, definition }: StepContext): Hazard[] {
  const text = definition.module.text;
  const handed = found
    .map(({ arguments: range }) => /\b(\w*(bus|emitter))\b(?!\()/i.exec(text.slice(range.start, range.end))?.[1])
    .find((one) => one !== undefined);
  if (handed)
    return [{ kind: 'order', what: `it gets ${handed}: events before that may go unseen`, severity: 'unsafe' }];
  const name = calls.flatMap((call) => call.body?.calls ?? []).find((callee) => LISTENS_ON_BUS.test(callee));
  if (!name) return [];
  return [{ kind: 'order', what: `it listens with ${name}: events before that go unseen`, severity: 'unsafe' }];
}

const LISTENS_ON_BUS = /(^|\.)\w*(bus|emitter|events?|dispatcher)\.(on|once|addListener|subscribe)$/i;

/** `Prometheus.init`: later statements count with what it makes. */
const SETS_UP_METERS = /(^|[._ ])(init|initiali[sz]e|setup|set up|configure|install)([._ ]|$)/i;
const METERS = /(^|[._ ])(metrics?|monitoring|prometheus|statsd|meters?)([._ ]|$)/i;

function observes({ callee, qualifiedName }: StartupCall): boolean {
  const words = callee.replace(/([a-z])([A-Z])/g, '$1 $2');
  if (SETS_UP_METERS.test(words) && METERS.test(words)) return true;
  return (SET_UP.test(words) && OBSERVES.test(words)) || startsObserver(qualifiedName ?? '');
}

/** `@sentry/node.init`, `@opentelemetry/sdk-node.NodeSDK.start`. */
function startsObserver(qualifiedName: string): boolean {
  return OBSERVERS.test(qualifiedName) && /^(init|start|setup|register|useAzureMonitor)$/.test(lastPart(qualifiedName));
}

/** A pause in a hook is there for the statements around it. */
function pauses({ found, calls, shape }: StepContext): Hazard[] {
  const at = calls.findIndex(({ callee }, index) => {
    const node = found[index]?.call;
    return PAUSE.test(callee) || (Node.isNewExpression(node) && /\bsetTimeout\s*\(/.test(node.getText()));
  });
  if (at < 0 || (shape !== 'plain-call' && calls.length > 1)) return [];
  return [{ kind: 'order', what: 'later statements rely on the pause', severity: 'unsafe' }];
}

const PAUSE = /(^|\.)(sleep|delay|pause|wait|timeout|setTimeout|scheduler\.wait|Bun\.sleep)$/i;
