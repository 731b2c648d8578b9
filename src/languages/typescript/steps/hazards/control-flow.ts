import { Node, SyntaxKind } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { enclosingLoop, isInside, lineOf, ownNodes } from '../../tree/own-nodes.ts';
import { isExit, isVerdictCall } from '../exits.ts';
import type { StepContext } from './context.ts';

/** A step that can leave the hook, or whose value decides what runs next, is a gate. */
export function controlFlow({ leaf, nodes, found, definition }: StepContext): Hazard[] {
  const { path } = definition.module;
  const never = (what: string, line: number): Hazard[] => [
    { kind: 'control-flow', what, at: { path, line }, severity: 'never' },
  ];
  if (leaf.role === 'listening') {
    const line = lineOf(definition.listen ?? leaf.node);
    return never(`the server listens once it is done, in line ${line}`, line);
  }
  if (leaf.role === 'condition')
    return never(`its result decides what runs next, in line ${lineOf(leaf.node)}`, lineOf(leaf.node));
  const last = found.find(({ node }) => isInFinally(node, nodes));
  if (last) {
    const at = { path, line: lineOf(last.node) };
    return [
      { kind: 'control-flow', what: `line ${at.line} runs last, whatever came before it`, at, severity: 'unsafe' },
    ];
  }
  const way = nodes.flatMap(waysOut)[0];
  return way ? never(`${wordFor(way)} in line ${lineOf(way)} leaves the hook`, lineOf(way)) : [];
}

/** The call stands in a `finally` of the step: what that follows would be moved with it. */
function isInFinally(call: Node, nodes: readonly Node[]): boolean {
  return call.getAncestors().some((outer) => {
    const isOwn = nodes.some((node) => isInside(outer, node));
    const block = isOwn && Node.isTryStatement(outer) ? outer.getFinallyBlock() : undefined;
    return block !== undefined && isInside(call, block);
  });
}

/** Throwing again in a handler is how the step's failure is handled, not a gate of its own. */
function waysOut(statement: Node): Node[] {
  return ownNodes(statement, WAYS).filter((node) => {
    if (Node.isCallExpression(node)) return isExit(node) || isVerdictCall(node);
    if (Node.isThrowStatement(node)) return !isCaught(node, statement);
    if (Node.isReturnStatement(node)) return true;
    return leavesStatement(node, statement);
  });
}

const WAYS: readonly SyntaxKind[] = [
  SyntaxKind.ReturnStatement,
  SyntaxKind.ThrowStatement,
  SyntaxKind.BreakStatement,
  SyntaxKind.ContinueStatement,
  SyntaxKind.CallExpression,
];

/** It stands in a handler of the statement, or in a try whose handler gets it. */
function isCaught(node: Node, statement: Node): boolean {
  for (let outer = node.getParent(); outer && isInside(outer, statement); outer = outer.getParent()) {
    if (Node.isCatchClause(outer)) return true;
    if (Node.isTryStatement(outer) && outer.getCatchClause() && isInside(node, outer.getTryBlock())) return true;
  }
  return false;
}

/** A `break` or `continue` whose loop, switch or label stands outside the statement. */
function leavesStatement(node: Node, statement: Node): boolean {
  const label = Node.isBreakStatement(node) || Node.isContinueStatement(node) ? node.getLabel()?.getText() : undefined;
  for (let outer = node.getParent(); outer && isInside(outer, statement); outer = outer.getParent()) {
    if (label !== undefined && Node.isLabeledStatement(outer) && outer.getLabel().getText() === label) return false;
    if (label === undefined && Node.isBreakStatement(node) && Node.isSwitchStatement(outer)) return false;
  }
  const loop = enclosingLoop(node);
  return label !== undefined || !loop || !isInside(loop, statement);
}

function wordFor(node: Node): string {
  if (Node.isCallExpression(node)) return node.getExpression().getText();
  return node.getKindName().replace('Statement', '').toLowerCase();
}
