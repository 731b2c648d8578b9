import { parsePython, syntaxError } from './parse.ts';

/** Why a text cannot be read as Python 3, or `undefined`. */
export function unreadable(text: string): string | undefined {
  const tree = parsePython(text);
  try {
    const error = syntaxError(tree.rootNode);
    const line = (error ?? tree.rootNode.descendantsOfType(['print_statement', 'exec_statement'])[0])?.startPosition
      .row;
    if (line === undefined) return undefined;
    if (!error) return `Python 2 syntax at line ${line + 1}`;
    return isTemplate(text)
      ? `a template, not Python: syntax error at line ${line + 1}`
      : `syntax error at line ${line + 1}`;
  } finally {
    tree.delete();
  }
}

/** `{% if cookiecutter.enable_redis %}`, `{%- endif %}`. */
function isTemplate(text: string): boolean {
  return /^\s*\{%-?\s/m.test(text);
}
