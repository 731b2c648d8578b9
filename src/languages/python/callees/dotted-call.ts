import type { Node } from '../tree/parse.ts';
import { field } from '../tree/tree.ts';

/** Of a longer chain the end is enough: generated code has chains of thousands. */
const MAX_PARTS = 80;

/** A callee as written, arguments left out: `get_store(region).load` => `get_store.load`. */
export function writtenCallee(node: Node, parts = MAX_PARTS): string {
  if (parts === 0) return '';
  switch (node.type) {
    case 'attribute':
      return `${writtenCallee(field(node, 'object') ?? node, parts - 1)}.${field(node, 'attribute')?.text ?? ''}`;
    case 'call':
      return writtenCallee(field(node, 'function') ?? node, parts - 1);
    case 'subscript':
      return writtenCallee(field(node, 'value') ?? node, parts - 1);
    case 'await':
    case 'parenthesized_expression':
      return node.namedChildren[0] ? writtenCallee(node.namedChildren[0], parts - 1) : '';
    case 'string':
      return 'str';
    default:
      return node.type === 'identifier' ? node.text : '';
  }
}
