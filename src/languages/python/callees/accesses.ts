import type { Node } from '../tree/parse.ts';
import { field } from '../tree/tree.ts';
import { targetsOf } from './filled-state.ts';

/** The expression that an identifier names: `self.index` for its `index`; `undefined` where it is no expression. */
export function wholeAccess(node: Node): Node | undefined {
  const outer = node.parent;
  if (!outer) return undefined;
  if (outer.type === 'attribute') return field(outer, 'attribute')?.id === node.id ? outer : node;
  if (
    /^(keyword_argument|function_definition|class_definition|default_parameter|typed_default_parameter)$/.test(
      outer.type,
    )
  ) {
    return field(outer, 'name')?.id === node.id ? undefined : node;
  }
  const isDeclaration =
    /^(parameters|lambda_parameters|typed_parameter|global_statement|nonlocal_statement|aliased_import)$/;
  return isDeclaration.test(outer.type) || outer.type === 'dotted_name' ? undefined : node;
}

/** The access is assigned to, deleted, or changed as a container: that is no read. */
export function isWritten(access: Node): boolean {
  const outer = access.parent;
  if (!outer) return false;
  if (outer.type === 'delete_statement') return true;
  if (outer.type === 'subscript') return field(outer, 'value')?.id === access.id && isWritten(outer);
  if (/^(pattern_list|tuple_pattern|list_pattern)$/.test(outer.type)) return true;
  if (outer.type === 'assignment') return field(outer, 'left')?.id === access.id;
  const call = outer.type === 'attribute' ? outer.parent : undefined;
  return call?.type === 'call' && targetsOf(call).some((target) => target.id === access.id);
}
