import { balancedCall } from '../../wording/remark-blocks.ts';

/** A comment line that is JavaScript: `await warmCache();`, `const queue = new Queue()`, `if (settings.debug) {`. */
export function isCode(text: string): boolean {
  return CODE.test(text.trim()) && !STARTS_PROSE.test(text.trim());
}

/** The commented-out call in the lines of a remark: on a line of its own, after a colon, or before a second comment mark. */
export function disabledCallIn(lines: readonly string[]): string | undefined {
  const code = lines.map(codeIn);
  const first = code.findIndex((line) => line !== undefined && CALL.test(line));
  const call = code[first];
  return call === undefined ? undefined : withoutSemicolon(balancedCall(call, lines.slice(first + 1)));
}

/** `await f()`, `void f()`, `const task = await f(`, `this.pool = await open(`. */
const CALL =
  /^((const|let|var)\s+\S+(\s*:\s*[\w.<>[\]| ]+)?\s*=\s*|[\w.$#]+\s*=\s*)?(await\s+|void\s+|return\s+)*(new\s+)?(?!(?:if|for|while|switch|catch|function)\b)[A-Za-z_$][\w$.?!]*(<[^>()]*>)?(\[[^\]]*\])?\s*\(.*$/s;

const CODE = new RegExp(
  [
    /^(await|return|throw|void|yield|delete|new)\s+[\w$.([{"'`!]+.*[)\]}\w"'`(,;[{]$/,
    /^(return|break|continue|debugger);$/,
    /^(export\s+)?(async\s+)?function\b.*[{(]$/,
    /^(\}\s*)?(if|else|for|while|switch|catch|try|finally|do)\b.*(\{|;|\))$/,
    /^(\}\s*)?(else|try|finally|do)\s*\{?$/,
    /^import\s+([\w*{].*\s+from\s+)?['"][^'"]+['"];?$/,
    /^(export\s+)?(const|let|var)\s+[\w${[].*(=|;|,|\{|\[|\()/,
    /^(this|[A-Za-z_$][\w$]*)(\.[\w$#]+|\[[^\]]*\])*\s*([+\-*|&?]|\?\?|\|\||&&)?=(?![=>])\s*\S.*[;,({[\w)\]'"`]$/,
    /^(await\s+|void\s+)?(this|[A-Za-z_$][\w$]*)(\??\.[\w$#]+|\(\)|!|\[[^\]]*\])*(<[^>()]*>)?\((.*\)|[^)]*)?(\.[\w$]+\(.*\)?)*\s*[;,]?(\s*\/\/.*)?$/,
    /^(await\s+|void\s+)?(this|[A-Za-z_$][\w$]*)(\??\.[\w$#]+|\(\))*\(.*(=>\s*)?[{([,]$/,
    /^\.[\w$]+\(.*$/,
    /^[)\]}]+(\s*(else|catch)\b.*)?[;,)]*$/,
    /^['"]?[\w$-]+['"]?\s*:\s*(['"`].*['"`]|[\w$.]+(\(.*\))?|\[.*\]|\{.*),$/,
    /^['"`].*['"`],$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

function codeIn(line: string): string | undefined {
  const text = line.trim();
  const inner = text.split(/\s\/\/\s?/, 1)[0]?.trim() ?? text;
  if (isCode(inner)) return inner;
  const after =
    /(?:[:—–-]|\))\s+((?:(?:const|let|var)\s+\w+\s*=\s*|[\w.]+\s*=\s*)?(?:await\s+|void\s+)?[A-Za-z_$][\w$.]*\(.*\);?)\s*$/.exec(
      text,
    );
  return after?.[1];
}

/** `todo (ana) …` is prose, although a name is followed by a parenthesis. */
const STARTS_PROSE = /^(todo|fixme|hack|xxx|note|disabled|temporarily)\b/i;

function withoutSemicolon(call: string): string {
  return call.replace(/;\s*$/, '');
}

/** What a second comment mark adds: `for now` of `await warmCache(); // for now`. */
export function wordsBehindCode(text: string): string {
  const at = text.search(/[\s;)]\/\/\s?/);
  return at < 0 ? '' : text.slice(at + 1).replace(/^\/+\s*/, '');
}
