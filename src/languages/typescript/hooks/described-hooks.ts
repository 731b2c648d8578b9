import type { Node } from 'ts-morph';
import { type AppStartup, attempt } from '../../../core/index.ts';
import type { AppHooks, HookDefinition } from '../modules/definition.ts';
import { linkCounterparts } from '../shutdown/counterparts.ts';
import { signalHandlers } from '../shutdown/signal-handlers.ts';
import { registrationOf } from '../steps/added-shutdown.ts';
import { describeHook } from '../steps/describe-hook.ts';
import { trapsAround } from '../traps/index.ts';
import { statementAround } from '../tree/own-nodes.ts';
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
  const functions = new Set(apps.flatMap(({ startup }) => startup.map(({ node, body }) => node ?? body)));
  const shared: Shared = { run, functions, handlers: new Set() };
  const all = apps.flatMap((app) => describeApp(app, shared));
  return {
    described: all.flatMap(({ hooks }) => hooks),
    apps: all.map(({ app }) => app),
  };
}

interface Shared {
  readonly run: ScanRun;
  /** Functions that are hooks already. */
  readonly functions: Set<Node>;
  /** Bodies of signal handlers that belong to an app already. */
  readonly handlers: Set<Node>;
}

interface DescribedApp {
  readonly app: AppStartup;
  readonly hooks: readonly DescribedHook[];
}

/** Hooks that keep their tasks in one place are one app; a hook with a constant of its own is an app by itself. */
function describeApp(app: AppHooks, shared: Shared): readonly DescribedApp[] {
  const { run } = shared;
  const startup = app.startup.flatMap((definition) => describe(definition, run));
  const own = app.shutdown.length > 0 ? app.shutdown : handlersOf(app, shared);
  const shutdown = own.flatMap((definition) => describe(definition, run));
  const delegates = startup.flatMap((one) => describeDelegates(one, shared, DEPTH));
  const groups = byPlace([...delegates, ...startup]);
  // The hook that listens is the last one: what stops the server stops its tasks.
  return groups.map((group, index) =>
    joined(group.at(-1)?.hook.id ?? app.id, group, index === groups.length - 1 ? shutdown : []),
  );
}

/** In source order of the last of each group, the group of the last hook at the end. */
function byPlace(hooks: readonly DescribedHook[]): readonly (readonly DescribedHook[])[] {
  const groups = new Map<string, DescribedHook[]>();
  for (const one of hooks) {
    const key = `${one.hook.path} ${sharedPlace(one) ?? one.hook.id}`;
    const group = groups.get(key) ?? [];
    groups.delete(key);
    groups.set(key, [...group, one]);
  }
  return [...groups.values()];
}

/** Hooks that are registered beside one another keep their tasks there; fields are those of one class. One that stays as it is must not hold up the others. */
function sharedPlace({ definition, hook }: DescribedHook): string | undefined {
  const { tasks } = hook.body;
  if (!tasks || hook.adviceOnly !== undefined) return undefined;
  const registration = registrationOf(definition);
  if (tasks.kind === 'local' && !registration) return undefined;
  const around = registration ? statementAround(registration).getParent() : definition.owner;
  return `${tasks.kind} ${tasks.expression} ${around?.getStart() ?? ''}`;
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
    const traps = [...trapsAround({ definition, hook, project: run }), ...(hook.traps ?? [])];
    return [{ definition, hook: { ...hook, traps, ...(adviceOnly === undefined ? {} : { adviceOnly }) } }];
  });
}

/** Handlers of SIGTERM and SIGINT in the files of the hooks: a listening hook has no shutdown part of its own. */
function handlersOf(app: AppHooks, { run, handlers }: Shared): readonly HookDefinition[] {
  const listening = app.startup.filter(({ form }) => form === 'before-listen');
  const modules = new Map(listening.map(({ module }) => [module.path, module]));
  return [...modules.values()].flatMap((module) =>
    attempt(module.path, run, () => signalHandlers(module, run.modules)).filter(
      (handler) => handler.module.path === module.path && !handlers.has(handler.body) && handlers.add(handler.body),
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
