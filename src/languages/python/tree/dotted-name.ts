import type { Node } from './parse.ts';

/** `app.state.pool` for names and attribute reads of names; `undefined` for anything else. */
export function dottedName(node: Node | null | undefined): string | undefined {
  const parts: string[] = [];
  let current = node;
  while (current?.type === 'attribute') {
    const attribute = current.childForFieldName('attribute');
    if (!attribute) return undefined;
    parts.unshift(attribute.text);
    current = current.childForFieldName('object');
  }
  if (current?.type !== 'identifier') return undefined;
  return [current.text, ...parts].join('.');
}

/** A callee as the user reads it: `get_service().start`, `pools["main"].open`; what it is called with is left out. */
export function calleeText(node: Node): string {
  const dotted = dottedName(node);
  if (dotted) return dotted;
  const parts: string[] = [];
  let current: Node | null = node;
  while (current) {
    if (current.type === 'attribute') {
      parts.unshift(`.${current.childForFieldName('attribute')?.text ?? ''}`);
      current = current.childForFieldName('object');
    } else if (current.type === 'call') {
      parts.unshift('()');
      current = current.childForFieldName('function');
    } else {
      parts.unshift(shortened(current.text));
      current = null;
    }
  }
  return parts.join('');
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
