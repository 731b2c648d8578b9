import { ts } from 'ts-morph';
import type { SourceModule } from '../modules/definition.ts';

/** One comment of a file; of a block comment of several lines each line is one. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Without marks: `// - Start workers` → `Start workers`. */
  readonly text: string;
  /** Nothing but blanks stands before it in its line. */
  readonly isWholeLine: boolean;
  /** `line` for `// …`, `block` for a line of a block comment, `doc` of a JSDoc comment. */
  readonly kind: 'line' | 'block' | 'doc';
  /** The whole comment that the line belongs to. */
  readonly whole: { readonly start: number; readonly end: number };
}

/** The comments of a file, by line. */
export type Comments = ReadonlyMap<number, Comment>;

const remembered = new WeakMap<SourceModule, Comments>();

/** Every comment of a parsed file; what looks like one in a string, template, regular expression or JSX text is none. */
export function commentsOf(module: SourceModule): Comments {
  const known = remembered.get(module);
  if (known) return known;
  const comments = new Map<number, Comment>();
  for (const { pos, end, kind } of commentRanges(module)) {
    const text = module.text.slice(pos, end);
    const isBlock = kind === ts.SyntaxKind.MultiLineCommentTrivia;
    const form = !isBlock ? 'line' : text.startsWith('/**') ? 'doc' : 'block';
    let start = pos;
    for (const part of text.split('\n')) {
      const line = module.root.getLineAndColumnAtPos(start).line;
      const before = module.text.slice(module.text.lastIndexOf('\n', start - 1) + 1, start);
      const length = part.trimEnd().length;
      comments.set(line, {
        start,
        end: start + length,
        line,
        text: withoutMarks(part),
        isWholeLine: before.trim() === '',
        kind: form,
        whole: { start: pos, end },
      });
      start += part.length + 1;
    }
  }
  remembered.set(module, comments);
  return comments;
}

function withoutMarks(line: string): string {
  return line
    .trim()
    .replace(/^(\/\/+!?|\/\*+!?|\*+(?!\/))\s*/, '')
    .replace(/\s*\*+\/$|^\*+\/$/, '')
    .replace(/^[=\-~*_#]{3,}\s*|\s*[=\-~*_#]{3,}$/g, '')
    .trim();
}

/** The comments before and after every token of the tree: the scanner alone cannot tell a regular expression from a division. */
function commentRanges(module: SourceModule): readonly ts.CommentRange[] {
  const found = new Map<number, ts.CommentRange>();
  const { text, root } = module;
  const stack: ts.Node[] = [root.compilerNode];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const children = node.getChildren(root.compilerNode);
    if (children.length > 0) {
      for (const child of children) if (child.kind !== ts.SyntaxKind.JSDoc) stack.push(child);
      continue;
    }
    if (node.kind === ts.SyntaxKind.JsxText) continue;
    const around = [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ];
    for (const range of around)
      if (range.pos < node.getStart(root.compilerNode) || range.pos >= node.end) found.set(range.pos, range);
  }
  return [...found.values()].sort((a, b) => a.pos - b.pos);
}
