import type { Place } from '../../../core/index.ts';
import type { PythonModule } from '../modules/definition.ts';
import type { Node } from './parse.ts';

const SCOPES = new Set(['function_definition', 'class_definition', 'lambda']);

/** The child in a field of the grammar. */
export function field(node: Node, name: string): Node | undefined {
  return node.childForFieldName(name) ?? undefined;
}

/** Named children without comments. */
export function named(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child.type !== 'comment');
}

/**
 * Every named node below `node` in source order that runs when `node` runs: nested functions, classes and lambdas
 * are among them, what stands inside them is not.
 */
export function ownNodes(node: Node): readonly Node[] {
  const found: Node[] = [];
  const waiting = [...node.namedChildren].reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    if (SCOPES.has(next.type)) continue;
    const children = next.namedChildren;
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child) waiting.push(child);
    }
  }
  return found;
}

/** The nearest node around `node` of one of the types, `node` itself not counted. */
export function enclosing(node: Node, types: readonly string[]): Node | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) if (types.includes(outer.type)) return outer;
  return undefined;
}

/** `a.b.c` for a chain of names and attributes. */
export function dottedName(node: Node): string | undefined {
  if (node.type === 'identifier' || node.type === 'dotted_name') return node.text;
  if (node.type !== 'attribute') return undefined;
  const object = field(node, 'object');
  const attribute = field(node, 'attribute');
  const before = object && dottedName(object);
  return before && attribute ? `${before}.${attribute.text}` : undefined;
}

/** What a string literal contains, interpolations left out; `undefined` for anything else. */
export function stringContent(node: Node): string | undefined {
  if (node.type === 'concatenated_string') return named(node).map(stringContent).join('');
  if (node.type !== 'string') return undefined;
  return node.namedChildren
    .filter((child) => child.type === 'string_content')
    .map((child) => child.text)
    .join(' ');
}

/** Positional and keyword arguments of a call; starred ones are left out. */
export function argumentsOf(call: Node): {
  readonly positional: readonly Node[];
  readonly keywords: ReadonlyMap<string, Node>;
} {
  const list = field(call, 'arguments');
  const keywords = new Map<string, Node>();
  const positional: Node[] = [];
  for (const argument of list ? named(list) : []) {
    const name = argument.type === 'keyword_argument' ? field(argument, 'name') : undefined;
    const value = name && field(argument, 'value');
    if (name && value) keywords.set(name.text, value);
    else if (!argument.type.endsWith('_splat')) positional.push(argument);
  }
  return { positional, keywords };
}

export function isAsync(definition: Node): boolean {
  return definition.child(0)?.type === 'async';
}

export function nameOf(definition: Node): string {
  return field(definition, 'name')?.text ?? '';
}

/** Names of a definition's decorators as written, without arguments: `app.get`, `staticmethod`. */
export function decoratorsOf(definition: Node): readonly string[] {
  const outer = definition.parent;
  if (outer?.type !== 'decorated_definition') return [];
  return named(outer)
    .filter((child) => child.type === 'decorator')
    .map((child) => child.text.slice(1).split('(', 1)[0]?.trim() ?? '');
}

export function placeOf(module: PythonModule, node: Node): Place {
  return { path: module.path, line: node.startPosition.row + 1 };
}

/** Tells a node apart from every other one of the project. */
export function keyOf(module: PythonModule, node: Node): string {
  return `${module.path}:${node.startIndex}:${node.endIndex}:${node.type}`;
}
