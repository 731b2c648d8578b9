import {
  type Edit,
  type FileFacts,
  insert,
  replace,
  type StartupHook,
  type TextRange,
  type YieldStatement,
} from '../../../core/index.ts';
import { tasksName } from './names.ts';
import { RELEASE } from './ranks.ts';
import { reindent } from './reindent.ts';
import { lineEnd, lineStart, standsAlone } from './text.ts';
import { verbatimIn } from './tokens.ts';

/** Lets the recorded steps run when the hook is left: around each `yield` that follows the first of them, or at the end. */
export function releaseEdits(hook: StartupHook, facts: FileFacts, after: number): readonly Edit[] | undefined {
  if (hook.body.kind === 'function' && hook.form !== 'before-listen') return releaseAtEnd(hook, facts);
  const { releasedWhen } = hook.body;
  const tasks = tasksName(hook, facts) + (releasedWhen === undefined ? '' : `.when(lambda: ${releasedWhen})`);
  const edits: Edit[] = [];
  for (const statement of hook.body.yields.filter((entry) => entry.range.start >= after)) {
    if (isWrapped(statement, tasks, facts)) continue;
    if (!standsAlone(facts.file.text, statement.range)) return undefined;
    edits.push(...(hook.body.kind === 'generator' ? stoppedYield : wrappedYield)(statement, tasks, facts));
  }
  return edits;
}

/** An earlier run has wrapped it. */
function isWrapped(statement: YieldStatement, tasks: string, facts: FileFacts): boolean {
  const { text } = facts.file;
  const start = lineStart(text, statement.range.start);
  const before = text.slice(0, start).trimEnd();
  return [`async with ${tasks}:`, `${tasks}.release()`].some((line) => before.replace(/\s*try:$/, '').endsWith(line));
}

function wrappedYield(statement: YieldStatement, tasks: string, facts: FileFacts): readonly Edit[] {
  const inner = statement.indent + facts.style.indentUnit;
  return [insert(statement.range.start, `async with ${tasks}:\n${inner}`), ...indented(statement.range, facts)];
}

/** A generator that no decorator turns into a context manager is closed, not left: `finally` sees both. */
function stoppedYield(statement: YieldStatement, tasks: string, facts: FileFacts): readonly Edit[] {
  const { indent } = statement;
  const inner = indent + facts.style.indentUnit;
  return [
    insert(statement.range.start, `${tasks}.release()\n${indent}try:\n${inner}`),
    ...indented(statement.range, facts),
    insert(lineEnd(facts.file.text, statement.range.end), `\n${indent}finally:\n${inner}await ${tasks}.stop()`),
  ];
}

function indented(range: TextRange, facts: FileFacts): readonly Edit[] {
  return reindent(range, verbatimIn(facts.file.text, range), facts.style.indentUnit, facts);
}

/** `release()` before every `return` of an event handler, and at its end. */
function releaseAtEnd(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { text } = facts.file;
  const release = `${tasksName(hook, facts)}.release()`;
  if (text.slice(hook.range.start, hook.range.end).includes(release)) return [];
  const { returns, indent, end } = hook.body;
  if (returns.some((range) => /\bawait\b/.test(text.slice(range.start, range.end)))) return undefined;
  const last = returns.find(
    (range) => range.end === end && lineStart(text, range.start) + indent.length === range.start,
  );
  const before = returns.map((range) => releaseBefore(range, release, facts));
  return [...before, ...(last ? [] : [{ ...insert(lineEnd(text, end), `\n${indent}${release}`), rank: RELEASE }])];
}

/** `if testing: return` becomes a block. */
function releaseBefore(range: TextRange, release: string, facts: FileFacts): Edit {
  const { text } = facts.file;
  const start = lineStart(text, range.start);
  const before = text.slice(start, range.start);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  if (before.trim() === '') return insert(range.start, `${release}\n${indent}`);
  const inner = indent + facts.style.indentUnit;
  const blanks = before.length - before.trimEnd().length;
  return replace({ start: range.start - blanks, end: range.start }, `\n${inner}${release}\n${inner}`);
}
