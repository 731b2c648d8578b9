import type { SourceFile, TextRange } from '../../core/index.ts';
import { type Node, parsePython, syntaxError, type Tree } from './tree/parse.ts';

/** Why the new text must not be written; empty where it may. The messages follow `the rewritten text`. */
export function verify(before: SourceFile, after: string, edited: readonly TextRange[]): readonly string[] {
  const [oldTree, newTree] = [parsePython(before.text), parsePython(after)];
  try {
    const error = syntaxError(newTree.rootNode);
    if (error) return [`has a syntax error at line ${error.startPosition.row + 1}`];
    const lost = lostToken(tokensOf(oldTree, before.text, edited), tokensOf(newTree, after, []));
    if (lost !== undefined) return [`has lost ${lost}`];
    return futureImportMoved(newTree.rootNode) ? ['has a statement before its `from __future__` import'] : [];
  } finally {
    oldTree.delete();
    newTree.delete();
  }
}

/** Texts of the tokens in source order, those that an edit touches left out. Comments are tokens too. */
function tokensOf(tree: Tree, text: string, edited: readonly TextRange[]): readonly string[] {
  const ranges = edited.filter((range) => range.end > range.start).toSorted((a, b) => a.start - b.start);
  const tokens: string[] = [];
  let next = 0;
  for (const { start, end } of tree.tokens()) {
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    const range = ranges[next];
    if (end > start && (!range || end <= range.start)) tokens.push(text.slice(start, end));
  }
  return tokens;
}

/** The first token that does not come again, in order, in the new text. */
function lostToken(kept: readonly string[], present: readonly string[]): string | undefined {
  let at = 0;
  for (const token of kept) {
    while (at < present.length && present[at] !== token) at++;
    if (at === present.length) return `\`${token.slice(0, 40)}\``;
    at++;
  }
  return undefined;
}

function futureImportMoved(root: Node): boolean {
  const statements = root.namedChildren.filter((child) => child.type !== 'comment');
  const last = statements.findLastIndex((child) => child.type === 'future_import_statement');
  return statements.slice(0, Math.max(0, last)).some((child, index) => !isAllowedBeforeFuture(child, index));
}

function isAllowedBeforeFuture(statement: Node, index: number): boolean {
  if (statement.type === 'future_import_statement') return true;
  const isDocstring = statement.type === 'expression_statement' && statement.namedChildren[0]?.type === 'string';
  return index === 0 && isDocstring;
}
