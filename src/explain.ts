import { planRewrites } from './apply.ts';
import { marginFor, ruleFor, sideOf } from './classify/index.ts';
import {
  type Decision,
  type ExplainedStep,
  type Explanation,
  type FileFacts,
  lineAt,
  type StartupHook,
  type StartupStep,
  UserError,
} from './core/index.ts';
import { languages } from './languages/index.ts';
import type { Scan } from './scan.ts';
import { waysToChange } from './ways-to-change.ts';

/** Why each startup call of a file, or of one line, is decided as it is; and what stands there where there is none. */
export async function explain(scan: Scan, path: string, line?: number): Promise<Explanation> {
  const facts = scan.analysis.languages.flatMap((entry) => entry.facts.files).find(({ file }) => file.path === path);
  if (facts === undefined)
    return { path, ...(line === undefined ? {} : { line }), steps: [], notes: [whyUnseen(scan, path)] };
  const { plan } = await planRewrites(scan, { unsafe: true });
  const all = facts.hooks.flatMap((hook) => explainedSteps(scan, hook, facts, plan.unwritten));
  const base = { path, language: facts.file.language, kind: facts.kind };
  if (line === undefined) return { ...base, steps: all, notes: notesOnFile(scan, facts, all) };
  const lines = lineAt(facts.file.text, facts.file.text.length);
  if (line < 1 || line > lines)
    throw new UserError(`${path}:${line}: the file has ${lines} lines`, 'Name one of them.');
  const steps = stepsAt(all, facts, line);
  return { ...base, line, steps, notes: steps.length > 0 ? [] : notesOnLine(scan, facts, all, line) };
}

function explainedSteps(
  scan: Scan,
  hook: StartupHook,
  facts: FileFacts,
  unwritten: ReadonlySet<string>,
): readonly ExplainedStep[] {
  const { config, decisions } = scan.analysis;
  return hook.steps.flatMap((step) => {
    const decision = decisions.get(step.id);
    if (decision === undefined) return [];
    const { category } = decision;
    const missing = marginFor(config.confidenceThreshold) - margin(decision);
    return {
      hook,
      step,
      calls: step.calls,
      decision,
      threshold: config.confidenceThreshold,
      row: { category, side: sideOf[category] },
      decidedBy: decider(scan, step, decision),
      ways: waysToChange(hook, step, decision, {
        language: facts.file.language,
        missing,
        isUnwritten: unwritten.has(step.id),
      }),
    };
  });
}

/** How far the evidence for one side outweighs the other. */
function margin({ evidence }: Decision): number {
  return Math.abs(
    evidence.reduce((sum, { weight, favours }) => sum + (favours === 'background' ? weight : -weight), 0),
  );
}

function decider(scan: Scan, step: StartupStep, { decidedBy, category, confidence }: Decision): string {
  const { config } = scan.analysis;
  if (decidedBy === 'directive') return `the comment at line ${step.directive?.line} decided, before any evidence`;
  if (decidedBy !== 'config') {
    const isSure = confidence >= config.confidenceThreshold;
    return isSure
      ? 'the evidence decided'
      : 'nobody: the evidence stays below the threshold, so startup goes on waiting';
  }
  const rule = ruleFor(step, category, config);
  if (rule === undefined) return '`leaveReturnsAtOnce` of the configuration decided, before any evidence';
  const matcher = [rule.callee && `callee \`${rule.callee}\``, rule.category && `category \`${rule.category}\``];
  const number = config.rules.indexOf(rule) + 1;
  return `rule ${number} of the configuration (${matcher.filter(Boolean).join(', ')}) decided, before any evidence`;
}

/** The steps with a call that stands on the line; else the innermost ones whose statements span it. */
function stepsAt(all: readonly ExplainedStep[], { file }: FileFacts, line: number): readonly ExplainedStep[] {
  const spans = (range: { readonly start: number; readonly end: number }) =>
    lineAt(file.text, range.start) <= line && line <= lineAt(file.text, Math.max(range.start, range.end - 1));
  const calling = all.filter(({ calls }) => calls.some((call) => call.line === line || spans(call.range)));
  if (calling.length > 0) return calling;
  const around = all.filter(({ step }) => spans(step.range));
  const shortest = Math.min(...around.map(({ step }) => step.range.end - step.range.start));
  return around.filter(({ step }) => step.range.end - step.range.start === shortest);
}

