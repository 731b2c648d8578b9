import type { Hazard, StartupHook, StartupStep } from '../../core/index.ts';
import { receiverOf } from '../words.ts';
import { type LaterStep, runsBeside, stays } from './later-step.ts';

/** Later steps that would run before this one although they use what it makes. The first of them is named. */
export function orderHazards(
  step: StartupStep,
  hook: StartupHook,
  later: readonly LaterStep[],
  concurrency: number,
): readonly Hazard[] {
  if (leavesNothing(step)) return [];
  for (const other of later) {
    // Two tasks: neither has ever waited for the other.
    if (isDetached(step) && isDetached(other.step)) continue;
    if (!stays(other) && !runsBeside(other) && concurrency <= 1) continue;
    const link = linkBetween(step, other.step, hook.id === other.hook.id);
    if (link === undefined) continue;
    const at = { path: other.hook.path, line: other.step.line };
    return [{ kind: 'order', what: `${link} is used by a later step in line ${at.line}`, at, severity: 'unsafe' }];
  }
  return [];
}

/** Nothing can depend on what is only logged. */
function leavesNothing({ calls, binds }: StartupStep): boolean {
  return binds.length === 0 && calls.every(({ body }) => body?.onlyLogs === true);
}

function isDetached({ calls }: StartupStep): boolean {
  return calls.every(({ form }) => form === 'detached');
}

/** What two steps have in common, as a name. */
function linkBetween(step: StartupStep, other: StartupStep, sameHook: boolean): string | undefined {
  const made = step.binds.filter((name) => sameHook || isShared(name));
  const bound = made.find((name) => other.reads.some((read) => reaches(read, name)));
  if (bound !== undefined) return bound;
  const receiver = sameHook ? receiversOf(step).find((name) => usesObject(other, name)) : undefined;
  return receiver ?? sharedObject(step, other) ?? filledState(step, other);
}

/** Names of a hook mean nothing in another one, what hangs on the app does. */
function isShared(name: string): boolean {
  return name.includes('.');
}

/** The read is the name itself or something inside it. */
function reaches(read: string, name: string): boolean {
  return read === name || read.startsWith(`${name}.`);
}

/** Receivers that are objects: not the hook's own `self`, `this` or `app`, not a module. */
function receiversOf(step: StartupStep): readonly string[] {
  return step.calls.flatMap(({ callee, qualifiedName }) => {
    const receiver = receiverOf(callee);
    const isModule = receiver !== '' && qualifiedName === callee;
    return receiver === '' || isModule || /^(?:self|this|cls|app|super|super\(\))$/.test(receiver) ? [] : [receiver];
  });
}

function usesObject(other: StartupStep, name: string): boolean {
  if (isAlias(other, name)) return false;
  return (
    other.reads.some((read) => reaches(read, name)) || receiversOf(other).some((receiver) => reaches(receiver, name))
  );
}

/** `app.state.manager = manager` hands the object on without using it. */
function isAlias(step: StartupStep, name: string): boolean {
  return step.shape === 'inert' && step.binds.length === 1 && step.reads.length === 1 && step.reads[0] === name;
}

/** Two calls on instances of one class of the project, reached under other names. */
function sharedObject(step: StartupStep, other: StartupStep): string | undefined {
  return step.calls.find(({ receiverClass, module, callee }) =>
    other.calls.some(
      (call) =>
        receiverClass !== undefined &&
        call.receiverClass === receiverClass &&
        call.module === module &&
        receiverOf(call.callee).split('.').at(-1) === receiverOf(callee).split('.').at(-1),
    ),
  )?.receiverClass;
}

/** State that this callee fills and the other one reads or fills as well. */
function filledState(step: StartupStep, other: StartupStep): string | undefined {
  const touched = other.calls.flatMap(({ body }) => [
    ...(body?.effects ?? []).map(({ target }) => target),
    ...(body?.reads ?? []),
  ]);
  const filled = step.calls.flatMap(({ body }) => body?.effects.map(({ target }) => target) ?? []);
  return filled.find((target) => touched.some((name) => reaches(name, target)));
}
