import { childrenOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';

/** Every place at which a plain name stands, in source order, nested functions included; names of attributes, keywords and imports are none. */
export function identifiersNamed(root: Node, name: string): Node[] {
  return identifiersIn(root).filter((node) => node.text === name);
}

/** Every plain name at or below a node, in source order. */
export function identifiersIn(root: Node): Node[] {
  const found: Node[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'import_statement' || node.type === 'import_from_statement') continue;
    if (node.type === 'identifier' && !isLabel(node)) found.push(node);
    stack.push(...childrenOf(node).reverse());
  }
  return found;
}

/** `name` in `object.name` and in `f(name=1)`. */
function isLabel(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === 'attribute') return parent.childForFieldName('attribute')?.id === node.id;
  return parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id;
}
