import { balancedCall } from '../../wording/remark-blocks.ts';

/** A comment line that is Python code: `await warm_cache()`, `scheduler = Scheduler()`, `if settings.debug:`. */
export function isCode(text: string): boolean {
  return CODE.test(text.trim());
}

/** The commented-out call in the lines of a remark: on a line of its own, after a colon, or before a second comment mark. */
export function disabledCallIn(lines: readonly string[]): string | undefined {
  const code = lines.map(codeIn);
  const first = code.findIndex((line) => line !== undefined && CALL.test(line));
  const call = code[first];
  return call === undefined ? undefined : balancedCall(call, lines.slice(first + 1));
}

/** `await f()`, `asyncio.create_task(f())`, `task = await f(`, `asyncio.create_task(`. */
const CALL = /^(\w+(\s*:\s*[\w.[\]]+)?\s*=\s*)?(await\s+)?[A-Za-z_][\w.]*(\[[^\]]*\])?\s*\((.*[^,])?$/s;

const CODE = new RegExp(
  [
    /^(await|return|raise|yield|del|global|nonlocal|assert)\s+[\w.([{"']+.*[)\]}\w"'(,]$/,
    /^(async\s+)?(def|with|for)\s+.*:$/,
    /^(if|elif|while|except|with|for)\b.*:$/,
    /^(try|else|finally|except)\s*:$/,
    /^(from\s+[\w.]+\s+import\s+|import\s+[\w.]+(\s+as\s+\w+)?$)/,
    /^[A-Za-z_][\w.]*(\[[^\]]*\])?\s*(:\s*[\w.[\]| ]+)?\s*[+-]?=\s*\S/,
    /^(await\s+)?[A-Za-z_]\w*(\.\w+|\(\)|\[[^\]]*\])*\((.*\)|[^)]*)?\s*(#.*)?$/,
    /^[)\]}]+,?$/,
    /^\w+=[^,]+,$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

function codeIn(line: string): string | undefined {
  const text = line.trim();
  const inner = text.split(/\s#\s/, 1)[0]?.trim() ?? text;
  if (isCode(inner) && !/^\w+\s*\(/.test(proseStart(inner))) return inner;
  const after = /(?:[:—–-]|\))\s+((?:\w+\s*=\s*)?(?:await\s+)?[A-Za-z_][\w.]*\(.*\))\s*$/.exec(text);
  return after?.[1];
}

/** `todo (ana) …` is prose, although a name is followed by a parenthesis. */
function proseStart(text: string): string {
  return /^(todo|fixme|hack|xxx|note|disabled|temporarily)\b/i.test(text) ? text : '';
}

/** What a second comment mark adds: `for now` of `await warm_cache()  # for now`. */
export function wordsBehindCode(text: string): string {
  const at = text.search(/\s#\s/);
  return at < 0 ? '' : text.slice(at).replace(/^\s*#+\s*/, '');
}
