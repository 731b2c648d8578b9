import { Node, SyntaxKind } from 'ts-morph';
import { bodyOf, isFunction, isOtherScope } from '../tree/own-nodes.ts';
import { fateOf } from './call-modes.ts';
import type { FunctionDefinition } from './functions.ts';

/**
 * The nodes of some kinds that run when a function is called, in source order: its own, and those of callbacks that are called where
 * they stand (`map`, `then`, a promise's executor). Nested functions are listed, but entered only where they run.
 */
export function runNodes(of: FunctionDefinition, kinds: readonly SyntaxKind[]): Node[] {
  const body = bodyOf(of.node);
  return body ? runNodesIn(body, kinds) : [];
}

/** The same at or below a node; of a function what runs when it is called. */
export function runNodesIn(root: Node, kinds: readonly SyntaxKind[]): Node[] {
  const wanted = new Set(kinds);
  return nodesIn(root).filter((node) => wanted.has(node.getKind()));
}

/** Bodies are asked for many kinds of nodes: each is walked through once. */
function nodesIn(root: Node): readonly Node[] {
  const known = walked.get(root);
  if (known) return known;
  const found: Node[] = [];
  const stack: Node[] = [root];
  while (stack.length > 0 && found.length < MOST_NODES) {
    const node = stack.pop();
    if (!node) break;
    found.push(node);
    const isEntered = node === root || !isOtherScope(node) || (isFunction(node) && fateOf(node) === 'runs');
    const children = isEntered ? node.forEachChildAsArray() : [];
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child) stack.push(child);
    }
  }
  if (Node.isBlock(root) || isFunction(root)) walked.set(root, found);
  return found;
}

const walked = new WeakMap<Node, readonly Node[]>();

/** The function that a node runs in: callbacks that are called where they stand are part of the one around them. */
export function runningFunction(node: Node): Node | undefined {
  for (let outer = node.getParent(); outer; outer = outer.getParent())
    if (isFunction(outer) && fateOf(outer) !== 'runs') return outer;
  return undefined;
}

/** Generated code has functions of megabytes. */
const MOST_NODES = 60_000;

export const FUNCTION_KINDS: readonly SyntaxKind[] = [SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression];

/** Strings and templates, tagged ones through their template. */
export const TEXT_KINDS: readonly SyntaxKind[] = [
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateExpression,
];

/** What a string literal or template says, substitutions as written. */
export function textOf(node: Node): string {
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return node.getLiteralText();
  return node.getText().slice(1, -1);
}
