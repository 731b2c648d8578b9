import type { Node } from '../tree/parse.ts';
import { argumentsOf, decoratorsOf, enclosing, field } from '../tree/tree.ts';
import { annotated, annotatedElement } from './annotations.ts';
import type { Binding, Scope } from './bindings.ts';
import { parametersOf } from './bindings.ts';
import { classMember } from './classes.ts';
import type { ClassDefinition, Definition, PythonModule } from './definition.ts';
import type { Resolver } from './resolver.ts';

const SCOPES = ['function_definition', 'lambda', 'class_definition', 'module'];

/** The bindings that a name has where it stands: of the innermost scope that binds it, likeliest first. */
export function findBindings(name: string, at: Node, module: PythonModule, resolver: Resolver): readonly Binding[] {
  let scopeNode = enclosing(at, SCOPES);
  let isInnermost = true;
  let skipToModule = false;
  while (scopeNode) {
    const isVisible =
      scopeNode.type === 'module' || (!skipToModule && (scopeNode.type !== 'class_definition' || isInnermost));
    const scope = isVisible ? resolver.scope(scopeNode, module) : undefined;
    if (scope?.outer.has(name)) skipToModule = true;
    else if (scope?.names.has(name)) return ordered(scope, name, at, scopeNode.type === 'module');
    isInnermost = false;
    scopeNode = scopeNode.type === 'module' ? undefined : enclosing(scopeNode, SCOPES);
  }
  return [];
}

/** In a function the last binding before the place counts; in a module the first one, which a `try` prefers too. */
function ordered(scope: Scope, name: string, at: Node, isModule: boolean): readonly Binding[] {
  const bindings = scope.names.get(name) ?? [];
  if (isModule) return bindings;
  const before = bindings.filter((binding) => binding.node.endIndex <= at.startIndex);
  return [...before.toReversed(), ...bindings.filter((binding) => !before.includes(binding))];
}

export function lookUp(name: string, at: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const bindings = findBindings(name, at, module, resolver);
  return bindings.length > 0 ? resolver.firstMeaning(bindings) : starImported(name, module, resolver);
}

/** What a module offers under a name: its own, what it re-exports, its submodules. */
export function moduleMember(of: PythonModule, name: string, resolver: Resolver): Definition | undefined {
  const own = resolver.scope(of.root, of).names.get(name);
  const meaning = own && resolver.firstMeaning(own);
  if (meaning) return meaning;
  const submodule = of.path.endsWith('__init__.py') ? resolver.source.imported(of, name, 1) : undefined;
  return submodule ? { kind: 'module', module: submodule } : starImported(name, of, resolver);
}

function starImported(name: string, module: PythonModule, resolver: Resolver): Definition | undefined {
  for (const star of resolver.scope(module.root, module).starImports) {
    const source = resolver.source.imported(module, star.from, star.level);
    if (!source || source === module) continue;
    const found = resolver.exported(source, name);
    if (found) return found;
  }
  return undefined;
}

export function memberOf(of: Definition, name: string, from: PythonModule, resolver: Resolver): Definition | undefined {
  switch (of.kind) {
    case 'module':
      return resolver.exported(of.module, name);
    case 'class':
      return classMember(of, name, false, resolver);
    case 'instance':
      return classMember(of.of, name, true, resolver);
    case 'external': {
      const qualifiedName = `${of.qualifiedName}.${name}`;
      const inside = resolver.source.imported(from, qualifiedName, 0);
      return inside ? { kind: 'module', module: inside } : { kind: 'external', qualifiedName };
    }
    default:
      return undefined;
  }
}

