import type { FileFacts, ShutdownStep, StartupHook, StartupStep } from '../../../core/index.ts';
import { codeOf } from './tokens.ts';

/** A name that the statements declare is used after them, where it is not visible any more once they stand in a block. */
export function declaredNamesLeak(
  steps: readonly (StartupStep | ShutdownStep)[],
  hook: StartupHook,
  facts: FileFacts,
): boolean {
  const { text } = facts.file;
  const end = Math.max(...steps.map((step) => step.range.end));
  const after = codeOf(text, end, Math.max(end, hook.range.end));
  return steps
    .flatMap((step) => declaredIn(codeOf(text, step.range.start, step.range.end)))
    .some((name) => uses(name, after));
}

/** Names that statements declare where they stand, not in a block of their own. */
function declaredIn(code: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  for (const match of code.matchAll(
    /[{}]|\b(?:const|let|class|function\*?)\s+([\p{L}_$][\p{L}\p{N}_$]*|[{[][^=]*=)|\bvar\s+([\p{L}_$][\p{L}\p{N}_$]*|[{[][^=]*=)/gu,
  )) {
    const [all, own, hoisted] = match;
    if (all === '{') depth++;
    else if (all === '}') depth--;
    else if (depth === 0 || hoisted !== undefined) names.push(...namesOf(own ?? hoisted ?? ''));
  }
  return names;
}

/** `a`, `c` of `{ a, b: c = 1 }`. */
function namesOf(pattern: string): readonly string[] {
  return (pattern.replace(/=$/, '').match(/[\p{L}_$][\p{L}\p{N}_$]*(?!\s*:)/gu) ?? []).filter((name) => name !== 'as');
}

/** Read before it is declared anew. */
function uses(name: string, code: string): boolean {
  const found = new RegExp(
    `(?<![.\\w$])(?:(const|let|class|function)\\s+)?${name.replaceAll('$', '\\$')}(?![\\w$]|\\s*:(?!:))`,
  ).exec(code);
  return found !== null && found[1] === undefined;
}
