import { callSites, type Expression } from '../modules/call-sites.ts';
import type { HookDefinition, PythonModule, Serving } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';
import { descendants, enclosingFunction, lastName, nodesOfFunction, outerOf, outsideScopes } from '../tree/shapes.ts';
import { isAsync, keyOf, nameOf } from '../tree/tree.ts';
import type { ListenPoint, PythonProject, Registration } from './framework.ts';
import { functionsOf, isSameFunction } from './hook-functions.ts';
import { functionRun } from './program-run.ts';
import { isTestFile } from './test-files.ts';
import { isRepeated, waitsOf } from './waits.ts';

/** How far callers are followed from the function in which a server listens: `main` → `run_api` → `serve`. */
const DEPTH = 4;

/** A function, or the top level of a module, in which servers begin to listen. */
interface Body {
  readonly module: PythonModule;
  /** The `function_definition`, or the root of the module. */
  readonly node: Node;
  readonly points: ListenPoint[];
  /** Bodies that call this one. */
  readonly callers: Body[];
}

/** A point, with the body whose call it is. */
interface Reached {
  readonly point: ListenPoint;
  readonly calls?: Body;
}

/** What stands before the servers of programs listen: in the function that serves, and in those that wait for it. */
export function beforeListen(points: readonly ListenPoint[], project: PythonProject): readonly Registration[] {
  const own = points.filter(({ module }) => !isTestFile(module.path));
  const bodies = new Map<string, Body>();
  let level: readonly Reached[] = withoutSideServers(own).map((point) => ({ point }));
  for (let depth = 0; level.length > 0 && depth <= DEPTH; depth++) {
    const fresh = addPoints(level, bodies);
    level = fresh.flatMap((body) => (isAsync(body.node) ? callsOf(body, project) : []));
  }
  const programs = [...bodies.values()].filter((body) =>
    isAsync(body.node) ? isProgram(body, new Set()) : runsLoopsBefore(body),
  );
  const found = [...programs.map(definitionOf), ...own.flatMap((point) => awaitedFactories(point, project))];
  return found.map(registrationOf);
}

/** The bodies that these points are the first to be found in. */
function addPoints(level: readonly Reached[], bodies: Map<string, Body>): readonly Body[] {
  const fresh: Body[] = [];
  for (const { point, calls } of level) {
    const node = enclosingFunction(point.call) ?? point.module.root;
    const key = keyOf(point.module, node);
    const known = bodies.get(key);
    const body = known ?? { module: point.module, node, points: [], callers: [] };
    body.points.push(point);
    calls?.callers.push(body);
    if (known) continue;
    bodies.set(key, body);
    fresh.push(body);
  }
  return fresh;
}

/** The calls of a serving coroutine: what stands before them is startup as well. */
function callsOf(body: Body, project: PythonProject): readonly Reached[] {
  const framework = body.points[0]?.framework ?? '';
  const serving = servingOf(body);
  const stays = serving.waits.length > 0;
  const uses = [...callSites(body.node, body.module, project), ...handedOver(body, project)];
  return uses
    .filter(({ node, module }) => !isTestFile(module.path) && !isInside(node, module, body))
    .map(({ node: call, module }) => ({
      point: { framework, call, module, stays, ...(stays ? delayOf(body, serving) : {}) },
      calls: body,
    }));
}

/** `anyio.run(main)`, `IOLoop.current().run_sync(main)`: the function itself is handed to the loop. */
function handedOver({ node, module }: Body, project: PythonProject): readonly Expression[] {
  return descendants(module.root, 'call').flatMap((call) => {
    const run = functionRun(call);
    const isName = run !== undefined && lastName(run) === nameOf(node) && run.parent?.type === 'argument_list';
    const target = isName ? project.modules.resolve(run, module) : undefined;
    return target?.kind === 'function' && isSameFunction(target, { node, module }) ? [{ node: call, module }] : [];
  });
}

/** A function that calls itself is not what starts it. */
function isInside(call: Node, module: PythonModule, body: Body): boolean {
  return (
    module.path === body.module.path && call.startIndex >= body.node.startIndex && call.endIndex <= body.node.endIndex
  );
}

