import type { TextRange } from '../../../core/index.ts';
import type { Node } from './parse.ts';

const OTHER_SCOPES: ReadonlySet<string> = new Set(['function_definition', 'lambda', 'class_definition']);

/**
 * The named nodes of some types at or below a node, in source order. Nested functions, lambdas and classes are listed,
 * but not entered: what they hold runs at another time. Without recursion, since source can be nested deeper than a stack.
 */
export function ownNodes(root: Node, types: readonly string[]): Node[] {
  return collect(root, types, true);
}

/** As `ownNodes`, with what stands inside nested functions. */
export function allNodes(root: Node, types: readonly string[]): Node[] {
  return collect(root, types, false);
}

/** The statements of a block or module, comments left out. */
export function statementsOf(block: Node | null | undefined): Node[] {
  return block ? block.namedChildren.filter((child): child is Node => child !== null && child.type !== 'comment') : [];
}

/** The named children without comments. */
export const childrenOf = statementsOf;

/** A child of a type, comments left out. */
export function childOfType(node: Node, ...types: readonly string[]): Node | undefined {
  return childrenOf(node).find((child) => types.includes(child.type));
}

export function rangeOf(node: Node): TextRange {
  return { start: node.startIndex, end: endOf(node) };
}

/** Line of a node, counted from 1. */
export function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

/** Where a statement ends: comments that the parser counts to its last block are not part of it. */
export function endOf(node: Node): number {
  let current = node;
  for (;;) {
    const last = current.namedChildren.filter((child) => child !== null && child.type !== 'comment').at(-1);
    if (!last || !HOLDS_BLOCKS.has(current.type)) return current.endIndex;
    current = last;
  }
}

/** Column 0 up to the first character of the line that the node starts in, blanks only; `undefined` behind other text. */
export function indentBefore(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  return /^[ \t\f]*$/.test(before) ? before : undefined;
}

const HOLDS_BLOCKS: ReadonlySet<string> = new Set([
  'block',
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'try_statement',
  'except_clause',
  'except_group_clause',
  'finally_clause',
  'with_statement',
  'match_statement',
  'case_clause',
  'function_definition',
  'class_definition',
  'decorated_definition',
  'module',
]);

function collect(root: Node, types: readonly string[], own: boolean): Node[] {
  const found: Node[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (types.includes(node.type)) found.push(node);
    if (own && OTHER_SCOPES.has(node.type)) continue;
    const children = node.namedChildren;
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child) stack.push(child);
    }
  }
  return found;
}

/** The loop that a `break` or `continue` belongs to. */
export function enclosingLoop(node: Node): Node | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.type === 'for_statement' || outer.type === 'while_statement') return outer;
    if (OTHER_SCOPES.has(outer.type)) return undefined;
  }
  return undefined;
}
