import type { SourceFile, TextRange } from '../../core/index.ts';
import { type Node, parsePython, syntaxError } from './parse.ts';

/** Why the new text must not be written; empty where it may. The messages follow `the rewritten text`. */
export function verify(before: SourceFile, after: string, edited: readonly TextRange[]): readonly string[] {
  const [oldTree, newTree] = [parsePython(before.text), parsePython(after)];
  try {
    const error = syntaxError(newTree.rootNode);
    if (error) return [`has a syntax error at line ${error.startPosition.row + 1}`];
    const lost = lostToken(tokensOf(oldTree.rootNode, edited), tokensOf(newTree.rootNode, []));
    if (lost !== undefined) return [`has lost ${lost}`];
    return futureImportMoved(newTree.rootNode) ? ['has a statement before its `from __future__` import'] : [];
  } finally {
    oldTree.delete();
    newTree.delete();
  }
}

/** Texts of the leaves in source order, those that an edit touches left out. Comments are leaves too. */
function tokensOf(root: Node, edited: readonly TextRange[]): readonly string[] {
  const ranges = edited.filter((range) => range.end > range.start).toSorted((a, b) => a.start - b.start);
  const tokens: string[] = [];
  const cursor = root.walk();
  let next = 0;
  const visit = (): void => {
    const { startIndex, endIndex } = cursor;
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= startIndex) next++;
    const range = ranges[next];
    if ((!range || endIndex <= range.start) && endIndex > startIndex) tokens.push(cursor.nodeText);
  };
  try {
    for (;;) {
      if (cursor.gotoFirstChild()) continue;
      visit();
      while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return tokens;
    }
  } finally {
    cursor.delete();
  }
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
