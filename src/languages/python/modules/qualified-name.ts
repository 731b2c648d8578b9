import type { Node } from '../tree/parse.ts';
import { enclosing, field, nameOf } from '../tree/tree.ts';
import type { Definition, PythonModule } from './definition.ts';

/** `src.core.db.init_db`, `src.workers.WorkerManager.start`; for an instance the name of its class. */
export function qualifiedName(definition: Definition): string {
  switch (definition.kind) {
    case 'external':
      return definition.qualifiedName;
    case 'module':
      return definition.module.name;
    case 'instance':
      return qualifiedName(definition.of);
    case 'class':
      return joined(definition.module, outerNames(definition.node));
    case 'function':
      return definition.owner
        ? `${qualifiedName(definition.owner)}.${nameOf(definition.node)}`
        : joined(definition.module, outerNames(definition.node));
    case 'value':
      return joined(definition.module, [assignedName(definition.node) ?? definition.node.text.slice(0, 40)]);
  }
}

function joined(module: PythonModule, names: readonly string[]): string {
  return [module.name, ...names].filter((name) => name !== '').join('.');
}

/** The names of a definition and of those around it, outermost first. */
function outerNames(node: Node): readonly string[] {
  const outer = enclosing(node, ['function_definition', 'class_definition']);
  return [...(outer ? outerNames(outer) : []), nameOf(node)];
}

function assignedName(value: Node): string | undefined {
  const assignment = value.parent?.type === 'assignment' ? value.parent : undefined;
  return assignment && field(assignment, 'left')?.text;
}
