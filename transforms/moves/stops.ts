import type { FileFacts, HookContext, ShutdownStep, StartupHook, StartupStep } from '../../src/core/index.ts';

/** A shutdown step, with the hook in which it stands. */
export interface StopInHook {
  readonly stop: ShutdownStep;
  readonly hook: StartupHook;
  readonly facts: FileFacts;
}

/** The shutdown steps that undo a startup step and do not cope with a start that has not finished. */
export function stopsOf(step: StartupStep, context: HookContext): readonly StopInHook[] {
  return hooksOf(context).flatMap(({ hook, facts }) =>
    hook.shutdown
      .filter((stop) => stop.counterpartOf === step.id && stop.copesWithoutStart === 'no')
      .map((stop) => ({ stop, hook, facts })),
  );
}

/** Every hook of the app, the context's own among them. */
export function hooksOf(context: HookContext): readonly { readonly hook: StartupHook; readonly facts: FileFacts }[] {
  const ids = new Set([context.hook.id, ...context.app.startupOrder, ...context.app.shutdownOrder]);
  return [...ids].flatMap((id) => (id === context.hook.id ? [context] : (context.hookOf(id) ?? [])));
}
