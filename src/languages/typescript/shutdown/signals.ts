import { Node } from 'ts-morph';
import { unwrapped } from '../tree/own-nodes.ts';

/** The signals that an event's name can be: of a literal, and of a variable that runs through a list of them. SIGTERM comes first. */
export function signalsOf(event: Node): readonly string[] {
  const source = listBehind(unwrapped(event), MOST_STEPS);
  const found = source?.getText().match(/\bSIG[A-Z]+\d?\b/g) ?? [];
  return [...new Set(found)].toSorted((left, right) => Number(right === 'SIGTERM') - Number(left === 'SIGTERM'));
}

const MOST_STEPS = 4;

/** The literal or list that a name gets its values from. */
function listBehind(node: Node, steps: number): Node | undefined {
  if (steps === 0) return undefined;
  if (!Node.isIdentifier(node)) return /\bSIG[A-Z]/.test(node.getText()) ? node : namedIn(node, steps);
  const declaration = node.getSymbol()?.getDeclarations()[0];
  const source = declaration && sourceOf(declaration);
  return source && listBehind(unwrapped(source), steps - 1);
}

/** `signals` of `Object.keys(signals)`. */
function namedIn(node: Node, steps: number): Node | undefined {
  const [first] = Node.isCallExpression(node) ? node.getArguments() : [];
  return first && listBehind(unwrapped(first), steps - 1);
}

function sourceOf(declaration: Node): Node | undefined {
  if (Node.isBindingElement(declaration)) {
    const holder = declaration.getFirstAncestor(
      (one) => Node.isVariableDeclaration(one) || Node.isParameterDeclaration(one),
    );
    return holder && sourceOf(holder);
  }
  if (Node.isVariableDeclaration(declaration)) {
    const loop = declaration.getParent()?.getParent();
    if (Node.isForOfStatement(loop) || Node.isForInStatement(loop)) return loop.getExpression();
    return declaration.getInitializer();
  }
  return Node.isParameterDeclaration(declaration) ? iteratedBy(declaration.getParent()) : undefined;
}

/** `['SIGINT', 'SIGTERM']` of `['SIGINT', 'SIGTERM'].forEach((signal) => …)`. */
function iteratedBy(callback: Node | undefined): Node | undefined {
  const call = callback?.getParent();
  const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
  const iterates = Node.isPropertyAccessExpression(callee) && /^(forEach|map|every|some)$/.test(callee.getName());
  return iterates ? callee.getExpression() : undefined;
}
