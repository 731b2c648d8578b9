import { type Node, parsePython, syntaxError } from '../tree/parse.ts';

/** Why a text cannot be read as Python 3, or `undefined`. */
export function unreadable(text: string): string | undefined {
  const tree = parsePython(text);
  try {
    const error = syntaxError(tree.rootNode);
    if (!error) return python2Syntax(tree.rootNode);
    const message = `syntax error at line ${error.startPosition.row + 1}`;
    return isTemplate(text) ? `a template, not Python: ${message}` : message;
  } finally {
    tree.delete();
  }
}

/** The grammar takes `print "ready"` and `exec code`; Python 3 does not. */
export function python2Syntax(root: Node): string | undefined {
  const statement = root.descendantsOfType(['print_statement', 'exec_statement'])[0];
  return statement ? `Python 2 syntax at line ${statement.startPosition.row + 1}` : undefined;
}

/** `{% if cookiecutter.enable_redis %}`, `{%- endif %}`. */
function isTemplate(text: string): boolean {
  return /^\s*\{%-?\s/m.test(text);
}