function notesOnFile(scan: Scan, facts: FileFacts, all: readonly ExplainedStep[]): readonly string[] {
  const passed = scan.project.passedOver(facts.file.path);
  return [
    ...(all.length > 0 ? [] : [nothingIn(facts)]),
    ...(passed === undefined ? [] : [`A run over the project passes the file over: ${passed}.`]),
  ];
}

function notesOnLine(scan: Scan, facts: FileFacts, all: readonly ExplainedStep[], line: number): readonly string[] {
  const here = whatStandsAt(facts, line);
  return [here, ...notesOnFile(scan, facts, all).filter((note) => note !== here), ...nearest(all, line)];
}

function whatStandsAt(facts: FileFacts, line: number): string {
  const { text } = facts.file;
  const spans = ({ range }: { readonly range: { readonly start: number; readonly end: number } }) =>
    lineAt(text, range.start) <= line && line <= lineAt(text, Math.max(range.start, range.end - 1));
  for (const hook of facts.hooks) {
    const name = `${hook.name} (${hook.framework}, ${hook.form}, line ${hook.line})`;
    const stop = hook.shutdown.find(spans);
    if (stop)
      return `Line ${line} is a shutdown step of ${name}: ${stop.callee ?? 'it calls nothing'}. It runs when the server stops.`;
    if (hook.steps.some(spans))
      return `Line ${line} is a statement of ${name} with no startup call: it stays where it is.`;
    const last = Math.max(...hook.steps.map((step) => step.range.end));
    if (spans(hook) && hook.steps.length > 0 && lineAt(text, last) < line)
      return `Line ${line} stands in ${name}, after its startup part, which ends at line ${lineAt(text, last)}.`;
    if (spans(hook)) return `Line ${line} stands in ${name}, and has no startup call.`;
  }
  const remark = facts.remarks.find(spans);
  if (remark)
    return `Line ${line} is a temporary remark${remark.disabledCall ? ` that disables ${remark.disabledCall}` : ''}.`;
  return facts.hooks.length === 0
    ? nothingIn(facts)
    : `Line ${line} is in no startup hook: nothing there waits before the server listens.`;
}

function nothingIn({ kind, why, hooks }: FileFacts): string {
  if (kind === 'standalone') return `The file is a standalone script and is left alone: ${why ?? 'it runs no server'}.`;
  const [hook] = hooks;
  if (hook) return `Its hook ${hook.name} (line ${hook.line}) awaits nothing before the server listens.`;
  return `The file has no startup hook${why === undefined ? '' : `: ${why}`}.`;
}

/** The startup calls before and after the line. */
function nearest(all: readonly ExplainedStep[], line: number): readonly string[] {
  const calls = all.flatMap((one) => one.calls).toSorted((a, b) => a.line - b.line);
  const near = [calls.findLast((call) => call.line < line), calls.find((call) => call.line > line)];
  const named = near.flatMap((call) => (call ? [`${call.callee} (line ${call.line})`] : []));
  return named.length === 0 ? [] : [`The nearest startup calls: ${named.join(', ')}.`];
}

function whyUnseen({ errors, project, leftAlone, analysis }: Scan, path: string): string {
  const error = [...errors, ...leftAlone.map(({ path: at, why }) => ({ path: at, message: why }))].find(
    (one) => one.path === path,
  );
  if (error) return `The file is not looked at: ${error.message}.`;
  const language = languages.find(({ extensions }) => extensions.some((extension) => path.endsWith(extension)));
  if (language === undefined) return 'The file is of no language that is looked at.';
  const { languages: wanted } = analysis.config;
  if (wanted.length > 0 && !wanted.includes(language.id))
    return `The configuration's \`languages\` leaves out ${language.id}.`;
  const passed = project.passedOver(path);
  if (passed !== undefined) return `The file is not looked at: ${passed}.`;
  return 'The file is no candidate: it has none of the words that code with a startup hook has.';
}
