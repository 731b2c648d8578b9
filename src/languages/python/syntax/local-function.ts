import { type Edit, type FileFacts, insert, type StartupHook, type TextRange } from '../../../core/index.ts';
import { topOfBody } from './body.ts';
import { BLANK_LINE } from './ranks.ts';
import { reindent } from './reindent.ts';
import { commentBlockStart, fits, isBlank, lineAbove, lineEnd, standsAlone } from './text.ts';

export interface LocalFunction {
  /** The statements that become its body, where they stand. */
  readonly range: TextRange;
  readonly name: string;
  /** `startup_tasks.start` */
  readonly record: string;
  readonly indent: string;
  /** `global` and `nonlocal` lines. */
  readonly declarations: readonly string[];
  readonly verbatim: readonly TextRange[];
}

/** Puts statements into a local async function, where they stand, and records it after them. */
export function localFunction(it: LocalFunction, hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { text } = facts.file;
  if (!standsAlone(text, it.range)) return undefined;
  // `super()` without arguments finds its class by the function that it stands in.
  if (/\bsuper\(\)/.test(text.slice(it.range.start, it.range.end))) return undefined;
  const unit = facts.style.indentUnit;
  const inner = it.indent + unit;
  const head = [`async def ${it.name}():`, ...it.declarations.map((line) => inner + line), inner].join('\n');
  return [
    ...blankLineBefore(it.range.start, hook, facts),
    insert(it.range.start, head),
    ...reindent(it.range, it.verbatim, unit, facts),
    insert(lineEnd(text, it.range.end), `\n\n${recordLine(it.indent, it.record, it.name, facts)}`),
  ];
}

/** `startup_tasks.start(_warm_cache)` */
export function recordLine(indent: string, record: string, name: string, facts: FileFacts): string {
  const line = `${indent}${record}(${name})`;
  return fits(line, facts) ? line : `${indent}${record}(\n${indent}${facts.style.indentUnit}${name}\n${indent})`;
}

/** A function inside a function has a blank line above it and its comments, unless it is the first in its block. */
export function blankLineBefore(offset: number, hook: StartupHook, facts: FileFacts): readonly Edit[] {
  const start = commentBlockStart(facts.file.text, offset);
  const edit: Edit = { ...insert(start, '\n'), rank: BLANK_LINE };
  if (start === topOfBody(hook, facts)) return [edit];
  const above = lineAbove(facts, start);
  return above === undefined || isBlank(above) || /:\s*(#.*)?$/.test(above) ? [] : [edit];
}
