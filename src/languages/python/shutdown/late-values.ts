import type { ClassDefinition, PythonModule } from '../modules/definition.ts';
import { dottedName } from '../tree/dotted-name.ts';
import { ownNodes, statementsOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';

/** A value that is missing or None until something is started: `self._task = None`, a global that is None at first. */
export function isSetLate(path: string, module: PythonModule, owner: ClassDefinition | undefined): boolean {
  const parts = path.split('.');
  if (parts.length === 2 && (parts[0] === 'self' || parts[0] === 'cls') && owner)
    return isLateAttribute(parts[1] ?? '', owner);
  return parts.length === 1 && isNone(lastValueAt(module.root, path));
}

function isLateAttribute(name: string, { node }: ClassDefinition): boolean {
  const body = node.childForFieldName('body');
  if (!body) return false;
  const inClass = lastValueAt(body, name);
  if (inClass && !isNone(inClass)) return false;
  const methods = ownNodes(body, ['function_definition']);
  const made = methods.find((method) => method.childForFieldName('name')?.text === '__init__');
  const inConstructor = made ? valuesOf(made, name) : [];
  if (inConstructor.length > 0) return inConstructor.every(isNone);
  if (methods.some((method) => method.childForFieldName('name')?.text === name)) return false;
  return inClass !== undefined || methods.some((method) => method.id !== made?.id && valuesOf(method, name).length > 0);
}

/** Values that a method assigns to an attribute of its own object. */
function valuesOf(method: Node, name: string): Node[] {
  const body = method.childForFieldName('body');
  return (body ? ownNodes(body, ['assignment']) : []).flatMap((assignment) => {
    const value = assignment.childForFieldName('right');
    return dottedName(assignment.childForFieldName('left')) === `self.${name}` && value ? [value] : [];
  });
}

function lastValueAt(block: Node, name: string): Node | undefined {
  const values = statementsOf(block).flatMap((statement) => {
    const assignment = statement.type === 'expression_statement' ? statement.namedChildren[0] : undefined;
    const value = assignment?.type === 'assignment' ? assignment.childForFieldName('right') : null;
    return value && assignment?.childForFieldName('left')?.text === name ? [value] : [];
  });
  return values.at(-1);
}

function isNone(value: Node | undefined): boolean {
  return value?.type === 'none';
}
