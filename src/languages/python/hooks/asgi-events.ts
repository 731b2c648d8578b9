import type { Node } from '../tree/parse.ts';
import { argumentsOf, lastName, objectOf, stringValue } from '../tree/shapes.ts';
import { objectOfExpression } from './asgi-apps.ts';
import type { AsgiSearch } from './asgi-hooks.ts';
import { handOver } from './asgi-registration.ts';
import type { Registration } from './framework.ts';

export type EventName = 'startup' | 'shutdown';

/** An event and what is registered for it, as written. */
interface EventHandler {
  readonly event: EventName;
  readonly receiver: Node;
  readonly handler: Node;
}

/** Handlers that are registered by decorator, by call, or on the router's list. */
export function eventRegistrations(calls: readonly Node[], search: AsgiSearch): readonly Registration[] {
  return calls.flatMap((call) => handlersOf(call).flatMap((found) => register(found, call, search)));
}

function handlersOf(call: Node): readonly EventHandler[] {
  const callee = call.childForFieldName('function');
  const receiver = callee && objectOf(callee);
  if (!receiver) return [];
  switch (lastName(callee)) {
    case 'on_event':
      return onEvent(call, receiver);
    case 'add_event_handler':
      return addedHandler(call, receiver);
    case 'append':
    case 'insert':
      return onRouterList(call, receiver);
    default:
      return [];
  }
}

/** `@app.on_event("startup")` above a function, or `app.on_event("startup")(function)`. */
function onEvent(call: Node, receiver: Node): readonly EventHandler[] {
  const event = eventName(argumentsOf(call).positional[0] ?? argumentsOf(call).keywords.get('event_type'));
  const parent = call.parent;
  if (!event || !parent) return [];
  if (parent.type === 'decorator') {
    const definition = parent.parent?.childForFieldName('definition');
    return definition?.type === 'function_definition' ? [{ event, receiver, handler: definition }] : [];
  }
  const isCalled = parent.type === 'call' && parent.childForFieldName('function')?.startIndex === call.startIndex;
  const handler = isCalled ? argumentsOf(parent).positional[0] : undefined;
  return handler ? [{ event, receiver, handler }] : [];
}

/** `app.add_event_handler("startup", connect)`. */
function addedHandler(call: Node, receiver: Node): readonly EventHandler[] {
  const { positional, keywords } = argumentsOf(call);
  const event = eventName(positional[0] ?? keywords.get('event_type'));
  const handler = positional[1] ?? keywords.get('func');
  return event && handler ? [{ event, receiver, handler }] : [];
}

/** `app.router.on_startup.append(connect)`; `app.on_startup` alone is another framework's. */
function onRouterList(call: Node, list: Node): readonly EventHandler[] {
  const name = lastName(list);
  const event = name === 'on_startup' ? 'startup' : name === 'on_shutdown' ? 'shutdown' : undefined;
  const receiver = objectOf(list);
  const handler = argumentsOf(call).positional.at(-1);
  const isRouter = receiver && /router$/.test(lastName(receiver) ?? '');
  return event && isRouter && handler ? [{ event, receiver, handler }] : [];
}

function register({ event, receiver, handler }: EventHandler, call: Node, search: AsgiSearch): readonly Registration[] {
  const { framework, module, project } = search;
  const { object, role } = objectOfExpression(receiver, module, framework.classes, project);
  if (!role && (object.isKnown || !framework.claims(module))) return [];
  return handOver(handler, event, object, { path: module.path, offset: call.startIndex }, search);
}

function eventName(node: Node | undefined): EventName | undefined {
  const value = stringValue(node);
  return value === 'startup' || value === 'shutdown' ? value : undefined;
}