/** What waits for the whole body cannot know when, after its own startup, the server listens. */
function delayOf({ node, points }: Body, { listens, waits, condition, delay }: Serving): { readonly delay?: string } {
  const end = Math.min(...listens.map(({ startIndex }) => startIndex));
  const awaits = nodesOfFunction(node, 'await').filter((one) => one.endIndex <= end && !waits.includes(one));
  if (awaits.length > 0) return { delay: `${nameOf(node)} awaits more before the server listens` };
  const late = delay ?? (condition === undefined ? undefined : `${points[0]?.framework} starts the app first`);
  return late === undefined ? {} : { delay: late };
}

/** Code that no coroutine holds starts it, by way of its callers. */
function isProgram(body: Body, seen: Set<Body>): boolean {
  if (!isAsync(body.node)) return true;
  if (seen.has(body)) return false;
  seen.add(body);
  return body.callers.some((caller) => isProgram(caller, seen));
}

/** `asyncio.run(init_db())` before `uvicorn.run(app)`; plain calls are no awaited ones. */
function runsLoopsBefore({ node, points }: Body): boolean {
  const end = Math.min(...points.map(({ call }) => call.startIndex));
  const calls = outsideScopes(node.childForFieldName('body') ?? node, ['call']);
  return calls.some((call) => call.endIndex <= end && functionRun(call) !== undefined);
}

function servingOf({ node, points }: Body): Serving {
  const conditions = new Set(points.flatMap(({ condition }) => condition ?? []));
  const condition = conditions.size === 0 ? undefined : [...conditions].join(' and ');
  const delay = points.find((point) => point.delay !== undefined)?.delay;
  return {
    listens: points.map(({ call }) => call),
    waits: isAsync(node) ? waitsOf(node, points) : [],
    ...(condition === undefined ? {} : { condition }),
    ...(delay === undefined ? {} : { delay }),
    ...(isAsync(node) ? {} : { isSync: true }),
  };
}

function definitionOf(body: Body): HookDefinition {
  const { module, node, points } = body;
  const serving = servingOf(body);
  const adviceOnly = whyFixed(serving, points);
  return {
    framework: points[0]?.framework ?? '',
    form: 'before-listen',
    module,
    node,
    outer: outerOf(node),
    kind: node.type === 'module' ? 'module' : 'function',
    serving,
    ...(adviceOnly === undefined ? {} : { adviceOnly }),
    notes: [],
  };
}

function whyFixed({ waits, isSync }: Serving, points: readonly ListenPoint[]): string | undefined {
  if (isSync) return 'its calls run one by one before the event loop of the server does';
  if (waits.length === 0) return 'nothing in it waits until the server has ended, and would end the tasks';
  if (waits.some(isRepeated)) return 'it serves in a loop';
  if (waits.length > 1 && points.some(({ condition }) => condition !== undefined)) {
    return 'it serves at several places, and each says in its own way that it listens';
  }
  return undefined;
}

/** `web.run_app(init_app())`: the server's event loop waits for it, and then listens. */
function awaitedFactories({ framework, module, awaits }: ListenPoint, project: PythonProject) {
  const callee = awaits?.type === 'call' ? awaits.childForFieldName('function') : undefined;
  const found = callee ? functionsOf(callee, module, project) : [];
  return found
    .filter(({ node }) => isAsync(node))
    .map(
      (factory): HookDefinition => ({
        framework,
        form: 'before-listen',
        module: factory.module,
        node: factory.node,
        outer: outerOf(factory.node),
        kind: 'function',
        serving: { listens: [], waits: [] },
        adviceOnly: 'it returns the app before the server listens, and nothing in it would end the tasks',
        notes: [],
      }),
    );
}

function registrationOf(definition: HookDefinition): Registration {
  const { module, node } = definition;
  const id = `${module.path}:${nameOf(node) || '(module)'}:${node.startIndex}`;
  const owner = { id, isRouter: false, isKnown: true };
  return { definition, owner, via: 'lifespan', place: { path: module.path, offset: node.startIndex } };
}

/** Metrics, probes and redirects are served beside the app: what stands before them keeps nobody waiting. */
function withoutSideServers(points: readonly ListenPoint[]): readonly ListenPoint[] {
  const isMain = ({ call }: ListenPoint) => !SIDE_SERVER.test(call.childForFieldName('function')?.text ?? '');
  const withMain = new Set(points.filter(isMain).map(({ module }) => module.path));
  return points.filter((point) => isMain(point) || !withMain.has(point.module.path));
}

const SIDE_SERVER = /metric|health|probe|admin|debug|redirect|prometheus|monitor/i;
