import { type Edit, type FileFacts, insert, replace, type StartupHook } from '../../../core/index.ts';
import { lineStart } from '../tree/text-ranges.ts';
import { asyncFunction } from './function-head.ts';
import { hookText, lastSegment, tasksAccess } from './names.ts';
import { INSTANCE, SHUTDOWN_HOOK } from './ranks.ts';
import { isBlank, isComment, lineBefore, lineOf, statementMark } from './text.ts';
import { bracketsOf, matchingBracket } from './tokens.ts';

/** The first shutdown hook of the app begins with the end of the startup tasks. A plain function becomes `async`. */
export function stopInHandler(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const access = tasksAccess(hook, facts);
  if (access === undefined) return undefined;
  const stop = `await ${access}.stop()`;
  if (hookText(hook, facts).includes(`${access}.stop()`)) return [];
  const first = firstStatement(hook, stop, facts);
  const head = hook.body.isAsync ? [] : isWaitedFor(hook, facts) ? undefined : asyncFunction(hook, facts);
  return first && head && [...first, ...head];
}

/** A statement that ends the tasks, in lines of their own: `await startupTasks.stop();`. */
export function addedShutdown(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const place = hook.body.tasks?.shutdownHook;
  const access = tasksAccess(hook, facts);
  // Where nothing handles the shutdown, the process ends with its tasks: no handler is invented.
  if (!place || access === undefined) return [];
  if (facts.file.text.includes(`${access}.stop()`)) return [];
  const inner = place.indent + facts.style.indentUnit;
  const isMember = hook.body.tasks?.kind === 'field';
  const mark = facts.style.semicolons === false ? '' : ';';
  const lines = `${place.indent}${place.before}\n${inner}await ${access}.stop()${mark}\n${place.indent}${place.after}\n`;
  return [{ ...insert(place.at, isMember ? `\n${lines}` : lines), rank: SHUTDOWN_HOOK }];
}

function firstStatement(hook: StartupHook, stop: string, facts: FileFacts): readonly Edit[] | undefined {
  const { text } = facts.file;
  const { start, end, indent } = hook.body;
  const before = lineBefore(text, start);
  if (isBlank(before)) {
    const at = topOfBody(hook, facts);
    return [{ ...insert(at, `${indent}${stop}${statementMark(facts, at)}\n`), rank: INSTANCE }];
  }
  if (/\{\s*$/.test(before)) return [{ ...insert(start, `${stop}; `), rank: INSTANCE }];
  if (!/=>\s*$/.test(before)) return undefined;
  return expressionBody(before, { start, end }, stop, facts);
}

/** `() => pool.end()` gets braces; what waits for its result goes on to do so. */
function expressionBody(
  before: string,
  body: { start: number; end: number },
  stop: string,
  facts: FileFacts,
): readonly Edit[] | undefined {
  const { text } = facts.file;
  if (text[body.start] === '(' || text[body.start] === '{') return undefined;
  const indent = /^\s*/.exec(before)?.[0] ?? '';
  const inner = indent + facts.style.indentUnit;
  const mark = facts.style.semicolons === false ? '' : ';';
  const keyword = /\bprocess\.\w+\(/.test(before) ? '' : 'return ';
  return [
    insert(body.start, `{\n${inner}${stop}${mark}\n${inner}${keyword}`),
    replace({ start: body.end, end: body.end }, `${mark}\n${indent}}`),
  ];
}

/** Start of the line at which the body of a hook begins, comments included. */
function topOfBody(hook: StartupHook, facts: FileFacts): number {
  const { text } = facts.file;
  let start = lineStart(text, hook.body.start);
  while (start > hook.range.start && isComment(lineOf(text, start - 1))) start = lineStart(text, start - 1);
  return start;
}

/** Code of the file calls the function itself, other than as the handler of a signal: it would have to await it. */
function isWaitedFor(hook: StartupHook, facts: FileFacts): boolean {
  const name = lastSegment(hook.name);
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return false;
  const { text } = facts.file;
  const code = bracketsOf(text);
  const calls = [...code.matchAll(new RegExp(`(?<!function\\s+)(?<![\\w$])${name.replaceAll('$', '\\$')}\\(`, 'g'))];
  return calls.some(({ index, 0: call }) => {
    if (index >= hook.range.start && index < hook.body.start) return false;
    const before = HANDLES_SIGNAL.exec(text.slice(Math.max(0, index - 120), index));
    const after = code.slice(matchingBracket(code, index + call.length - 1) + 1);
    return !before || (before[1] !== undefined && !/^;?\s*\}/.test(after));
  });
}

/** `process.on('SIGTERM', () => `, `process.once(signal, async () => { await `. */
const HANDLES_SIGNAL =
  /\bprocess\.(?:on|once)\(\s*(?:["'`]SIG\w+["'`]|\w+),\s*(?:async\s*)?(?:\(\w*\)|\w+)\s*=>\s*(\{\s*)?(?:void\s+|await\s+|return\s+)?$/;
