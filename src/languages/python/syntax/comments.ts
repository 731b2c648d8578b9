import { type Edit, type FileFacts, insert, replace, type StartupStep } from '../../../core/index.ts';
import { givesReason } from '../../wording/reason-words.ts';
import { COMMENT } from './ranks.ts';
import { commentBlockStart, fits, isBlank, lineEnd, lineOf, lineStart, nextLine } from './text.ts';

const OWN_COMMENT = /^\s*#\s*(Blocks startup|Background):/;

const KEPT = 'Blocks startup';

/** `# Background: …` above the step, once: a comment that gives the reason already stays, and is not repeated. */
export function explain(
  step: StartupStep,
  lead: string,
  reason: string,
  facts: FileFacts,
  place: 'above' | 'below',
): readonly Edit[] {
  const { text } = facts.file;
  const statement = step.gather?.statement ?? step.range;
  if (place === 'below') return [below(statement.end, step.indent, `${lead}: ${reason}`, facts)];
  const start = lead === KEPT ? afterImports(step, text) : lineStart(text, statement.start);
  const own = ownComment(text, start);
  if (own)
    return own.lead === lead ? [] : [replace(own.range, comment(own.indent, `${lead}: ${reason}`, facts).trimStart())];
  if (step.directive) return [];
  if (step.comment !== undefined && givesReason(lead, step.comment)) return [];
  return [commentAbove(start, `${lead}: ${reason}`, facts)];
}

/** A kept step is explained at its call: local imports that belong to it stand above, and need no reason. */
function afterImports(step: StartupStep, text: string): number {
  const statement = step.gather?.statement ?? step.range;
  const imports = step.attached.filter(({ why }) => why === 'local-import').map(({ range }) => range.end);
  const last = imports.filter((end) => end < (step.calls[0]?.range.start ?? 0)).at(-1);
  if (last === undefined) return lineStart(text, statement.start);
  let at = nextLine(text, last);
  while (/^\s*(#.*)?$/.test(lineOf(text, at)) && at < statement.end) at = nextLine(text, at);
  return at;
}

function below(offset: number, indent: string, sentence: string, facts: FileFacts): Edit {
  return { ...insert(lineEnd(facts.file.text, offset), `\n${comment(indent, sentence, facts)}`), rank: COMMENT };
}

/** A comment of an earlier run in the block above the line, from its first line to the end of its sentence. */
function ownComment(text: string, start: number) {
  for (let at = commentBlockStart(text, start); at < start; at = nextLine(text, at)) {
    const lead = OWN_COMMENT.exec(lineOf(text, at))?.[1];
    if (!lead) continue;
    const indent = /^[ \t]*/.exec(lineOf(text, at))?.[0] ?? '';
    let last = at;
    while (!lineOf(text, last).trimEnd().endsWith('.') && nextLine(text, last) < start) last = nextLine(text, last);
    return { lead, indent, range: { start: at + indent.length, end: lineEnd(text, last) } };
  }
  return undefined;
}

/** A comment above the line of an offset, at its indentation. */
export function commentAbove(offset: number, sentence: string, facts: FileFacts): Edit {
  const { text } = facts.file;
  const start = lineStart(text, offset);
  const indent = /^[ \t]*/.exec(lineOf(text, start))?.[0] ?? '';
  const above = `${comment(indent, sentence, facts).trimStart()}\n${indent}`;
  return { ...insert(start + indent.length, above), rank: COMMENT };
}

/** Comment lines, wrapped between words at the project's line length. */
function comment(indent: string, sentence: string, facts: FileFacts): string {
  const lines: string[] = [];
  let line = `${indent}#`;
  for (const word of sentence.replace(/\s+/g, ' ').trim().split(' ')) {
    if (!fits(`${line} ${word}`, facts) && !isBlank(line.replace('#', ''))) {
      lines.push(line);
      line = `${indent}#`;
    }
    line = `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
