import type { HookDefinition } from '../modules/definition.ts';
import { originsOf } from '../modules/origins.ts';
import type { Node } from '../tree/parse.ts';
import {
  argumentsOf,
  decoratorNodes,
  descendants,
  enclosing,
  enclosingFunction,
  lastName,
  outerOf,
  parametersOf,
} from '../tree/shapes.ts';
import { named } from '../tree/tree.ts';
import type { EventName } from './asgi-events.ts';
import type { AsgiSearch, HookingFramework } from './asgi-hooks.ts';
import type { AppObject, CodePlace, Registration } from './framework.ts';
import {
  type FoundFunction,
  functionsOf,
  isContextManager,
  isSameFunction,
  returnedBy,
  yields,
} from './hook-functions.ts';
import { registeredLifespans } from './registered-lifespans.ts';

/** The hooks that come of handing an expression to an app, as its lifespan or for one of its events. */
export function handOver(
  value: Node,
  as: 'lifespan' | EventName,
  owner: AppObject,
  place: CodePlace,
  search: AsgiSearch,
): readonly Registration[] {
  const found = candidatesFor(value, search);
  if (as !== 'lifespan') {
    if (found.length === 0 && isExternal(value, search)) {
      const why = `the body of ${value.text} is in no file of the project`;
      return [{ definition: referenceTo(value, as, why, search), owner, via: 'event', place }];
    }
    return found.map((one) => {
      const isElsewhere = as === 'startup' && isName(value) && one.module.path !== search.module.path;
      const why = `the body of ${value.text} is in ${one.module.path}`;
      const reference = isElsewhere ? { reference: referenceTo(value, as, why, search) } : {};
      return { definition: eventDefinition(one, as, search), owner, via: 'event', place, ...reference };
    });
  }
  const lifespans = found.flatMap((one) => asLifespan(one, search, 0));
  return lifespans.map((one) => ({
    definition: lifespanDefinition(one, search),
    owner,
    via: 'lifespan',
    place,
    wraps: [...wrappedLifespans(one, search, 0), ...registered(one, search)],
    isUnordered: registered(one, search).length > 0,
    wrapsPrevious: entersPrevious(one, search),
    ...(lifespans.length > 1 ? { alternative: true } : {}),
  }));
}

function candidatesFor(value: Node, { module, project }: AsgiSearch): readonly FoundFunction[] {
  if (value.type === 'function_definition') return [{ node: value, module, wrapped: false }];
  return functionsOf(value, module, project);
}

/** A function without a `yield` that returns another lifespan's call stands for that one. */
function asLifespan(found: FoundFunction, search: AsgiSearch, depth: number): readonly FoundFunction[] {
  if (yields(found.node)) return [found];
  if (depth > 2) return [];
  return returnedBy(found.node)
    .flatMap((value) => (value.type === 'call' ? [value.childForFieldName('function')] : []))
    .flatMap((callee) => (callee ? functionsOf(callee, found.module, search.project) : []))
    .flatMap((inner) => asLifespan(inner, search, depth + 1));
}

function lifespanDefinition(found: FoundFunction, { framework }: AsgiSearch): HookDefinition {
  const isManager = found.wrapped || isContextManager(found.node);
  const app = appParameter(found.node, framework);
  return {
    framework: framework.id,
    form: 'lifespan',
    module: found.module,
    node: found.node,
    outer: outerOf(found.node),
    kind: isManager ? 'context-manager' : 'generator',
    ...keptOn(app, framework),
    ...adviceFor(found, framework),
    notes: [],
  };
}

/** The first parameter that is neither `self` nor `cls`: a server passes the app alone. `_` may be reused freely. */
function appParameter(definition: Node, { classes }: HookingFramework): string | undefined {
  const names = parametersOf(definition).filter(({ name }) => name !== 'self' && name !== 'cls');
  const isApp = (type: string) => classes.apps.some((name) => type.split(/\W/).includes(name.split('.').at(-1) ?? ''));
  const typed = names.find(({ node }) => isApp(node.childForFieldName('type')?.text ?? ''));
  const named = names.find(({ name }) => /^_?app(lication)?_?$/.test(name));
  return (typed ?? named ?? names[0])?.name;
}

function eventDefinition(found: FoundFunction, event: EventName, { framework, module }: AsgiSearch): HookDefinition {
  const given = framework.passesApp ? appParameter(found.node, framework) : undefined;
  const isForeign = found.module.path !== module.path && isMethod(found.node);
  return {
    framework: framework.id,
    form: event === 'startup' ? 'startup-event' : 'shutdown-event',
    module: found.module,
    node: found.node,
    outer: outerOf(found.node),
    kind: 'function',
    ...keptOn(given ?? visibleApp(found, framework), framework),
    ...(isForeign ? { adviceOnly: 'it is a method that other code may call too' } : adviceFor(found, framework)),
    notes: [],
  };
}

/** A function or method of a library, by name. */
function isExternal(value: Node, { module, project }: AsgiSearch): boolean {
  return isName(value) && project.modules.resolve(value, module)?.kind === 'external';
}

function isName({ type }: Node): boolean {
  return type === 'identifier' || type === 'attribute';
}

