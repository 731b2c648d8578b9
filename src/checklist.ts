import type { Analysis } from './analyse.ts';
import { type Decision, isTooLow, type Place } from './core/index.ts';
import { placeOfRewrite } from './findings.ts';
import type { Plan } from './plan.ts';
import { type DecidedStep, decidedSteps, isDetached, trapsOf } from './traps/index.ts';

/** One point of the checklist for servers that start fast, held against a project. */
export interface ChecklistPoint {
  readonly statement: string;
  readonly state: 'passed' | 'failed' | 'not applicable';
  /** What speaks against it, or why it cannot be held against this project. */
  readonly places: readonly ChecklistPlace[];
  readonly why?: string;
}

export interface ChecklistPlace extends Place {
  readonly what: string;
}

/** The ten points; `plan` is what `--write` would write now. Pure. */
export function checklistOf(analysis: Analysis, plan: Plan): readonly ChecklistPoint[] {
  const steps = decidedSteps(analysis).filter(({ hook }) => hook.adviceOnly === undefined);
  const hasServer = [...analysis.hooks.values()].some(({ facts }) => facts.kind === 'server');
  const ofServer = (statement: string, places: readonly ChecklistPlace[]): ChecklistPoint =>
    hasServer
      ? held(statement, places)
      : { statement, state: 'not applicable', places: [], why: 'no server was found' };
  return [
    ofServer('Nothing that can wait is awaited before the server listens', awaitedInVain(steps)),
    ofServer('Every background task is tracked', untracked(steps)),
    ofServer(
      'Critical services still block startup',
      trapsOf(analysis).filter(({ code }) => code === 'SC106'),
    ),
    listensSoon(steps),
    ofServer('Every background step logs its failure', failingSilently(analysis, plan)),
    ofServer('No temporary comments', rewritesBy('remove-temporary-remarks', plan, analysis)),
    ofServer('Every decision says its reason', rewritesBy('explain-decisions', plan, analysis)),
    ofServer('Shutdown steps are guarded one by one', rewritesBy('guard-shutdown-steps', plan, analysis)),
    thresholds(analysis),
    scriptsUnchanged(analysis, plan),
  ];
}

function held(statement: string, places: readonly ChecklistPlace[]): ChecklistPoint {
  return { statement, state: places.length === 0 ? 'passed' : 'failed', places };
}

/** A person who wants such a call to stay says so with a directive: then it is critical. */
function awaitedInVain(steps: readonly DecidedStep[]): readonly ChecklistPlace[] {
  return steps
    .filter(({ decision, step }) => decision.verdict === 'background' && !isDetached(step) && canMove(decision))
    .map((one) =>
      placeOf(one, one.decision.applicability === 'safe' ? 'can wait' : 'can wait, says its decision (unsafe)'),
    );
}

function untracked(steps: readonly DecidedStep[]): readonly ChecklistPlace[] {
  return steps
    .filter(({ decision, step }) => isDetached(step) && canMove(decision) && !isHeld(decision))
    .map((one) => placeOf(one, 'is a task that nothing keeps'));
}

/** How long startup takes is known only once the server has been started; what never ends can be seen. */
function listensSoon(steps: readonly DecidedStep[]): ChecklistPoint {
  const statement = 'The server listens within seconds';
  const endless = steps.filter(({ decision, step }) => decision.cost === 'never-returns' && !isDetached(step));
  if (endless.length > 0)
    return held(
      statement,
      endless.map((one) => placeOf(one, 'never returns')),
    );
  return { statement, state: 'not applicable', places: [], why: 'only a start of the server shows how long it takes' };
}

/** The helper logs failures; a task beside it that moves would be lost, and so would one behind an edited copy. */
function failingSilently({ hooks }: Analysis, plan: Plan): readonly ChecklistPlace[] {
  const moving = new Set(plan.rewrites.flatMap(({ moves = [] }) => moves));
  const edited = [...hooks.values()].filter(
    ({ hook, facts }) => facts.helper.state === 'edited' && hook.steps.some(({ id }) => moving.has(id)),
  );
  return edited.map(({ hook, facts }) => ({
    path: hook.path,
    line: hook.line,
    what: `${hook.name} uses ${facts.helper.path}, which was edited by hand`,
  }));
}

function rewritesBy(transform: string, plan: Plan, analysis: Analysis): readonly ChecklistPlace[] {
  return plan.rewrites
    .filter((rewrite) => rewrite.transform === transform)
    .flatMap((rewrite) => {
      const place = placeOfRewrite(rewrite, analysis);
      return place ? [{ ...place, what: rewrite.title }] : [];
    });
}

function thresholds({ config, languages }: Analysis): ChecklistPoint {
  const statement = 'Thresholds fit the application';
  const assigned = languages.flatMap(({ facts }) =>
    facts.files.flatMap(({ file, thresholds }) => thresholds.map((one) => ({ ...one, path: file.path }))),
  );
  const low = assigned.filter(isTooLow);
  if (low.length > 0)
    return held(
      statement,
      low.map(({ path, line, rule, text }) => ({
        path,
        line,
        what: `${rule.name} is ${text}, less than ${rule.atLeast}`,
      })),
    );
  if (assigned.some(({ number }) => number !== undefined)) return held(statement, []);
  const why = config.thresholds.length === 0 ? 'the configuration has no `thresholds`' : 'none is assigned a number';
  return { statement, state: 'not applicable', places: [], why };
}

function scriptsUnchanged({ languages }: Analysis, plan: Plan): ChecklistPoint {
  const statement = 'Standalone scripts are unchanged';
  const scripts = languages.flatMap(({ facts }) => facts.files.filter(({ kind }) => kind === 'standalone'));
  if (scripts.length === 0) return { statement, state: 'not applicable', places: [], why: 'there are none' };
  const changed = new Set(plan.files.map(({ file }) => file.path));
  const touched = scripts.filter(({ file }) => changed.has(file.path));
  return held(
    statement,
    touched.map(({ file }) => ({ path: file.path, line: 1, what: 'would be changed' })),
  );
}

function placeOf({ hook, step }: DecidedStep, what: string): ChecklistPlace {
  const [call] = step.calls;
  return { path: hook.path, line: call?.line ?? step.line, what: `${call?.callee ?? 'a step'} ${what}` };
}

function canMove({ applicability }: Decision): boolean {
  return applicability !== 'display-only';
}

function isHeld({ hazards }: Decision): boolean {
  return hazards.some(({ kind }) => kind === 'already-tracked');
}
