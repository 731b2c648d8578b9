import type { PythonProject } from '../hooks/framework.ts';
import type { Node } from '../tree/parse.ts';
import { descendants, enclosing, lastName, objectOf } from '../tree/shapes.ts';
import { keyOf } from '../tree/tree.ts';
import { type Binding, type Scope, scopeOf } from './bindings.ts';
import type { Expression } from './call-sites.ts';
import type { PythonModule } from './definition.ts';

/** A chain of names that is longer than this is given up. */
const LONGEST = 6;

const scopes = new WeakMap<PythonModule, Map<string, Scope>>();

/** The expressions that a name or attribute is assigned, through imports and `self`, likeliest first. */
export function originsOf(node: Node, module: PythonModule, project: PythonProject, depth = 0): readonly Expression[] {
  if (depth > LONGEST) return [];
  if (node.type === 'attribute') return attributeOrigins(node, module, project, depth);
  if (node.type !== 'identifier') return [];
  return bindingsAt(node, module).flatMap((binding) => bindingOrigins(binding, module, project, depth));
}

function attributeOrigins(
  node: Node,
  module: PythonModule,
  project: PythonProject,
  depth: number,
): readonly Expression[] {
  const object = objectOf(node);
  const name = lastName(node);
  if (!object || !name) return [];
  if (object.text === 'self') return assignedInClass(enclosing(node, 'class_definition'), name, module);
  const of = project.modules.resolve(object, module);
  if (of?.kind === 'instance') return assignedInClass(of.of.node, name, of.of.module);
  return of?.kind === 'module' ? moduleOrigins(of.module, name, project, depth) : [];
}

function assignedInClass(owner: Node | undefined, name: string, module: PythonModule): readonly Expression[] {
  if (!owner) return [];
  return descendants(owner, 'assignment').flatMap((assignment) => {
    const value = assignment.childForFieldName('right');
    return value && assignment.childForFieldName('left')?.text === `self.${name}` ? [{ node: value, module }] : [];
  });
}

function moduleOrigins(
  module: PythonModule,
  name: string,
  project: PythonProject,
  depth: number,
): readonly Expression[] {
  const bindings = scopeAt(module.root, module).names.get(name) ?? [];
  return bindings.flatMap((binding) => bindingOrigins(binding, module, project, depth));
}

function bindingOrigins(
  binding: Binding,
  module: PythonModule,
  project: PythonProject,
  depth: number,
): readonly Expression[] {
  if (binding.kind === 'assigned') return binding.value ? [{ node: binding.value, module: binding.module }] : [];
  if (binding.kind !== 'import' || binding.member === undefined || depth > LONGEST) return [];
  const source = project.modules.imported(module, binding.from, binding.level);
  return source && source !== module ? moduleOrigins(source, binding.member, project, depth + 1) : [];
}

/** Bindings in the innermost scope that has any. In a function the last one before the name comes first. */
function bindingsAt(name: Node, module: PythonModule): readonly Binding[] {
  let isInnermost = true;
  for (let at = enclosing(name, ...SCOPES); at; at = enclosing(at, ...SCOPES)) {
    const isVisible = at.type !== 'class_definition' || isInnermost;
    const found = isVisible ? scopeAt(at, module).names.get(name.text) : undefined;
    if (found && at.type === 'module') return found;
    if (found)
      return found.toSorted(
        (a, b) =>
          Number(b.node.endIndex <= name.startIndex) - Number(a.node.endIndex <= name.startIndex) ||
          b.node.startIndex - a.node.startIndex,
      );
    isInnermost = false;
  }
  return [];
}

function scopeAt(node: Node, module: PythonModule): Scope {
  const known = scopes.get(module) ?? new Map<string, Scope>();
  scopes.set(module, known);
  const key = keyOf(module, node);
  const scope = known.get(key) ?? scopeOf(node, module);
  known.set(key, scope);
  return scope;
}

const SCOPES = ['function_definition', 'lambda', 'class_definition', 'module'];
