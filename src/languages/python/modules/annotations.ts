import type { Node } from '../tree/parse.ts';
import { named, stringContent } from '../tree/tree.ts';
import type { Definition, PythonModule } from './definition.ts';
import type { Resolver } from './resolver.ts';

/** `Optional[X]` is an X as far as its attributes go; the value is the index of the argument that counts. */
const TRANSPARENT = new Set(['Optional', 'Annotated', 'Union', 'Final', 'ClassVar', 'Awaitable', 'Coroutine']);
const YIELDING = new Set(['AsyncIterator', 'AsyncGenerator', 'Iterator', 'Generator', 'AsyncIterable', 'Iterable']);
const MAPPINGS = new Set(['dict', 'Dict', 'Mapping', 'MutableMapping', 'defaultdict', 'OrderedDict']);
const SEQUENCES = new Set([
  'list',
  'List',
  'set',
  'Set',
  'tuple',
  'Tuple',
  'Sequence',
  'Iterable',
  'Collection',
  'deque',
]);

/** The object that an annotation promises: `Store`, `"Store"`, `Store | None`, `Optional[Store]`. */
export function annotated(annotation: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const node = inside(annotation);
  if (node.type === 'string') return instanceOf(byName(node, module, resolver), module, node);
  if (node.type === 'binary_operator' || node.type === 'union_type') {
    return firstOf(named(node), (part) => annotated(part, module, resolver));
  }
  const generic = genericOf(node);
  if (!generic) return instanceOf(resolver.resolve(node, module), module, node);
  if (TRANSPARENT.has(generic.name) || YIELDING.has(generic.name)) {
    const parts = generic.name === 'Coroutine' ? generic.parts.slice(-1) : generic.parts;
    return firstOf(parts, (part) => annotated(part, module, resolver));
  }
  if (MAPPINGS.has(generic.name) || SEQUENCES.has(generic.name)) return undefined;
  return instanceOf(resolver.resolve(generic.head, module), module, node);
}

/** The elements that an annotation promises: `list[Store]`, `dict[str, Store]` (its values). */
export function annotatedElement(annotation: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const node = inside(annotation);
  if (node.type === 'binary_operator') {
    return firstOf(named(node), (part) => annotatedElement(part, module, resolver));
  }
  const generic = genericOf(node);
  if (!generic) return undefined;
  if (TRANSPARENT.has(generic.name)) {
    return firstOf(generic.parts, (part) => annotatedElement(part, module, resolver));
  }
  const element = MAPPINGS.has(generic.name) ? generic.parts.at(-1) : generic.parts[0];
  const holds = MAPPINGS.has(generic.name) || SEQUENCES.has(generic.name) || YIELDING.has(generic.name);
  return holds && element ? annotated(element, module, resolver) : undefined;
}

/** `type` nodes wrap the expression. */
function inside(annotation: Node): Node {
  const only = named(annotation);
  const wraps = annotation.type === 'type' || annotation.type === 'parenthesized_expression';
  return wraps && only[0] ? inside(only[0]) : annotation;
}

/** `typing.Optional[X]`, which the grammar calls a subscript or a generic type, by where it stands. */
function genericOf(
  node: Node,
): { readonly head: Node; readonly name: string; readonly parts: readonly Node[] } | undefined {
  if (node.type !== 'generic_type' && node.type !== 'subscript') return undefined;
  const [head, ...rest] = named(node);
  if (!head) return undefined;
  const parts = rest.flatMap((part) => (part.type === 'type_parameter' ? named(part) : [part]));
  return { head, name: head.text.replace(/^.*\./, ''), parts };
}

function byName(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const text = (stringContent(node) ?? '').replace(/\s*\|\s*None$/, '').replace(/^Optional\[(.*)\]$/, '$1');
  return /^[A-Za-z_][\w.]*$/.test(text) ? resolver.lookUpDotted(text, node, module) : undefined;
}

function instanceOf(definition: Definition | undefined, module: PythonModule, node: Node): Definition | undefined {
  if (definition?.kind === 'class') return { kind: 'instance', of: definition, module, node };
  return definition?.kind === 'external' || definition?.kind === 'instance' ? definition : undefined;
}

function firstOf<T>(items: readonly Node[], of: (item: Node) => T | undefined): T | undefined {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
