import type { PythonModule } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, descendants, lastName, objectOf, stringValue } from '../tree/shapes.ts';
import { named } from '../tree/tree.ts';
import { constructedRole, isInPackageOf, objectMadeBy, objectOfExpression } from './asgi-apps.ts';
import { type AsgiSearch, type HookingFramework, listed, optionsOf } from './asgi-hooks.ts';
import { handOver } from './asgi-registration.ts';
import type { Framework, Phase, PythonProject, Registration } from './framework.ts';

/** What a framework does with functions that are handed to its apps under one name. */
export interface TakenFunctions {
  readonly as: 'lifespan' | 'startup' | 'shutdown';
  readonly phase: Phase;
  /** Why functions under this name cannot be rewritten. */
  readonly adviceOnly?: string;
}

/** A framework whose apps are handed functions for their life, each kind under a name of its own. */
export interface EventFramework extends Omit<HookingFramework, 'registering'> {
  /** By the name of the method, list or keyword: `before_serving`, `on_startup`, `lifespan`. */
  readonly takes: Readonly<Record<string, TakenFunctions>>;
  /** Methods that are told the name: `@app.listener("before_server_start")`. */
  readonly listeners?: readonly string[];
}

/** A function that is handed over, as written. */
interface Handed {
  readonly name: string;
  readonly receiver: Node;
  readonly value: Node;
}

/** A recogniser for such a framework. */
export function eventFramework(events: EventFramework): Framework {
  const framework = { ...events, registering: [...Object.keys(events.takes), ...(events.listeners ?? [])] };
  return {
    id: events.id,
    anchors: Object.keys(events.takes),
    findHooks: (module, project) => registrationsIn(module, project, framework),
    findInclusions: () => [],
  };
}

type Registering = EventFramework & HookingFramework;

function registrationsIn(module: PythonModule, project: PythonProject, framework: Registering) {
  const calls = descendants(module.root, 'call');
  const handed = [
    ...descendants(module.root, 'decorator').flatMap((decorator) => decorated(decorator, framework)),
    ...calls.flatMap((call) => [...called(call, framework), ...appended(call, framework)]),
    ...descendants(module.root, 'augmented_assignment').flatMap((statement) => added(statement, framework)),
  ];
  return [
    ...handed.flatMap((one) => registered(one, { framework, module, project }, framework)),
    ...calls.flatMap((call) => constructed(call, { framework, module, project }, framework)),
  ];
}

/** `@app.before_serving`, `@app.on_start()`, `@app.listener("before_server_start")`. */
function decorated(decorator: Node, framework: Registering): readonly Handed[] {
  const value = decorator.parent?.childForFieldName('definition');
  const expression = named(decorator)[0];
  const callee = expression?.type === 'call' ? expression.childForFieldName('function') : expression;
  const receiver = callee && objectOf(callee);
  if (!expression || !receiver || value?.type !== 'function_definition') return [];
  const name = nameIn(lastName(callee), expression, framework);
  return name === undefined ? [] : [{ name, receiver, value }];
}

/** `app.before_serving(warm_up)`, `app.register_listener(warm_up, "before_server_start")`. */
function called(call: Node, framework: Registering): readonly Handed[] {
  const callee = call.childForFieldName('function');
  const receiver = callee && objectOf(callee);
  const value = argumentsOf(call).positional[0];
  if (!receiver || !value || value.type === 'string') return [];
  const name = nameIn(lastName(callee), call, framework);
  return name === undefined ? [] : [{ name, receiver, value }];
}

/** The name under which a method takes a function: its own, or the one that it is told. */
function nameIn(method: string | undefined, expression: Node, { takes, listeners }: Registering): string | undefined {
  if (method === undefined) return undefined;
  if (!listeners?.includes(method)) return Object.hasOwn(takes, method) ? method : undefined;
  const { positional, keywords } = argumentsOf(expression);
  const told = [...positional, ...keywords.values()].flatMap((argument) => stringValue(argument) ?? []);
  return told.find((name) => Object.hasOwn(takes, name));
}

/** `app.on_startup.append(connect)`, `app.on_startup.extend([connect, warm_up])`. */
function appended(call: Node, framework: Registering): readonly Handed[] {
  const callee = call.childForFieldName('function');
  const list = callee && objectOf(callee);
  const receiver = list && objectOf(list);
  const name = lastName(list) ?? '';
  const last = argumentsOf(call).positional.at(-1);
  if (!receiver || !last || !Object.hasOwn(framework.takes, name)) return [];
  const method = lastName(callee);
  const values = method === 'extend' ? listed(last) : method === 'append' || method === 'insert' ? [last] : [];
  return values.map((value) => ({ name, receiver, value }));
}

/** `app.on_start += connect`. */
function added(statement: Node, framework: Registering): readonly Handed[] {
  const [list, value] = [statement.childForFieldName('left'), statement.childForFieldName('right')];
  const receiver = list && objectOf(list);
  const name = lastName(list) ?? '';
  if (!receiver || !value || !Object.hasOwn(framework.takes, name)) return [];
  return listedOrAlone(value).map((one) => ({ name, receiver, value: one }));
}

function registered({ name, receiver, value }: Handed, search: AsgiSearch, framework: Registering) {
  const { module, project } = search;
  const { object, role } = objectOfExpression(receiver, module, framework.classes, project);
  if (!role && !isItsObject(receiver, search) && (object.isKnown || !claims(receiver, search))) return [];
  return handedOver(name, value, object, search, framework);
}

/** An app that the framework's own package makes: `from nicegui import app`. */
function isItsObject(receiver: Node, { framework, module, project }: AsgiSearch): boolean {
  const { objects = [] } = framework.classes;
  if (objects.length === 0) return false;
  const definition = project.modules.resolve(receiver, module);
  if (definition?.kind === 'external') return objects.includes(definition.qualifiedName);
  // In the repository of the framework itself.
  return objects.some(
    (name) => name === `${framework.id}.${receiver.text}` && definition && isInPackageOf(name, definition.module),
  );
}

/** The receiver cannot be followed, but reads like an app in a module that reads like the framework's. */
function claims(receiver: Node, { framework, module }: AsgiSearch): boolean {
  return /^_?(web)?app(lication)?$/i.test(lastName(receiver) ?? '') && framework.claims(module);
}

/** `Litestar(on_startup=[connect], lifespan=[database])`. */
function constructed(call: Node, search: AsgiSearch, framework: Registering): readonly Registration[] {
  const options = optionsOf(call, search);
  const names = Object.keys(framework.takes).filter((name) => options.has(name));
  const role = names.length > 0 ? constructedRole(call, search.module, framework.classes, search.project) : undefined;
  if (!role) return [];
  const owner = objectMadeBy(call, search.module, role);
  return names.flatMap((name) => {
    const option = options.get(name);
    const values = option ? listedOrAlone(option) : [];
    return values.flatMap((value) => handedOver(name, value, owner, search, framework));
  });
}

function listedOrAlone(value: Node): readonly Node[] {
  return value.type === 'list' || value.type === 'tuple' ? listed(value) : [value];
}

function handedOver(
  name: string,
  value: Node,
  owner: Registration['owner'],
  search: AsgiSearch,
  framework: Registering,
): readonly Registration[] {
  const taken = framework.takes[name];
  if (!taken) return [];
  const place = { path: search.module.path, offset: value.startIndex };
  return handOver(value, taken.as, owner, place, search).map((registration) => ({
    ...registration,
    via: 'phase',
    phase: taken.phase,
    definition: { ...registration.definition, ...(taken.adviceOnly && { adviceOnly: taken.adviceOnly }) },
  }));
}
