import type { StartupHook } from './core/index.ts';
import type { ConfigFormat } from './project/index.ts';
import type { Scan } from './scan.ts';

/** An undecided call, as a rule for a person to complete. */
export interface OpenQuestion {
  readonly place: string;
  readonly callee: string;
  readonly reason: string;
}

/** What a first configuration has to say about a project. */
export interface Findings {
  /** Frameworks by the number of their hooks. */
  readonly frameworks: ReadonlyMap<string, number>;
  readonly questions: readonly OpenQuestion[];
  readonly leftAlone: Scan['leftAlone'];
}

export function surveyOf({ analysis, leftAlone }: Scan): Findings {
  const frameworks = new Map<string, number>();
  const hooks = [...analysis.hooks.values()].map(({ hook }) => hook);
  for (const { framework } of hooks) frameworks.set(framework, (frameworks.get(framework) ?? 0) + 1);
  return { frameworks, questions: hooks.flatMap((hook) => questionsIn(hook, analysis.decisions)), leftAlone };
}

function questionsIn(hook: StartupHook, decisions: Scan['analysis']['decisions']): readonly OpenQuestion[] {
  return hook.steps.flatMap((step) => {
    const decision = decisions.get(step.id);
    const [call] = step.calls;
    if (decision?.verdict !== 'undecided' || call === undefined) return [];
    return [{ place: `${hook.path}:${call.line} in ${hook.name}`, callee: call.callee, reason: decision.reason }];
  });
}

/**
 * A configuration that changes nothing: every setting in it is a comment, `##` before prose and `#` before what may be
 * uncommented. JSON has no comments: there it is the schema and empty lists.
 */
export function starterConfig(findings: Findings, schema: string, format: ConfigFormat): string {
  if (format === 'json') return `${JSON.stringify({ $schema: schema, exclude: [], rules: [] }, null, 2)}\n`;
  const lines = [
    `## Settings of startup-codemod. Each one is off until its "# " is taken away.`,
    ...(format === 'yaml' ? [`$schema: ${quoted(schema)}`] : [`"$schema" = ${quoted(schema)}`]),
    '',
    ...frameworkLines(findings, format),
    ...excludeLines(findings, format),
    '## Below this confidence a call is undecided and stays awaited.',
    `# confidenceThreshold${is(format)}0.6`,
    '',
    '## How many startup calls may stay awaited before --check fails.',
    `# maxBlockingCalls${is(format)}20`,
    '',
    ...ruleLines(findings, format),
  ];
  return `${lines.join('\n')}\n`;
}

function frameworkLines({ frameworks }: Findings, format: ConfigFormat): readonly string[] {
  if (frameworks.size === 0) return ['## No startup hook was found here.', ''];
  const found = [...frameworks].map(([id, hooks]) => `${id} (${hooks} hook${hooks === 1 ? '' : 's'})`);
  return [
    `## Found here: ${found.join(', ')}.`,
    `# frameworks${is(format)}[${[...frameworks.keys()].map(quoted).join(', ')}]`,
    '',
  ];
}

function excludeLines({ leftAlone }: Findings, format: ConfigFormat): readonly string[] {
  const shown = leftAlone.slice(0, MOST);
  const more = leftAlone.length - shown.length;
  const seen = shown.map(({ path, why }) => `##   ${prose(path)}: ${prose(why)}`);
  const globs = shown.length > 0 ? shown.map(({ path }) => quoted(path)) : [quoted('experiments/**')];
  return [
    '## Files to leave alone, as globs over paths.',
    ...(shown.length > 0 ? ['## These were not looked at anyway:', ...seen] : []),
    ...(more > 0 ? [`##   … and ${more} more`] : []),
    `# exclude${is(format)}[${globs.join(', ')}]`,
    '',
  ];
}

const MOST = 20;

function ruleLines({ questions }: Findings, format: ConfigFormat): readonly string[] {
  if (questions.length === 0) {
    const example = { callee: '*.warm_*', reason: 'the first page is served from it.' };
    return ['## Decisions for callees or categories; the first rule that matches wins.', ...rules([example], format)];
  }
  const noted = questions.map(({ place, callee, reason }) => ({ note: `${place}: ${reason}`, callee }));
  return [
    '## Undecided: startup waits for these calls until somebody says "background". Decide, and take the "# " away.',
    ...rules(noted, format),
  ];
}

interface ProposedRule {
  readonly note?: string;
  readonly callee: string;
  readonly reason?: string;
}

function rules(proposed: readonly ProposedRule[], format: ConfigFormat): readonly string[] {
  const each = proposed.flatMap(({ note, callee, reason }) => {
    const settings = [`callee${is(format)}${quoted(callee)}`, `decision${is(format)}"critical"`];
    if (reason !== undefined) settings.push(`reason${is(format)}${quoted(reason)}`);
    const head = note === undefined ? [] : [`## ${prose(note)}`];
    if (format === 'toml') return [...head, '# [[rules]]', ...settings.map((line) => `# ${line}`)];
    return [...head, ...settings.map((line, at) => `# ${at === 0 ? '  - ' : '    '}${line}`)];
  });
  return format === 'toml' ? each : ['# rules:', ...each];
}

function is(format: ConfigFormat): string {
  return format === 'toml' ? ' = ' : ': ';
}

/** A string in double quotes, as YAML and TOML both read it; what could end a line or reorder text is written out. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Text for a comment: it stays on its line. */
function prose(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNSEEN, '?');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
