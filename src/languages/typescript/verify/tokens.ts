import { ts } from 'ts-morph';
import type { TextRange } from '../../../core/index.ts';

/** Texts of the tokens in source order, those that an edit touches left out. Comments and text of markup are tokens too. */
export function tokensOf(tree: ts.SourceFile, text: string, edited: readonly TextRange[]): readonly string[] {
  const ranges = edited.filter((range) => range.end > range.start).toSorted((a, b) => a.start - b.start);
  const tokens: string[] = [];
  let next = 0;
  for (const { start, end } of rangesOf(tree, text)) {
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    const range = ranges[next];
    if (end > start && (!range || end <= range.start)) tokens.push(text.slice(start, end));
  }
  return tokens;
}

/** Leaves of the tree, and the comments between them. Without recursion: source can be nested deeper than a stack. */
function rangesOf(tree: ts.SourceFile, text: string): readonly TextRange[] {
  const found: TextRange[] = [];
  const stack: ts.Node[] = [tree];
  let at = 0;
  for (let node = stack.pop(); node; node = stack.pop()) {
    const children = node.getChildren(tree).filter((child) => !ts.isJSDoc(child));
    if (children.length > 0 && node.kind !== ts.SyntaxKind.JsxText) {
      stack.push(...children.reverse());
      continue;
    }
    const start = node.kind === ts.SyntaxKind.JsxText ? node.pos : node.getStart(tree, false);
    if (start > at) found.push(...commentsIn(text, at, start));
    if (node.end > start) found.push({ start, end: node.end });
    at = Math.max(at, node.end);
  }
  return [...found, ...commentsIn(text, at, text.length)];
}

/** Between two tokens nothing but blanks, comments and the hashbang can stand. */
function commentsIn(text: string, start: number, end: number): readonly TextRange[] {
  return [...text.slice(start, end).matchAll(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|#![^\r\n]*/g)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}
