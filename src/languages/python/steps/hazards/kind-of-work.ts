import type { Hazard } from '../../../../core/index.ts';
import { lastPart } from '../../../wording/dotted-path.ts';
import { calleeText } from '../../tree/dotted-name.ts';
import { ownNodes } from '../../tree/own-nodes.ts';
import type { StepContext } from './context.ts';

/** Work that must be done before the server listens whatever it is called: routes, log and trace set-up, pauses. */
export function kindOfWork(step: StepContext): Hazard[] {
  return [...registeredRoutes(step), ...setUpFirst(step), ...pauses(step)];
}

const REGISTERS =
  /^(include_router|add_middleware|mount|add_api_route|add_api_websocket_route|add_route|add_websocket_route|add_exception_handler|add_event_handler|host|install_routes|mount_http|mount_sse)$/;

/** Routes and middleware cannot be added once the app serves, or would answer 404 until then. */
function registeredRoutes({ nodes, calls }: StepContext): Hazard[] {
  const direct = nodes
    .flatMap((node) => ownNodes(node, ['call']))
    .map((call) => calleeText(call.childForFieldName('function') ?? call));
  const inBodies = calls.flatMap((call) => call.body?.calls ?? []);
  const name = [...direct, ...inBodies].find((callee) => callee.includes('.') && REGISTERS.test(lastPart(callee)));
  return name ? [{ kind: 'registers-routes', what: `it calls ${name}`, severity: 'never' }] : [];
}

const SET_UP = /(^|[._])(init|initiali[sz]e|setup|set_up|configure|config|install|instrument|enable)([._]|$)/i;
const OBSERVES =
  /(^|[._])(logging|logger|loggers|logs|log|tracing|tracer|traces|otel|opentelemetry|telemetry|sentry|sentry_sdk|apm|instrumentation|instrumentator)([._]|$)/i;

/** What later statements log or trace with. */
function setUpFirst({ calls }: StepContext): Hazard[] {
  const call = calls.find(({ callee }) => {
    const words = callee.replace(/([a-z])([A-Z])/g, '$1_$2');
    return /(^|[._])instrument(_app)?$/i.test(words) || (SET_UP.test(words) && OBSERVES.test(words));
  });
  return call
    ? [
        {
          kind: 'must-be-first',
          what: `${call.callee} sets up what later statements log or trace with`,
          severity: 'unsafe',
        },
      ]
    : [];
}

/** A pause in a hook is there for the statements around it. */
function pauses({ calls, shape }: StepContext): Hazard[] {
  const pause = calls.find(({ callee }) => /^(asyncio\.|anyio\.|trio\.)?sleep$/.test(callee));
  if (!pause || (shape !== 'plain-call' && calls.some((call) => call !== pause))) return [];
  return [{ kind: 'order', what: 'later statements rely on the pause', severity: 'unsafe' }];
}
