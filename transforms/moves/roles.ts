import type { AppStartup, FileFacts, HookContext, StartupHook, TaskRole } from '../../src/core/index.ts';

/** A hook, with its part in the startup tasks of its app. */
export interface HookWithRole {
  readonly hook: StartupHook;
  readonly facts: FileFacts;
  readonly role: TaskRole;
}

/** The startup hooks of the app and its first shutdown hook, each with its part. */
export function rolesOf(context: HookContext): readonly HookWithRole[] {
  const { app } = context;
  const ids = [...new Set([...app.startupOrder, ...app.shutdownOrder.slice(0, 1)])];
  return ids.flatMap((id) => {
    const found = id === context.hook.id ? context : context.hookOf(id);
    if (!found) return [];
    return [{ hook: found.hook, facts: found.facts, role: roleOf(found.hook, app, context) }];
  });
}

function roleOf(hook: StartupHook, app: AppStartup, context: HookContext): TaskRole {
  const recording = app.startupOrder.filter((id) => isRecording(id, context));
  const releases = recording.length > 0 && app.startupOrder.at(-1) === hook.id;
  // A lifespan that wraps others stands in the order before and after them: what it releases, it has to make.
  const first = app.startupOrder.find((id) => recording.includes(id) || id === app.startupOrder.at(-1));
  const takes = releases || recording.includes(hook.id);
  return {
    instance: recording.length > 0 && first === hook.id ? 'create' : takes ? 'take' : 'none',
    releases,
    stops: recording.length > 0 && app.shutdownOrder[0] === hook.id,
    addsShutdown: releases && app.shutdownOrder.length === 0,
    concurrency: context.options.concurrency,
  };
}

/** It records now, or did after an earlier run. */
function isRecording(id: string, context: HookContext): boolean {
  const found = id === context.hook.id ? context : context.hookOf(id);
  return found !== undefined && (context.movesIn(found.hook) || context.syntax.tracksTasks(found.hook, found.facts));
}

/** It makes, takes, releases or stops the tasks. */
export function hasPart(role: TaskRole): boolean {
  return role.instance !== 'none' || role.releases || role.stops || role.addsShutdown;
}
