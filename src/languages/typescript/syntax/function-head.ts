import { type Edit, type FileFacts, insert, replace, type StartupHook } from '../../../core/index.ts';
import { bracketsOf, matchingBracket } from './tokens.ts';

/** Makes the function of a hook `async`. `undefined`: it cannot be one. */
export function asyncFunction(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { start } = hook.range;
  const code = bracketsOf(facts.file.text, start, hook.body.start)
    .replace(/\{?\s*$/, '')
    .trimEnd();
  const isArrow = code.endsWith('=>');
  const head = isArrow ? code.slice(0, -2).trimEnd() : code;
  const bare = isArrow ? /(?:^|[\s(,=:])([\p{L}_$][\p{L}\p{N}_$]*)$/u.exec(head) : null;
  if (bare?.[1] && !/\)\s*:\s*[\w$]+$/.test(head)) return [insert(start + head.length - bare[1].length, 'async ')];
  const result = /:\s*([^(){}=:;]+)$/.exec(head);
  const list = (result ? head.slice(0, result.index) : head).trimEnd();
  const open = list.endsWith(')') ? matchingBracket(list, list.length - 1) : -1;
  const type = returnType(result, start);
  if (open < 0 || !type) return undefined;
  const at = isArrow ? open : keywordBefore(list.slice(0, open));
  return at === undefined || /[>\w$]$/.test(isArrow ? list.slice(0, open) : '')
    ? undefined
    : [insert(start + at, 'async '), ...type];
}

/** Offset of `function`, or of the name of a method; generators and accessors stay as they are. */
function keywordBefore(before: string): number | undefined {
  const match = /(?:\bfunction(?:\s+[\p{L}\p{N}_$]+)?|(?<![\p{L}\p{N}_$#])[\p{L}\p{N}_$#]+)\s*$/u.exec(before);
  return match && !/(\*|\b(get|set|new))\s*$/.test(before.slice(0, match.index)) ? match.index : undefined;
}

/** `void` becomes `Promise<void>`; other types stay where they allow for a promise. */
function returnType(result: RegExpExecArray | null, start: number): readonly Edit[] | undefined {
  const type = result?.[1]?.trim();
  if (!result || type === undefined || /^(any|unknown|Promise<.*>)$/.test(type)) return [];
  if (type !== 'void') return undefined;
  const at = start + result.index + result[0].indexOf('void');
  return [replace({ start: at, end: at + type.length }, 'Promise<void>')];
}
