import { type Identifier, Node, SyntaxKind } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { isInside, lineOf, scopeOf } from '../../tree/own-nodes.ts';
import { declarationsOf, identifiersIn, usesOf } from '../identifiers.ts';
import type { StepContext } from './context.ts';

/** Variables that the step would capture, and that have another value by the time it runs. */
export function capturedVariables(step: StepContext): Hazard[] {
  return [...reassignedVariables(step), ...snapshots(step)];
}

/** Rows that were read before: requests may have changed them by the time the step runs. */
function snapshots({ nodes, body, definition, range }: StepContext): Hazard[] {
  const own = nodes.flatMap((node) => identifiersIn(node).filter((name) => scopeOf(name) === scopeOf(node)));
  for (const name of own) {
    const made = declarationsOf(name).find((one) => isInside(one, body) && one.getEnd() <= range.start);
    const value = Node.isVariableDeclaration(made) ? made.getInitializer() : undefined;
    const call = Node.isAwaitExpression(value) ? value.getExpression() : undefined;
    if (!Node.isCallExpression(call) || !READS_ROWS.test(call.getExpression().getText())) continue;
    const at = { path: definition.module.path, line: lineOf(call) };
    const what = `${name.getText()} is what ${call.getExpression().getText()} gave in line ${at.line}: it may be out of date by then`;
    return [{ kind: 'captured-variable', what, at, severity: 'unsafe' }];
  }
  return [];
}

const READS_ROWS = /\.(find\w*|getAll\w*|list\w*|query|select\w*|aggregate)$/;

function reassignedVariables(step: StepContext): Hazard[] {
  const seen = new Set<string>();
  // What a function in the step reads, it reads when it is called, now as then.
  const own = step.nodes.flatMap((node) => identifiersIn(node).filter((name) => scopeOf(name) === scopeOf(node)));
  return own.flatMap((name) => {
    if (seen.has(name.getText()) || !isChangeable(name, step)) return [];
    seen.add(name.getText());
    const use = reassigned(name, step);
    if (!use) return [];
    const at = { path: step.definition.module.path, line: lineOf(use) };
    const what = `${name.getText()} has another value from line ${at.line} on`;
    return [{ kind: 'captured-variable', what, at, severity: 'unsafe' } as const];
  });
}

/** A `let`, `var` or parameter of this file that is declared outside the step. */
function isChangeable(name: Identifier, { nodes }: StepContext): boolean {
  return declarationsOf(name).some((declaration) => {
    if (declaration.getSourceFile() !== name.getSourceFile()) return false;
    if (nodes.some((node) => isInside(declaration, node))) return false;
    if (Node.isParameterDeclaration(declaration)) return true;
    const variable = Node.isBindingElement(declaration)
      ? declaration.getFirstAncestor(Node.isVariableDeclaration)
      : declaration;
    return Node.isVariableDeclaration(variable) && !/^const\b/.test(listText(variable));
  });
}

function listText(variable: Node): string {
  return variable.getParent()?.getText() ?? '';
}

/** An assignment of it that may run between the step and its turn in the background: below it, or anywhere in a loop around it. */
function reassigned(name: Identifier, { body, range, leaf, nodes }: StepContext): Identifier | undefined {
  const loop = leaf.scopes.find((scope) => Node.isIterationStatement(scope));
  const shared = loop && declarationsOf(name).some((one) => isInside(one, loop)) && !isPerTurn(name, loop);
  if (shared) return name;
  return usesOf(name, body).find((use) => {
    if (nodes.some((node) => isInside(use, node)) || !isAssigned(use)) return false;
    if (loop && isInside(use, loop)) return !isPerTurn(name, loop);
    return use.getStart() >= range.end;
  });
}

/** `for (const bot of bots)`, `for (let i = 0; …)`: every turn has its own. */
function isPerTurn(name: Identifier, loop: Node): boolean {
  return declarationsOf(name).every((one) => isInside(one, loop) && !/^var\b/.test(one.getParent()?.getText() ?? ''));
}

/** It stands where it is given a value: `x = …`, `x++`, `[x] = …`, `for (x of …)`. */
function isAssigned(use: Identifier): boolean {
  let node: Node = use;
  let parent = use.getParent() as Node | undefined;
  while (parent && IN_TARGET.has(parent.getKind())) {
    node = parent;
    parent = parent.getParent();
  }
  if (!parent) return false;
  if (Node.isBinaryExpression(parent))
    return parent.getLeft() === node && /^(?:[^=!<>]*=)$/.test(parent.getOperatorToken().getText());
  if (Node.isPrefixUnaryExpression(parent) || Node.isPostfixUnaryExpression(parent))
    return /\+\+|--/.test(parent.getText());
  return (Node.isForOfStatement(parent) || Node.isForInStatement(parent)) && parent.getInitializer() === node;
}

/** Parts of a destructuring target. */
const IN_TARGET: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ShorthandPropertyAssignment,
  SyntaxKind.SpreadElement,
  SyntaxKind.ParenthesizedExpression,
]);
