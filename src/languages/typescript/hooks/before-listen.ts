import { Node } from 'ts-morph';
import type { AppHooks, HookDefinition } from '../modules/definition.ts';
import { isInside, lineOf } from '../tree/own-nodes.ts';
import { callableName, callSites, importSites } from './call-sites.ts';
import { dispatchSites } from './dispatch-sites.ts';
import type { ListenPoint, NodeProject } from './framework.ts';
import { definitionAround } from './hook-functions.ts';
import { callAround, placeOf, type StartupPlace } from './startup-place.ts';
import { isTestFile } from './test-files.ts';

/** How far callers are followed from the function in which a server listens: `main` → `startServer` → `listen`. */
const DEPTH = 4;

/** The code that runs before servers begin to listen: around the call itself, and around the calls of the functions that hold it. */
export function beforeListen(points: readonly ListenPoint[], project: NodeProject): readonly AppHooks[] {
  const found = new Map<Node, HookDefinition>();
  for (const point of withoutSideServers(points)) climb(point.call, point, project, found, DEPTH);
  const byFile = new Map<string, HookDefinition[]>();
  for (const definition of found.values()) {
    const { path } = definition.module;
    byFile.set(path, [definition, ...(byFile.get(path) ?? [])]);
  }
  // Those that were found later call those that were found before: what stands in them runs first.
  return [...byFile].map(([path, startup]) => ({ id: `${path}:${startup.at(-1)?.name ?? ''}`, startup, shutdown: [] }));
}

function climb(
  call: Node,
  point: ListenPoint,
  project: NodeProject,
  found: Map<Node, HookDefinition>,
  depth: number,
): void {
  const place = placeOf(call);
  const isCaller = call !== point.call;
  if (!place || isTestFile(project.modules.of(call).path) || (isCaller && place.reached === 'callback')) return;
  const known = found.get(place.body);
  if (known && isMain(known.listen, place.end, place.body)) return;
  // An arrow function without braces has no statements before the call.
  if (Node.isBlock(place.body) || Node.isSourceFile(place.body))
    found.set(place.body, definitionOf(place, point, project));
  if (known || depth === 0) return;
  for (const site of sitesOf(place, project)) climb(site, point, project, found, depth - 1);
}

/** Where control comes from: what stands before it there is startup as well. */
function sitesOf(place: StartupPlace, project: NodeProject): readonly Node[] {
  const around = callAround(place);
  if (around) return [around];
  if (place.reached === 'module') return importSites(place.body, project);
  if (!place.node || place.reached !== 'called') return [];
  const sites = callSites(place.node, project).filter((site) => !isOnItsWay(site, place));
  return sites.length > 0 ? sites : dispatchSites(place.node, project);
}

/** A function that calls itself, or a stop that waits for a start which still runs: nothing starts with these. */
function isOnItsWay(site: Node, place: StartupPlace): boolean {
  if (place.node && isInside(site, place.node)) return true;
  const caller = placeOf(site)?.node;
  return caller !== undefined && STOPS.test(callableName(caller) ?? '');
}

const STOPS = /^(stop|close|shutdown|exit|dispose|destroy|teardown|quit|terminate)(?![a-z])/;

/** Of two listens in one body that which always comes to pass ends its startup, and of two such the first one. */
function isMain(listen: Node | undefined, other: Node, body: Node): boolean {
  if (listen === undefined) return false;
  const [own, others] = [isConditional(listen, body), isConditional(other, body)];
  return own === others ? listen.getPos() <= other.getPos() : others;
}

/** Under an `if` that another branch does without, or in what a function call may do: `setup()` that serves for a while. */
function isConditional(listen: Node, body: Node): boolean {
  const callee = Node.isCallExpression(listen) ? listen.getExpression() : undefined;
  const isDirect = Node.isPropertyAccessExpression(callee) && callee.getName() === 'listen';
  for (let outer = listen.getParent(); outer && outer !== body; outer = outer.getParent())
    if (Node.isIfStatement(outer) && !outer.getElseStatement()) return true;
  return !isDirect && !/listen|serve|start|boot|run|main|launch/i.test(callee?.getText() ?? 'new');
}

function definitionOf(place: StartupPlace, point: ListenPoint, project: NodeProject): HookDefinition {
  const module = project.modules.of(place.body);
  const { node } = place;
  const owner = node?.getParent();
  const isMethod = Node.isClassDeclaration(owner) || Node.isClassExpression(owner);
  const isOwnListen = place.end === point.call || place.end.containsRange(point.call.getPos(), point.call.getEnd());
  return {
    framework: point.framework,
    form: 'before-listen',
    module,
    name: nameOf(place),
    body: place.body,
    ...(node ? { node } : {}),
    outer: node ? definitionAround(node) : place.body,
    ...(isMethod ? { owner } : {}),
    listen: place.end,
    ...(point.server !== undefined && isOwnListen ? { server: point.server } : {}),
    ...(point.release ? { release: true } : {}),
    notes: [],
  };
}

function nameOf({ node, body, reached }: StartupPlace): string {
  if (!node) return '(module)';
  const name = callableName(node);
  const owner = node.getParent();
  if (name && (Node.isClassDeclaration(owner) || Node.isClassExpression(owner)))
    return `${owner.getName() ?? '(class)'}.${name}`;
  if (name) return name;
  return reached === 'at-once'
    ? '(async function)'
    : reached === 'chained'
      ? `(then, line ${lineOf(body)})`
      : `(callback, line ${lineOf(body)})`;
}

/** Metrics, probes and redirects are served beside the app of a file: what stands before them keeps nobody waiting. */
function withoutSideServers(points: readonly ListenPoint[]): readonly ListenPoint[] {
  const isMain = ({ server }: ListenPoint) => server === undefined || !SIDE_SERVER.test(server);
  const withMain = new Set(points.filter(isMain).map(({ call }) => call.getSourceFile()));
  return points.filter((point) => isMain(point) || !withMain.has(point.call.getSourceFile()));
}

const SIDE_SERVER = /metric|health|probe|admin|debug|redirect|prometheus|monitor/i;
