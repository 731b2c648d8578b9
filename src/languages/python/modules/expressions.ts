import type { Node } from '../tree/parse.ts';
import { argumentsOf, enclosing, field, named, ownNodes } from '../tree/tree.ts';
import { annotated, annotatedElement } from './annotations.ts';
import { classMember, lineage } from './classes.ts';
import type { Definition, PythonModule } from './definition.ts';
import { classAround, lookUp } from './lookup.ts';
import type { FunctionDefinition, Resolver } from './resolver.ts';

/** Calls that give what their first argument gives. */
const TRANSPARENT_CALLS = new Set([
  'functools.partial',
  'asyncio.wait_for',
  'asyncio.shield',
  'copy.copy',
  'weakref.proxy',
]);
const CONTAINER_CALLS = new Set(['list', 'tuple', 'set', 'sorted', 'reversed', 'iter']);

/** What an expression gives. */
export function expressionValue(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  switch (node.type) {
    case 'identifier':
      return lookUp(node.text, node, module, resolver);
    case 'attribute':
      return attributeValue(node, module, resolver);
    case 'call':
      return callValue(node, module, resolver);
    case 'await':
    case 'parenthesized_expression':
    case 'boolean_operator':
      return bestOf(named(node), module, resolver);
    case 'conditional_expression': {
      const [body, , otherwise] = named(node);
      return bestOf(
        [body, otherwise].filter((part) => part !== undefined),
        module,
        resolver,
      );
    }
    case 'named_expression': {
      const value = field(node, 'value');
      return value && resolver.resolve(value, module);
    }
    case 'subscript':
      return subscriptValue(node, module, resolver);
    default:
      return { kind: 'value', module, node };
  }
}

function bestOf(nodes: readonly Node[], module: PythonModule, resolver: Resolver): Definition | undefined {
  let value: Definition | undefined;
  for (const node of nodes) {
    const found = resolver.resolve(node, module);
    if (found && found.kind !== 'value') return found;
    value ??= found;
  }
  return value;
}

function attributeValue(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const [object, attribute] = [field(node, 'object'), field(node, 'attribute')];
  if (!object || !attribute) return undefined;
  if (/\.state$/.test(object.text)) return stateValue(attribute.text, module, resolver);
  if (object.type === 'call' && field(object, 'function')?.text === 'super') {
    return inheritedMember(node, attribute.text, module, resolver);
  }
  const of = resolver.resolve(object, module);
  return of && resolver.member(of, attribute.text, module);
}

/** `app.state.pool`: what the same file assigns to it. */
function stateValue(name: string, module: PythonModule, resolver: Resolver): Definition | undefined {
  const values = resolver.stateAssignments(module).get(name) ?? [];
  const found = bestOf(values, module, resolver);
  return found?.kind === 'value' ? undefined : found;
}

function inheritedMember(at: Node, name: string, module: PythonModule, resolver: Resolver): Definition | undefined {
  const method = enclosing(at, ['function_definition']);
  const owner = method && classAround(method, module);
  const base = owner && lineage(owner, resolver)[1];
  return base && classMember(base, name, true, resolver);
}

function callValue(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const callee = field(node, 'function');
  const called = callee && resolver.resolve(callee, module);
  const first = argumentsOf(node).positional[0];
  switch (called?.kind) {
    case 'class':
      return { kind: 'instance', of: called, module, node };
    case 'function':
      return resolver.returned(called);
    case 'external':
      if (TRANSPARENT_CALLS.has(called.qualifiedName) && first) return resolver.resolve(first, module);
      if (called.qualifiedName === 'typing.cast' && first) return annotated(first, module, resolver);
      return called;
    case 'instance': {
      const method = classMember(called.of, '__call__', true, resolver);
      return method?.kind === 'function' ? resolver.returned(method) : undefined;
    }
    case 'value':
      return lambdaValue(called.node, called.module, resolver);
    default:
      return dictionaryValue(node, module, resolver);
  }
}

/** `services.get("cache")` on a project's dictionary gives one of its values. */
function dictionaryValue(call: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const callee = field(call, 'function');
  const object = callee?.type === 'attribute' ? field(callee, 'object') : undefined;
  const method = callee && field(callee, 'attribute')?.text;
  return object && (method === 'get' || method === 'pop') ? resolver.element(object, module) : undefined;
}

function lambdaValue(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const body = node.type === 'lambda' ? field(node, 'body') : undefined;
  return body && resolver.resolve(body, module);
}

function subscriptValue(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const of = field(node, 'value');
  const found = of && resolver.element(of, module);
  if (found) return found;
  const container = of && resolver.resolve(of, module);
  return container?.kind === 'class' ? container : undefined;
}

/** What iterating over an expression gives. */
export function elementValue(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  if (/^(list|tuple|set)$/.test(node.type)) return bestOf(named(node), module, resolver);
  if (node.type === 'dictionary') {
    const values = named(node).map((pair) => field(pair, 'value'));
    return bestOf(
      values.filter((value) => value !== undefined),
      module,
      resolver,
    );
  }
  if (/_comprehension$/.test(node.type)) {
    const body = field(node, 'body');
    return body && resolver.resolve(body, module);
  }
  if (node.type === 'call') return calledElement(node, module, resolver);
  const name = node.type === 'identifier' ? node.text : undefined;
  if (name) return resolver.firstElement(resolver.bindingsOf(name, node, module));
  return node.type === 'attribute' ? attributeElement(node, module, resolver) : undefined;
}

/** `services.values()`, `list(services)` and functions that say what their lists hold. */
function calledElement(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const callee = field(node, 'function');
  if (!callee) return undefined;
  const first = argumentsOf(node).positional[0];
  if (CONTAINER_CALLS.has(callee.text)) return first && resolver.element(first, module);
  const object = callee.type === 'attribute' ? field(callee, 'object') : undefined;
  const isView = /^(values|copy)$/.test(field(callee, 'attribute')?.text ?? '');
  if (object && isView) return resolver.element(object, module);
  const called = resolver.resolve(callee, module);
  const annotation = called?.kind === 'function' ? field(called.node, 'return_type') : undefined;
  return annotation && called?.kind === 'function' ? annotatedElement(annotation, called.module, resolver) : undefined;
}

function attributeElement(node: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const [object, attribute] = [field(node, 'object'), field(node, 'attribute')];
  const of = object && resolver.resolve(object, module);
  if (!of || !attribute) return undefined;
  return resolver.firstElement(resolver.attributeBindings(of, attribute.text));
}

/** What a call to a function gives: what its annotation says, else what it returns, or yields for a context manager. */
export function functionValue(of: FunctionDefinition, resolver: Resolver): Definition | undefined {
  const annotation = field(of.node, 'return_type');
  const declared = annotation && annotated(annotation, of.module, resolver);
  if (declared) return declared;
  const body = field(of.node, 'body');
  const results = (body ? ownNodes(body) : [])
    .filter((node) => node.type === 'return_statement' || node.type === 'yield')
    .flatMap((node) => named(node).slice(0, 1));
  const found = bestOf(results, of.module, resolver);
  return found?.kind === 'value' ? undefined : found;
}
