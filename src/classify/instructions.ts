import { compileGlob } from '../core/glob.ts';
import type { Category, Config, ConfigRule, DecidedBy, StartupStep } from '../core/index.ts';
import type { Side } from './matrix.ts';

/** What a person has decided beforehand. */
export interface Instruction {
  readonly verdict: Side;
  readonly decidedBy: DecidedBy;
  readonly reason?: string | undefined;
}

/** The directive at the step, else the first config rule that matches it. */
export function instructionFor(step: StartupStep, category: Category, config: Config): Instruction | undefined {
  if (step.directive) return { ...step.directive, decidedBy: 'directive' };
  const rule = ruleFor(step, category, config);
  if (rule) return { verdict: rule.decision, reason: rule.reason, decidedBy: 'config' };
  if (config.leaveReturnsAtOnce && onlyStartsTasks(step))
    return { verdict: 'critical', decidedBy: 'config', reason: atOnce };
  return undefined;
}

/** The first config rule that matches the step. */
export function ruleFor(step: StartupStep, category: Category, config: Config): ConfigRule | undefined {
  return config.rules.find((candidate) => {
    if (candidate.callee === undefined && candidate.category === undefined) return false;
    if (candidate.category !== undefined && candidate.category !== category) return false;
    return candidate.callee === undefined || isCalled(step, candidate.callee);
  });
}

const atOnce = 'it only starts a task of its own and returns, so there is nothing to gain from moving it.';

/** As written, or as resolved through the imports. */
function isCalled(step: StartupStep, glob: string): boolean {
  const matches = compileGlob(glob);
  return step.calls.some(
    ({ callee, qualifiedName }) => matches(callee) || (qualifiedName !== undefined && matches(qualifiedName)),
  );
}

function onlyStartsTasks(step: StartupStep): boolean {
  return step.calls.every(({ cost, form }) => cost === 'returns-at-once' && form !== 'detached');
}
