import type { PythonModule } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, descendants, enclosingFunction, lastName, objectOf, stringValue } from '../tree/shapes.ts';
import { named } from '../tree/tree.ts';
import { type AsgiClasses, constructedRole, objectMadeBy, objectOfExpression } from './asgi-apps.ts';
import { eventRegistrations } from './asgi-events.ts';
import { handOver } from './asgi-registration.ts';
import type { Framework, Inclusion, PythonProject, Registration } from './framework.ts';

/** What sets one framework that is handed functions apart from another. */
export interface HookingFramework {
  readonly id: string;
  readonly classes: AsgiClasses;
  /** Takes registrations on objects whose class is not known, in a module that reads like its own. */
  claims(module: PythonModule): boolean;
  /** Methods that register the function which they decorate: `on_event`. */
  readonly registering: readonly string[];
  /** Where on an app the startup tasks can be kept; missing: nowhere, and handlers share them at module level. */
  keptOn?(app: string): string;
  /** Event handlers are called with the app. */
  readonly passesApp?: true;
  /** Why none of its hooks can be rewritten. */
  readonly adviceOnly?: string;
}

/** Everything that a search in one module needs. */
export interface AsgiSearch {
  readonly framework: HookingFramework;
  readonly module: PythonModule;
  readonly project: PythonProject;
}

/** A recogniser for a framework that speaks ASGI's lifespan. */
export function asgiFramework(asgi: Pick<HookingFramework, 'id' | 'classes' | 'claims'>): Framework {
  const framework = { ...asgi, registering: ['on_event'], keptOn: onState };
  return {
    id: framework.id,
    anchors: ['lifespan', 'on_event', 'add_event_handler', 'on_startup', 'on_shutdown'],
    findHooks: (module, project) => registrationsIn({ framework, module, project }),
    findInclusions: (module, project, owners) =>
      callsOf(module.root).flatMap((call) => inclusionsOf(call, { framework, module, project }, owners)),
  };
}

/** Starlette, and what follows it, has a place for what is no part of the app itself. */
export function onState(app: string): string {
  return `${app}.state.startup_tasks`;
}

/** Lifespans and event handlers that a module registers on apps and routers of one framework. */
function registrationsIn(search: AsgiSearch): readonly Registration[] {
  const { root } = search.module;
  const calls = callsOf(root);
  return [
    ...calls.flatMap((call) => constructorHooks(call, search)),
    ...descendants(root, 'assignment').flatMap((assignment) => assignedLifespan(assignment, search)),
    ...eventRegistrations(calls, search),
  ];
}

function callsOf(root: Node): readonly Node[] {
  return descendants(root, 'call');
}

/** `FastAPI(lifespan=…)`, `Starlette(on_startup=[…])`, `super().__init__(lifespan=…)`. */
function constructorHooks(call: Node, search: AsgiSearch): readonly Registration[] {
  const { module, project, framework } = search;
  const options = optionsOf(call, search);
  if (!OPTIONS.some((name) => options.has(name))) return [];
  const role = constructedRole(call, module, framework.classes, project);
  if (!role) return [];
  const owner = objectMadeBy(call, module, role);
  const lifespan = options.get('lifespan');
  const place = { path: module.path, offset: call.startIndex };
  return [
    ...(lifespan ? handOver(lifespan, 'lifespan', owner, place, search) : []),
    ...listed(options.get('on_startup')).flatMap((value) => handOver(value, 'startup', owner, place, search)),
    ...listed(options.get('on_shutdown')).flatMap((value) => handOver(value, 'shutdown', owner, place, search)),
  ];
}

/** Keyword arguments, those behind `**options` too where they are a literal or set by name. */
export function optionsOf(call: Node, search: AsgiSearch): ReadonlyMap<string, Node> {
  const { keywords, mappings } = argumentsOf(call);
  const spread = mappings.flatMap((mapping) => [...entriesOf(mapping, search)]);
  return new Map([...spread, ...keywords]);
}

function entriesOf(mapping: Node, { module, project }: AsgiSearch): readonly (readonly [string, Node])[] {
  const definition = mapping.type === 'identifier' ? project.modules.resolve(mapping, module) : undefined;
  const value = definition?.kind === 'value' && definition.module === module ? definition.node : mapping;
  return [...literalEntries(value), ...(mapping.type === 'identifier' ? setByName(mapping) : [])];
}

function literalEntries(value: Node): readonly (readonly [string, Node])[] {
  if (value.type === 'call' && value.childForFieldName('function')?.text === 'dict')
    return [...argumentsOf(value).keywords];
  if (value.type !== 'dictionary') return [];
  return named(value).flatMap((pair) => {
    const key = stringValue(pair.childForFieldName('key') ?? undefined);
    const entry = pair.childForFieldName('value');
    return key !== undefined && entry ? [[key, entry] as const] : [];
  });
}

/** `kwargs["lifespan"] = lifespan` in the same function. */
function setByName(mapping: Node): readonly (readonly [string, Node])[] {
  const scope = enclosingFunction(mapping);
  if (!scope) return [];
  return descendants(scope, 'assignment').flatMap((assignment) => {
    const [target, value] = [assignment.childForFieldName('left'), assignment.childForFieldName('right')];
    if (target?.type !== 'subscript' || target.childForFieldName('value')?.text !== mapping.text || !value) return [];
    const key = stringValue(target.childForFieldName('subscript') ?? undefined);
    return key === undefined ? [] : [[key, value] as const];
  });
}

/** `app.router.lifespan_context = lifespan`. */
function assignedLifespan(assignment: Node, search: AsgiSearch): readonly Registration[] {
  const target = assignment.childForFieldName('left');
  const value = assignment.childForFieldName('right');
  const router = target && objectOf(target);
  if (!value || !router || lastName(target) !== 'lifespan_context' || !/router$/.test(lastName(router) ?? ''))
    return [];
  const { module, project, framework } = search;
  const { object, role } = objectOfExpression(router, module, framework.classes, project);
  if (!role && !framework.claims(module)) return [];
  return handOver(value, 'lifespan', object, { path: module.path, offset: assignment.startIndex }, search);
}

/** `app.include_router(router)`, `app.mount("/api", api)`, where the included one owns hooks. */
function inclusionsOf(call: Node, search: AsgiSearch, owners: ReadonlySet<string>): readonly Inclusion[] {
  const callee = call.childForFieldName('function');
  const kind = INCLUDING.get(lastName(callee) ?? '');
  const receiver = callee && objectOf(callee);
  if (!kind || !receiver) return [];
  const { positional, keywords } = argumentsOf(call);
  const included =
    kind === 'include' ? (keywords.get('router') ?? positional[0]) : (keywords.get('app') ?? positional[1]);
  if (!included) return [];
  const { module, project, framework } = search;
  const child = objectOfExpression(included, module, framework.classes, project).object;
  if (!owners.has(child.id)) return [];
  const parent = objectOfExpression(receiver, module, framework.classes, project).object;
  return [{ parent, child, kind, place: { path: module.path, offset: call.startIndex } }];
}

export function listed(value: Node | undefined): readonly Node[] {
  return value?.type === 'list' || value?.type === 'tuple' ? named(value) : [];
}

const OPTIONS = ['lifespan', 'on_startup', 'on_shutdown'];

const INCLUDING: ReadonlyMap<string, Inclusion['kind']> = new Map([
  ['include_router', 'include'],
  ['mount', 'mount'],
]);
