import { lineage } from '../modules/classes.ts';
import type { Definition } from '../modules/definition.ts';
import type { FunctionDefinition, Resolver } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { field, nameOf, ownNodes } from '../tree/tree.ts';
import { endsInError } from './coping.ts';

/** The object that is read comes from a getter that makes it when it is absent, or whose class does. */
export function lazyGetter(access: Node, of: FunctionDefinition, resolver: Resolver): FunctionDefinition | undefined {
  const whole = access.parent?.type === 'attribute' ? access.parent : undefined;
  const object = whole && field(whole, 'object');
  const call = object && callBehind(object, of, resolver);
  const callee = call && field(call, 'function');
  const getter = callee && resolver.resolve(callee, of.module);
  return getter?.kind === 'function' && isLazy(getter, resolver) ? getter : undefined;
}

/** `store` of `store = get_store()`, or of a parameter `store=Depends(get_store)`, gives that call. */
function callBehind(object: Node, of: FunctionDefinition, resolver: Resolver): Node | undefined {
  if (object.type === 'call') return object;
  if (object.type !== 'identifier') return undefined;
  const binding = resolver.bindingsOf(object.text, object, of.module)[0];
  return binding?.kind === 'assigned' && binding.value?.type === 'call' ? binding.value : undefined;
}

function isLazy(getter: FunctionDefinition, resolver: Resolver): boolean {
  if (makesWhenAbsent(getter.node)) return true;
  const given: Definition | undefined = resolver.returned(getter);
  if (given?.kind !== 'instance') return false;
  const constructors = lineage(given.of, resolver).flatMap((owner) => ownNodes(owner.node));
  return constructors.some(
    (node) => node.type === 'function_definition' && nameOf(node) === '__new__' && makesWhenAbsent(node),
  );
}

/** `if _store is None: _store = Store()`. */
function makesWhenAbsent(definition: Node): boolean {
  const body = field(definition, 'body');
  return (body ? ownNodes(body) : []).some((node) => {
    const condition = node.type === 'if_statement' ? field(node, 'condition') : undefined;
    const isAbsence = condition !== undefined && /\bis None\b|^not\s|\bnot in\b|hasattr/.test(condition.text);
    return isAbsence && ownNodes(node).some((inner) => inner.type === 'assignment');
  });
}

/** `pool = get_pool()`, or `pool=Depends(get_pool)`, with `if pool is None` after it that does not end in an error. */
export function resultIsChecked(callee: Node, reader: Node): string | undefined {
  const name = nameOfResult(callee);
  if (!name) return undefined;
  const isCheck = ownNodes(reader).some((node) => {
    const condition = node.type === 'if_statement' ? field(node, 'condition') : undefined;
    if (!condition || node.startIndex < callee.endIndex || endsInError(node)) return false;
    return [condition, ...ownNodes(condition)].some((part) => part.text === name);
  });
  return isCheck ? 'a None check' : undefined;
}

function nameOfResult(callee: Node): string | undefined {
  for (let at = callee.parent; at; at = at.parent) {
    if (at.type === 'assignment') return field(at, 'left')?.text;
    if (/^(typed_)?default_parameter$/.test(at.type)) return field(at, 'name')?.text;
    if (!/^(call|await|attribute|argument_list|parenthesized_expression)$/.test(at.type)) return undefined;
  }
  return undefined;
}
