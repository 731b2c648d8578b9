import type { Node } from '../tree/parse.ts';
import { decoratorsOf, field, keyOf, named, nameOf, ownNodes } from '../tree/tree.ts';
import type { Binding, Scope } from './bindings.ts';
import type { ClassDefinition, Definition } from './definition.ts';
import type { Resolver } from './resolver.ts';

const MAX_BASES = 20;

/** A class with its bases inside the project, in the order in which Python looks attributes up. */
export function lineage(of: ClassDefinition, resolver: Resolver): readonly ClassDefinition[] {
  const order: ClassDefinition[] = [];
  const seen = new Set<string>();
  const waiting: ClassDefinition[] = [of];
  for (let next = waiting.shift(); next && order.length < MAX_BASES; next = waiting.shift()) {
    const key = keyOf(next.module, next.node);
    if (seen.has(key)) continue;
    seen.add(key);
    order.push(next);
    waiting.unshift(...basesOf(next, resolver).filter((base) => base.kind === 'class'));
  }
  return order;
}

/** The method, class attribute or, for an instance, attribute that methods assign on `self`. */
export function classMember(
  of: ClassDefinition,
  name: string,
  ofInstance: boolean,
  resolver: Resolver,
): Definition | undefined {
  const classes = lineage(of, resolver);
  for (const owner of classes) {
    const scope = resolver.scope(owner.node, owner.module);
    const bindings = [...(scope.names.get(name) ?? [])];
    const method = bindings.findLast((binding) => binding.kind === 'defined');
    if (method) return methodValue(method, of, ofInstance, resolver);
    const assigned = ofInstance ? (selfScope(owner).names.get(name) ?? []) : [];
    const definition = resolver.firstMeaning([...assigned, ...bindings]);
    if (definition) return definition;
  }
  const outside = classes.flatMap((owner) => basesOf(owner, resolver)).find((base) => base.kind === 'external');
  return outside?.kind === 'external'
    ? { kind: 'external', qualifiedName: `${outside.qualifiedName}.${name}` }
    : undefined;
}

/** Where an attribute of a class or of its instances is assigned: constructors first. */
export function attributeBindings(of: Definition, name: string, resolver: Resolver): readonly Binding[] {
  if (of.kind === 'module') return resolver.scope(of.module.root, of.module).names.get(name) ?? [];
  const ofClass = of.kind === 'instance' ? of.of : of.kind === 'class' ? of : undefined;
  return (ofClass ? lineage(ofClass, resolver) : []).flatMap((owner) => [
    ...(selfScope(owner).names.get(name) ?? []),
    ...(resolver.scope(owner.node, owner.module).names.get(name) ?? []),
  ]);
}

const selfScopes = new WeakMap<ClassDefinition['module'], Map<number, Pick<Scope, 'names'>>>();

function selfScope(of: ClassDefinition): Pick<Scope, 'names'> {
  const ofModule = selfScopes.get(of.module) ?? new Map<number, Pick<Scope, 'names'>>();
  selfScopes.set(of.module, ofModule);
  const known = ofModule.get(of.node.startIndex);
  if (known) return known;
  const scope = { names: collectSelf(of) };
  ofModule.set(of.node.startIndex, scope);
  return scope;
}

function collectSelf(of: ClassDefinition): ReadonlyMap<string, readonly Binding[]> {
  const names = new Map<string, Binding[]>();
  const methods = methodsOf(of).toSorted((a, b) => Number(isConstructor(b)) - Number(isConstructor(a)));
  for (const method of methods) {
    const self = field(method, 'parameters')?.namedChildren[0]?.text;
    const body = field(method, 'body');
    for (const node of body && self ? ownNodes(body) : []) {
      const left = node.type === 'assignment' ? field(node, 'left') : undefined;
      const attribute = left?.type === 'attribute' ? field(left, 'attribute')?.text : undefined;
      if (!left || !attribute || field(left, 'object')?.text !== self) continue;
      const binding = { ...selfBinding(node), module: of.module, node };
      names.set(attribute, [...(names.get(attribute) ?? []), binding]);
    }
  }
  return names;
}

function selfBinding(assignment: Node) {
  const value = field(assignment, 'right');
  const annotation = field(assignment, 'type');
  return { kind: 'assigned', ...(value && { value }), ...(annotation && { annotation }) } as const;
}

/** The functions that stand in the body of a class. */
export function methodsOf(of: ClassDefinition): readonly Node[] {
  const body = field(of.node, 'body');
  return body ? ownNodes(body).filter((node) => node.type === 'function_definition') : [];
}

function isConstructor(method: Node): boolean {
  return ['__init__', '__new__', '__post_init__'].includes(nameOf(method));
}

function basesOf(of: ClassDefinition, resolver: Resolver): readonly Definition[] {
  const list = field(of.node, 'superclasses');
  const bases = list ? named(list).filter((base) => base.type !== 'keyword_argument') : [];
  return bases
    .map((base) => resolver.resolve(base.type === 'subscript' ? (field(base, 'value') ?? base) : base, of.module))
    .filter((base) => base !== undefined);
}

/** A method bound to the class through which it was reached; a property stands for what it returns. */
function methodValue(
  binding: Binding,
  owner: ClassDefinition,
  ofInstance: boolean,
  resolver: Resolver,
): Definition | undefined {
  const { module, node } = binding;
  if (node.type === 'class_definition') return { kind: 'class', module, node };
  const method = { kind: 'function', module, node, owner } as const;
  const isProperty = decoratorsOf(node).some((name) => /(^|\.)(cached_)?property$/.test(name));
  return ofInstance && isProperty ? resolver.returned(method) : method;
}
