import type { Analysis } from '../analyse.ts';
import type { Decision, StartupHook, StartupStep, Trap, TrapCode } from '../core/index.ts';

/** A way to start a server that is known to go wrong. Advice: nothing is rewritten for it. */
export interface TrapKind {
  readonly code: TrapCode;
  /** Kebab-case, equal to its file's name. */
  readonly id: string;
  readonly title: string;
  readonly level: 'warning' | 'note';
  /** What goes wrong, in one paragraph. */
  readonly why: string;
  /** What to write instead, in one paragraph. */
  readonly instead: string;
  /** Found in facts and decisions; missing where the front ends recognise it. */
  find?(analysis: Analysis): readonly Trap[];
}

/** A decided step with its hook. */
export interface DecidedStep {
  readonly hook: StartupHook;
  readonly step: StartupStep;
  readonly decision: Decision;
}

/** Every step that was decided, hooks that get advice only among them. */
export function decidedSteps({ hooks, decisions }: Analysis): readonly DecidedStep[] {
  return [...hooks.values()].flatMap(({ hook }) =>
    hook.steps.flatMap((step) => {
      const decision = decisions.get(step.id);
      return decision ? [{ hook, step, decision }] : [];
    }),
  );
}

/** Nothing waits for the calls of the step. */
export function isDetached({ calls }: StartupStep): boolean {
  return calls.length > 0 && calls.every(({ form }) => form === 'detached');
}

/** A trap at the first call of a step. */
export function trapAt({ hook, step }: DecidedStep, code: TrapCode, what: string): Trap {
  return { code, path: hook.path, line: step.calls[0]?.line ?? step.line, what, hookId: hook.id, stepId: step.id };
}
