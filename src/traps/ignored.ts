import type { TrapCode } from '../core/index.ts';

/** `# startup-codemod: ignore SC104, SC110 — why`, at the line or above it. */
const IGNORE = /(?:#|\/\/|\/\*)\s*startup-codemod\s*:\s*ignore\s+(SC\d+(?:\s*,\s*SC\d+)*)/i;

/** A comment behind the line, or in the comment lines right above it, says that somebody knows. */
export function isIgnored(code: TrapCode, text: string, line: number): boolean {
  const lines = text.split('\n');
  const at = line - 1;
  let above = at;
  while (above > 0 && /^\s*(#|\/\/|\/\*|\*)/.test(lines[above - 1] ?? '')) above--;
  return lines.slice(above, at + 1).some((one) => IGNORE.exec(one)?.[1]?.toUpperCase().includes(code));
}
