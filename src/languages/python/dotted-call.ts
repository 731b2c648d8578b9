import type { Node } from './parse.ts';
import { field } from './tree.ts';

/** A callee as written, arguments left out: `get_store(region).load` => `get_store.load`. */
export function writtenCallee(node: Node): string {
  switch (node.type) {
    case 'attribute':
      return `${writtenCallee(field(node, 'object') ?? node)}.${field(node, 'attribute')?.text ?? ''}`;
    case 'call':
      return writtenCallee(field(node, 'function') ?? node);
    case 'subscript':
      return writtenCallee(field(node, 'value') ?? node);
    case 'await':
    case 'parenthesized_expression':
      return node.namedChildren[0] ? writtenCallee(node.namedChildren[0]) : '';
    case 'string':
      return 'str';
    default:
      return node.type === 'identifier' ? node.text : '';
  }
}
