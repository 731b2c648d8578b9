import type { Node } from 'ts-morph';
import { type AppStartup, attempt, type StartupHook } from '../../../core/index.ts';
import type { AppHooks, HookDefinition } from '../modules/definition.ts';
import { linkCounterparts } from '../shutdown/counterparts.ts';
import { signalHandlers } from '../shutdown/signal-handlers.ts';
import { describeHook } from '../steps/describe-hook.ts';
import { type DescribedHook, delegatesOf } from './delegates.ts';
import type { ScanRun } from './scan-run.ts';

/** Hooks with their apps. */
export interface Described {
  readonly described: readonly DescribedHook[];
  readonly apps: readonly AppStartup[];
}

/** How deep startup functions are looked into: `main` → `initServices` → `initQueues`. */
const DEPTH = 2;

/** Describes the hooks of every app with the startup functions that they wait for, and links what stops to what starts. */
export function describeAll(apps: readonly AppHooks[], run: ScanRun): Described {
  const bodies = new Set(apps.flatMap(({ startup }) => startup.map(({ body }) => body)));
  const functions = new Set(apps.flatMap(({ startup }) => startup.map(({ node, body }) => node ?? body)));
  const all = apps.flatMap((app) => describeApp(app, { run, bodies, functions }));
  return {
    described: all.flatMap(({ hooks }) => hooks),
    apps: all.map(({ app }) => app),
  };
}

interface Shared {
  readonly run: ScanRun;
  readonly bodies: Set<Node>;
  /** Functions that are hooks already. */
  readonly functions: Set<Node>;
}

interface DescribedApp {
  readonly app: AppStartup;
  readonly hooks: readonly DescribedHook[];
}

function describeApp(app: AppHooks, shared: Shared): readonly DescribedApp[] {
  const { run } = shared;
  const startup = app.startup.flatMap((definition) => describe(definition, run));
  const own = app.shutdown.length > 0 ? app.shutdown : handlersOf(app, run);
  const shutdown = own.flatMap((definition) => describe(definition, run));
  const delegates = startup.flatMap((one) => describeDelegates(one, shared, DEPTH));
  const isBeside = ({ hook }: DescribedHook) =>
    startup.some((one) => one.hook.path === hook.path) && sharesPlace(hook, startup);
  const together = delegates.filter(isBeside);
  const apart = delegates.filter((one) => !isBeside(one));
  return [joined(app.id, [...together, ...startup], shutdown), ...apart.map((one) => joined(one.hook.id, [one], []))];
}

/** Hooks of one file share their tasks where all of them keep them at module level, or in the same class. */
function sharesPlace(hook: StartupHook, startup: readonly DescribedHook[]): boolean {
  const place = hook.body.tasks;
  return startup.every(
    ({ hook: other }) =>
      place !== undefined &&
      other.body.tasks?.expression === place.expression &&
      other.body.tasks.kind === place.kind &&
      place.kind !== 'local',
  );
}

function joined(id: string, startup: readonly DescribedHook[], shutdown: readonly DescribedHook[]): DescribedApp {
  const linked = linkCounterparts([...startup, ...shutdown].map(({ hook }) => hook));
  const byId = new Map(linked.map((hook) => [hook.id, hook]));
  const hooks = [...startup, ...shutdown].map((one) => ({ ...one, hook: byId.get(one.hook.id) ?? one.hook }));
  return {
    app: {
      id,
      startupOrder: startup.map(({ hook }) => hook.id),
      shutdownOrder: shutdown.map(({ hook }) => hook.id),
      orderKnown: true,
    },
    hooks,
  };
}

function describe(definition: HookDefinition, run: ScanRun): readonly DescribedHook[] {
  return attempt(definition.module.path, run, () => {
    const hook = describeHook(definition, run.modules);
    const isAsked = run.files.has(hook.path);
    const adviceOnly = hook.adviceOnly ?? (isAsked ? undefined : `${hook.path} is not among the files to look at`);
    return [{ definition, hook: adviceOnly === undefined ? hook : { ...hook, adviceOnly } }];
  });
}

/** Handlers of SIGTERM and SIGINT in the files of the hooks: a listening hook has no shutdown part of its own. */
function handlersOf(app: AppHooks, run: ScanRun): readonly HookDefinition[] {
  const listening = app.startup.filter(({ form }) => form === 'before-listen');
  const modules = new Map(listening.map(({ module }) => [module.path, module]));
  return [...modules.values()].flatMap((module) =>
    attempt(module.path, run, () => signalHandlers(module, run.modules)).filter(
      (handler) => handler.module.path === module.path,
    ),
  );
}

function describeDelegates(described: DescribedHook, shared: Shared, depth: number): readonly DescribedHook[] {
  const { run, functions } = shared;
  return delegatesOf(described, functions, run).flatMap(({ definition, awaitedBy }) => {
    functions.add(definition.node ?? definition.body);
    const inner = describe(definition, run).map((one) => ({ ...one, hook: { ...one.hook, awaitedBy } }));
    const deeper = depth > 1 ? inner.flatMap((one) => describeDelegates(one, shared, depth - 1)) : [];
    return [...inner, ...deeper];
  });
}