/** What one binding gives its name. */
export function bindingValue(binding: Binding, resolver: Resolver): Definition | undefined {
  const { module, node } = binding;
  switch (binding.kind) {
    case 'import':
      return importedValue(binding, resolver);
    case 'defined':
      return node.type === 'class_definition' ? { kind: 'class', module, node } : { kind: 'function', module, node };
    case 'assigned': {
      const declared = binding.annotation && annotated(binding.annotation, module, resolver);
      const value = binding.value && resolver.resolve(binding.value, module);
      if (value && value.kind !== 'value') return value;
      return declared ?? value;
    }
    case 'element':
      return resolver.element(binding.of, module);
    case 'entered':
      return enteredValue(binding.value, module, resolver);
    case 'parameter':
      return parameterValue(binding, resolver);
    default:
      return undefined;
  }
}

/** What the elements of the container are that a binding gives its name. */
export function bindingElement(binding: Binding, resolver: Resolver): Definition | undefined {
  if (binding.kind !== 'assigned' && binding.kind !== 'parameter') return undefined;
  const declared = binding.annotation && annotatedElement(binding.annotation, binding.module, resolver);
  if (declared || binding.kind === 'parameter') return declared;
  return binding.value && resolver.element(binding.value, binding.module);
}

function importedValue(binding: Extract<Binding, { kind: 'import' }>, resolver: Resolver): Definition | undefined {
  const { module, from, level, member } = binding;
  const source = resolver.source.imported(module, from, level);
  if (member === undefined) {
    return source ? { kind: 'module', module: source } : { kind: 'external', qualifiedName: from };
  }
  const found = source && source !== module ? resolver.exported(source, member) : undefined;
  if (found) return found;
  const submodule = resolver.source.imported(module, from ? `${from}.${member}` : member, level);
  if (submodule) return { kind: 'module', module: submodule };
  return source || level > 0 ? undefined : { kind: 'external', qualifiedName: `${from}.${member}` };
}

/** `self` and `cls`, an annotation, `Depends(get_store)`, or the type of the default. */
function parameterValue(binding: Extract<Binding, { kind: 'parameter' }>, resolver: Resolver): Definition | undefined {
  const { module, node, annotation, fallback } = binding;
  const declared = annotation && annotated(annotation, module, resolver);
  if (declared) return declared;
  const receiver = receiverOf(node, module);
  if (receiver) return receiver;
  const isDependency = fallback?.type === 'call' && /(^|\.)Depends$/.test(field(fallback, 'function')?.text ?? '');
  const provider = isDependency ? argumentsOf(fallback).positional[0] : undefined;
  const provides = provider && resolver.resolve(provider, module);
  if (provides?.kind === 'function') return resolver.returned(provides);
  const value = fallback && !isDependency ? resolver.resolve(fallback, module) : undefined;
  return value?.kind === 'instance' || value?.kind === 'external' ? value : undefined;
}

/** The first parameter of a method is the object, or the class, that it is called on. */
function receiverOf(parameter: Node, module: PythonModule): Definition | undefined {
  const method = enclosing(parameter, ['function_definition', 'lambda']);
  const owner = method?.type === 'function_definition' ? classAround(method, module) : undefined;
  if (!method || !owner || parametersOf(method)[0]?.startIndex !== parameter.startIndex) return undefined;
  const decorators = decoratorsOf(method);
  if (decorators.includes('staticmethod')) return undefined;
  const isClass = decorators.includes('classmethod') || field(method, 'name')?.text === '__new__';
  return isClass ? owner : { kind: 'instance', of: owner, module, node: parameter };
}

/** The class in whose body a function stands. */
export function classAround(method: Node, module: PythonModule): ClassDefinition | undefined {
  const outer = enclosing(method, ['function_definition', 'class_definition', 'lambda']);
  return outer?.type === 'class_definition' ? { kind: 'class', module, node: outer } : undefined;
}

/** `with Store() as store`: what `__enter__` returns, as annotated, else the object itself. */
function enteredValue(value: Node, module: PythonModule, resolver: Resolver): Definition | undefined {
  const manager = resolver.resolve(value, module);
  if (manager?.kind !== 'instance') return manager;
  for (const name of ['__aenter__', '__enter__']) {
    const method = classMember(manager.of, name, true, resolver);
    if (method?.kind === 'function') return resolver.returned(method) ?? manager;
  }
  return manager;
}
