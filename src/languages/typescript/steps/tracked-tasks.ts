import { Node, SyntaxKind } from 'ts-morph';
import { calleeText } from '../tree/dotted-name.ts';
import { lineOf, unwrapped } from '../tree/own-nodes.ts';
import type { FoundCall } from './calls.ts';
import { usesOf } from './identifiers.ts';

/** Why a detached call is nobody's worry: its promise is kept and used, or handed on. `undefined`: it dangles. */
export function whyTracked(call: FoundCall, body: Node): string | undefined {
  if (call.isOwnStart) return 'what it starts runs on by itself, and no promise comes back that could be tracked';
  if (call.through.some((by) => by.getText() === 'setTimeout')) return 'a timer of its own starts it later';
  const holder = holderOf(call.node);
  if (Node.isVariableDeclaration(holder)) {
    const name = holder.getNameNode();
    if (!Node.isIdentifier(name)) return `its promise is kept in ${name.getText()}`;
    const use = usesOf(name, body).find((one) => one !== name);
    if (use) return `its promise is used in line ${lineOf(use)}`;
    return isExported(holder) ? `its promise is exported as ${name.getText()}` : undefined;
  }
  if (!Node.isBinaryExpression(holder) || holder.getOperatorToken().getKind() !== SyntaxKind.EqualsToken)
    return undefined;
  return `its promise is kept in ${calleeText(holder.getLeft())}`;
}

/** The declaration or assignment that keeps the promise. */
function holderOf(node: Node): Node | undefined {
  let outer = node.getParent();
  while (outer && (unwrapped(outer) !== outer || isChoice(outer))) outer = outer.getParent();
  return outer;
}

function isChoice(node: Node): boolean {
  if (Node.isConditionalExpression(node)) return true;
  return Node.isBinaryExpression(node) && /^(&&|\|\||\?\?)$/.test(node.getOperatorToken().getText());
}

function isExported(declaration: Node): boolean {
  return Node.isVariableDeclaration(declaration) && (declaration.getVariableStatement()?.isExported() ?? false);
}
