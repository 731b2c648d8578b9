import { Node } from 'ts-morph';
import { unwrapped } from './own-nodes.ts';

/** `this.app.state` for names, `this` and property reads of them, optional ones too; `undefined` for anything else. */
export function dottedName(node: Node | undefined): string | undefined {
  const parts: string[] = [];
  let current = node && unwrapped(node);
  while (current && Node.isPropertyAccessExpression(current)) {
    parts.unshift(current.getName());
    current = unwrapped(current.getExpression());
  }
  if (!current || !(Node.isIdentifier(current) || Node.isThisExpression(current) || Node.isSuperExpression(current)))
    return undefined;
  return [current.getText(), ...parts].join('.');
}

/** A callee as the user reads it: `getService().start`, `pools["main"].open`; what it is called with is left out. */
export function calleeText(node: Node): string {
  const parts: string[] = [];
  let current: Node = unwrapped(node);
  for (;;) {
    if (Node.isPropertyAccessExpression(current)) {
      parts.unshift(`.${current.getName()}`);
      current = unwrapped(current.getExpression());
    } else if (Node.isCallExpression(current)) {
      parts.unshift('()');
      current = unwrapped(current.getExpression());
    } else if (Node.isNewExpression(current)) {
      return `new ${calleeText(current.getExpression())}${parts.join('')}`;
    } else if (Node.isAwaitExpression(current)) {
      current = unwrapped(current.getExpression());
    } else {
      return shortened(current.getText()) + parts.join('');
    }
  }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