/** `on_startup=[broadcast.connect]`: what is called there is awaited at startup, and cannot be rewritten there. */
function referenceTo(
  value: Node,
  event: EventName,
  adviceOnly: string,
  { framework, module }: AsgiSearch,
): HookDefinition {
  return {
    framework: framework.id,
    form: event === 'startup' ? 'startup-event' : 'shutdown-event',
    module,
    node: value,
    outer: value,
    kind: 'function',
    isReference: true,
    adviceOnly,
    notes: [],
  };
}

function isMethod(definition: Node): boolean {
  return enclosing(definition, 'function_definition', 'class_definition')?.type === 'class_definition';
}

function keptOn(app: string | undefined, { keptOn }: HookingFramework): { readonly keptAt?: string } {
  return app === undefined || keptOn === undefined ? {} : { keptAt: keptOn(app) };
}

/** What reaches the app in a handler that takes no argument: the receiver of its own decorator, a closure's parameter. */
function visibleApp({ node }: FoundFunction, { registering }: HookingFramework): string | undefined {
  for (const decorator of decoratorNodes(node)) {
    const callee = decorator.type === 'call' ? decorator.childForFieldName('function') : decorator;
    const receiver = registering.includes(lastName(callee) ?? '')
      ? callee?.childForFieldName('object')?.text
      : undefined;
    if (receiver && !/router|blueprint|\bbp\b/i.test(receiver)) return receiver;
  }
  const factory = enclosingFunction(outerOf(node));
  const app = factory && parametersOf(factory).find(({ name }) => /^app(lication)?$/.test(name));
  return app?.name;
}

function adviceFor({ node }: FoundFunction, { adviceOnly }: HookingFramework): { readonly adviceOnly?: string } {
  if (adviceOnly !== undefined) return { adviceOnly };
  const repeated = decoratorNodes(node).find((decorator) => /repeat/.test(decorator.text));
  if (!repeated) return {};
  const name = repeated.type === 'call' ? repeated.childForFieldName('function')?.text : repeated.text;
  return { adviceOnly: `its decorator ${name} runs it more than once` };
}

/** Lifespans that are entered one by one in a loop, as they were registered. */
function registered(found: FoundFunction, search: AsgiSearch): readonly HookDefinition[] {
  const entersVariable = enteredContexts(found.node).some((call) => {
    const callee = call.childForFieldName('function');
    return callee?.type === 'identifier' && functionsOf(callee, found.module, search.project).length === 0;
  });
  if (!entersVariable) return [];
  return registeredLifespans(found, search.project).map((one) => lifespanDefinition(one, search));
}

/** The lifespans that a lifespan enters around its `yield`, or on an exit stack. */
function wrappedLifespans(found: FoundFunction, search: AsgiSearch, depth: number): readonly HookDefinition[] {
  if (depth > 2) return [];
  const inner = enteredContexts(found.node).flatMap((call) => enteredLifespans(call, found, search));
  return inner.flatMap((one) => {
    const own = lifespanDefinition(one, search);
    const nested = wrappedLifespans(one, search, depth + 1);
    return nested.length > 0 ? [own, ...nested, own] : [own];
  });
}

/** It enters what `app.router.lifespan_context` was before. */
function entersPrevious(found: FoundFunction, { project }: AsgiSearch): boolean {
  return enteredContexts(found.node).some((call) => {
    const callee = call.childForFieldName('function');
    const origins = callee ? originsOf(callee, found.module, project) : [];
    return origins.some((origin) => lastName(origin.node) === 'lifespan_context');
  });
}

/** Calls of contexts that are open while the app serves. */
function enteredContexts(definition: Node): readonly Node[] {
  const around = descendants(definition, 'with_item').filter((item) => {
    const statement = item.parent?.parent;
    return (
      statement && enclosingFunction(item)?.startIndex === definition.startIndex && holdsYield(statement, definition)
    );
  });
  const values = around.flatMap((item) => contextOf(item));
  const stacked = descendants(definition, 'call')
    .filter((call) => lastName(call.childForFieldName('function')) === 'enter_async_context')
    .flatMap((call) => argumentsOf(call).positional.slice(0, 1));
  return [...values, ...stacked].filter((value) => value.type === 'call');
}

function contextOf(item: Node): readonly Node[] {
  const value = item.childForFieldName('value') ?? named(item)[0];
  if (value?.type === 'as_pattern') return named(value).slice(0, 1);
  return value ? [value] : [];
}

function holdsYield(statement: Node, definition: Node): boolean {
  return descendants(statement, 'yield').some((node) => enclosingFunction(node)?.startIndex === definition.startIndex);
}

/** Only a context that is given the app is a lifespan; others are resources of the hook. */
function enteredLifespans(
  call: Node,
  found: FoundFunction,
  { project, framework }: AsgiSearch,
): readonly FoundFunction[] {
  const app = appParameter(found.node, framework);
  const passesApp = argumentsOf(call).positional.some((argument) => argument.text === app);
  const callee = call.childForFieldName('function');
  if (!callee || app === undefined || !passesApp) return [];
  const inner = functionsOf(callee, found.module, project);
  return inner.filter(
    (one) => yields(one.node) && (one.wrapped || isContextManager(one.node)) && !isSameFunction(one, found),
  );
}
