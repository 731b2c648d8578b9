import type { FileFacts } from '../../../core/index.ts';
import { fits } from './text.ts';
import { bracketsOf, elementsIn, matchingBracket } from './tokens.ts';

/**
 * A call on one line, broken as formatters break it: the last argument stays open where it is an object, a list or a short
 * function, else every argument gets a line. `undefined` for what does not end with a call.
 */
export function brokenCall(code: string, indent: string, facts: FileFacts): string | undefined {
  const open = code.endsWith(')') ? matchingBracket(bracketsOf(code), code.length - 1) : -1;
  if (open <= 0 || !/[\p{L}\p{N}_$>)\]]$/u.test(code.slice(0, open))) return undefined;
  const list = elementsIn(code.slice(open + 1, -1));
  const last = list.at(-1);
  if (last === undefined) return undefined;
  const head = `${code.slice(0, open + 1)}${[...list.slice(0, -1), ''].join(', ')}`;
  return hugged(head, last, indent, facts) ?? `${code.slice(0, open + 1)}${onePerLine(list, indent, facts)})`;
}

/** A comma after the last argument, where the file has such. */
export function argumentComma(facts: FileFacts): string {
  return facts.style.trailingCommas === 'all' ? ',' : '';
}

/** A comma after the last element of an object or a list. */
export function elementComma(facts: FileFacts): string {
  return facts.style.trailingCommas === 'none' ? '' : ',';
}

function hugged(head: string, last: string, indent: string, facts: FileFacts): string | undefined {
  const inner = indent + facts.style.indentUnit;
  const arrow = /^((?:async )?(?:\([^()]*\)|[\w$]+) =>) ([\w$.]+\(.*\)|[\w$.]+\?\..*\))$/s.exec(last);
  if (arrow?.[1] && arrow[2] && fits(`${indent}${head}${arrow[1]}`, facts)) {
    const body = fits(`${inner}${arrow[2]}${argumentComma(facts)}`, facts)
      ? arrow[2]
      : (brokenCall(arrow[2], inner, facts) ?? arrow[2]);
    return `${head}${arrow[1]}\n${inner}${body}${argumentComma(facts)}\n${indent})`;
  }
  const open = last.charAt(0);
  if (!'{['.includes(open) || matchingBracket(bracketsOf(last), 0) !== last.length - 1) return undefined;
  const elements = elementsIn(last.slice(1, -1));
  const comma = elementComma(facts);
  if (elements.length === 0 || !fits(`${indent}${head}${open}`, facts)) return undefined;
  const lines = elements.map((one, index) => `${inner}${one}${index < elements.length - 1 ? ',' : comma}\n`);
  return `${head}${open}\n${lines.join('')}${indent}${last.at(-1)})`;
}

function onePerLine(list: readonly string[], indent: string, facts: FileFacts): string {
  const inner = indent + facts.style.indentUnit;
  const comma = argumentComma(facts);
  const lines = list.map((one, index) => `${inner}${one}${index < list.length - 1 ? ',' : comma}\n`);
  return `\n${lines.join('')}${indent}`;
}
