import type { Node } from './parse.ts';
import { named, argumentsOf as plainArguments } from './tree.ts';

/** Every node of the given types below (and including) a node, in source order. The grammar walks: depth is no danger. */
export function descendants(node: Node, ...types: string[]): readonly Node[] {
  return node.descendantsOfType(types).filter((found) => found !== null);
}

/** The function whose own code a node is: not that of a lambda or class nested in it. */
export function enclosingFunction(node: Node): Node | undefined {
  const scope = enclosing(node, 'function_definition', 'lambda', 'class_definition');
  return scope?.type === 'function_definition' ? scope : undefined;
}

/** The nearest node of one of the types around a node. */
export function enclosing(node: Node, ...types: string[]): Node | undefined {
  for (let at = node.parent; at; at = at.parent) if (types.includes(at.type)) return at;
  return undefined;
}

/** `yield`, `return`, `await` … of a function itself, those of nested functions left out. */
export function nodesOfFunction(definition: Node, ...types: string[]): readonly Node[] {
  const body = definition.childForFieldName('body');
  return body ? outsideScopes(body, types) : [];
}

/** Nodes of the given types that run when `root` runs: what stands in functions, lambdas and classes below it does not. */
export function outsideScopes(root: Node, types: readonly string[]): readonly Node[] {
  const found: Node[] = [];
  let scopeEnd = root.startIndex;
  for (const node of descendants(root, ...types, ...SCOPES)) {
    if (node.startIndex < scopeEnd) continue;
    if (SCOPES.includes(node.type)) scopeEnd = node.endIndex;
    else if (!isKeywordOf(node, found.at(-1))) found.push(node);
  }
  return found;
}

/** The grammar gives the keyword in `await start()` the type of the whole expression. */
function isKeywordOf(node: Node, expression: Node | undefined): boolean {
  return expression?.startIndex === node.startIndex && expression.type === node.type;
}

const SCOPES = ['function_definition', 'lambda', 'class_definition'];

/** The `decorated_definition` around a definition, or the definition itself. */
export function outerOf(definition: Node): Node {
  return definition.parent?.type === 'decorated_definition' ? definition.parent : definition;
}

/** The expressions after the `@`, topmost first. */
export function decoratorNodes(definition: Node): readonly Node[] {
  const outer = outerOf(definition);
  if (outer.type !== 'decorated_definition') return [];
  return named(outer)
    .filter((child) => child.type === 'decorator')
    .flatMap((decorator) => named(decorator).slice(0, 1));
}

/** A parameter without `*`, annotation and default; `node` is the whole of it. */
export interface Parameter {
  readonly name: string;
  readonly node: Node;
}

export function parametersOf(definition: Node): readonly Parameter[] {
  const list = definition.childForFieldName('parameters');
  if (!list) return [];
  return named(list).flatMap((node) => {
    const name = node.type === 'identifier' ? node : (node.childForFieldName('name') ?? named(node)[0]);
    return name?.type === 'identifier' ? [{ name: name.text, node }] : [];
  });
}

/** Arguments of a call as they are written; `mappings` are the values behind `**`. */
export function argumentsOf(call: Node) {
  const list = call.childForFieldName('arguments');
  const splats = list ? named(list).filter((child) => child.type === 'dictionary_splat') : [];
  return { ...plainArguments(call), mappings: splats.flatMap((splat) => named(splat)) };
}

/** The value of a plain string literal, or `undefined`. */
export function stringValue(node: Node | undefined): string | undefined {
  if (node?.type !== 'string') return undefined;
  const parts = named(node);
  if (parts.some((part) => part.type === 'interpolation')) return undefined;
  return parts
    .filter((part) => part.type === 'string_content')
    .map((part) => part.text)
    .join('');
}

/** The last name of `a.b.c` or `c`. */
export function lastName(expression: Node | null | undefined): string | undefined {
  if (expression?.type === 'identifier') return expression.text;
  return expression?.type === 'attribute' ? expression.childForFieldName('attribute')?.text : undefined;
}

/** `a.b` of `a.b.c`. */
export function objectOf(attribute: Node): Node | undefined {
  return (attribute.type === 'attribute' && attribute.childForFieldName('object')) || undefined;
}
