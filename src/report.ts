import type { Analysis } from './analyse.ts';
import {
  type Decision,
  type FileError,
  type FileFacts,
  type Hazard,
  isTooLow,
  type Report,
  type ReportCall,
  type ReportFile,
  type ReportHook,
  type ReportSummary,
  type ReportThreshold,
  type ReportTrap,
  type StartupCall,
  type StartupHook,
  type ThresholdAssignment,
  type Trap,
} from './core/index.ts';
import type { Plan } from './plan.ts';
import { remainingTraps, trapKind } from './traps/index.ts';

/** The JSON report: what was found, what was decided and why, what changes; of the selected files, or of all. Pure. */
export function reportOf(
  analysis: Analysis,
  plan: Plan,
  errors: readonly FileError[],
  selected?: ReadonlySet<string>,
): Report {
  const found = remainingTraps(analysis, plan);
  const files = analysis.languages
    .flatMap(({ facts }) => facts.files)
    .filter(({ file }) => selected?.has(file.path) !== false)
    .map((file) => reportFile(file, analysis, plan, found))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { version: 1, root: '.', files, errors, summary: summaryOf(files) };
}

function reportFile(facts: FileFacts, analysis: Analysis, plan: Plan, found: readonly Trap[]): ReportFile {
  const { path, language } = facts.file;
  const hooks = facts.hooks
    .filter((hook) => !isInBackground(hook, analysis))
    .map((hook) => reportHook(hook, analysis, plan))
    .filter(isTelling);
  const removed = plan.rewrites
    .filter((rewrite) => rewrite.edits.some((edit) => edit.path === path))
    .flatMap((rewrite) => rewrite.removes ?? []);
  const own = found.filter((trap) => trap.path === path).map(reportTrap);
  return {
    path,
    language,
    kind: facts.kind,
    changed: plan.files.some((planned) => planned.file.path === path),
    ...(facts.why === undefined ? {} : { why: facts.why }),
    ...(hooks.length === 0 ? {} : { hooks }),
    ...(facts.thresholds.length === 0 ? {} : { thresholds: facts.thresholds.map(reportThreshold) }),
    ...(own.length === 0 ? {} : { traps: own }),
    ...(removed.length === 0 ? {} : { removedRemarks: removed.map(({ line, text }) => ({ line, text })) }),
  };
}

function reportTrap({ code, line, what }: Trap): ReportTrap {
  return { code, line, title: trapKind(code).title, what };
}

function reportThreshold(assignment: ThresholdAssignment): ReportThreshold {
  const { line, rule, text, number } = assignment;
  const state = number === undefined ? 'computed' : isTooLow(assignment) ? 'low' : 'enough';
  return { line, name: rule.name, value: text, atLeast: rule.atLeast, state };
}

/** The hooks that startup waits for, the parts of hooks that are awaited among them. */
export function startupHooks(analysis: Analysis): readonly StartupHook[] {
  const hooks = [...analysis.hooks.values()].map(({ hook }) => hook);
  return hooks.filter((hook) => hook.form !== 'shutdown-event' && !isInBackground(hook, analysis));
}

/** A part of a hook that another hook calls in the background: nobody waits for what it awaits. */
function isInBackground(hook: StartupHook, analysis: Analysis): boolean {
  if (hook.awaitedBy) return hook.awaitedBy.some((id) => analysis.decisions.get(id)?.verdict === 'background');
  return [...analysis.hooks.values()].some(({ hook: caller }) =>
    caller.steps.some(
      (step) =>
        analysis.decisions.get(step.id)?.verdict === 'background' &&
        step.calls.some(({ body }) => body?.at.path === hook.path && body.at.line === hook.line),
    ),
  );
}

/** A hook that awaits nothing is no finding, unless there is something to say about it. */
function isTelling(hook: ReportHook): boolean {
  return hook.calls.length > 0 || hook.notes.length > 0 || hook.form === 'shutdown-event';
}

function reportHook(hook: StartupHook, analysis: Analysis, plan: Plan): ReportHook {
  const moved = new Set(plan.rewrites.flatMap((rewrite) => rewrite.moves ?? []));
  const calls = hook.steps.flatMap((step) => {
    const found = analysis.decisions.get(step.id);
    const decision = found && plan.unwritten.has(step.id) ? unwritten(found) : found;
    if (!decision) return [];
    return step.calls
      .map((call) => reportCall(call, decision, moved.has(step.id)))
      .flatMap((call, at) => [call, ...wrappers(call, step.calls[at])]);
  });
  const { name, framework, form, line } = hook;
  return {
    name,
    framework,
    form,
    line,
    calls,
    shutdown: hook.shutdown.flatMap((step) =>
      step.callee === undefined ? [] : [{ line: step.line, callee: step.callee, guarded: step.guarded }],
    ),
    notes: [...hook.notes, ...(hook.adviceOnly === undefined ? [] : [hook.adviceOnly])],
  };
}

function reportCall(call: StartupCall, decision: Decision, moves: boolean): ReportCall {
  return {
    line: call.line,
    callee: call.callee,
    form: call.form,
    decision: decision.verdict,
    category: decision.category,
    confidence: Math.round(decision.confidence * 100) / 100,
    decidedBy: decision.decidedBy,
    applicability: decision.applicability,
    moves,
    hazards: decision.hazards.map((hazard) => hazard.what),
    cost: call.cost,
    reason: decision.reason,
    evidence: decision.evidence.map(({ what, weight, favours, at }) => ({
      what,
      weight: favours === 'background' ? weight : -weight,
      ...(at === undefined ? {} : { at }),
    })),
  };
}

/** `asyncio.wait_for(warm(), 5)` awaits two calls: `warm` and `asyncio.wait_for`, which share the decision. */
function wrappers(inner: ReportCall, call: StartupCall | undefined): readonly ReportCall[] {
  if (inner.form === 'detached') return [];
  return (call?.through ?? []).map(({ callee, line }) => ({ ...inner, callee, line, wraps: inner.callee }));
}

/** A step that could not be written as a background task is advice, whatever its hazards. */
function unwritten(decision: Decision): Decision {
  const what = 'it cannot be written as a background task as it stands here';
  const hazard: Hazard = { kind: 'unsupported-syntax', what, severity: 'never' };
  return { ...decision, applicability: 'display-only', hazards: [...decision.hazards, hazard] };
}

function summaryOf(files: readonly ReportFile[]): ReportSummary {
  const hooks = files.flatMap((file) => file.hooks ?? []);
  const count = (decision: string) =>
    hooks.flatMap((hook) => hook.calls).filter((call) => call.decision === decision && call.wraps === undefined).length;
  return {
    files: files.length,
    hooks: hooks.filter((hook) => hook.form !== 'shutdown-event').length,
    critical: count('critical'),
    background: count('background'),
    undecided: count('undecided'),
  };
}
