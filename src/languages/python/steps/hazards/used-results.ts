import type { Hazard } from '../../../../core/index.ts';
import { lineOf } from '../../tree/own-nodes.ts';
import type { Node } from '../../tree/parse.ts';
import { identifiersNamed } from '../identifiers.ts';
import { bindingsIn } from '../name-uses.ts';
import type { StepContext } from './context.ts';

/** A local name that the step binds and other code of the hook reads: in a task of its own it would stay unbound there. */
export function usedResults(step: StepContext): Hazard[] {
  const { nodes, declared, definition, found } = step;
  if (found.every((call) => call.form === 'detached') && step.shape === 'detached') return [];
  const names = new Set(nodes.flatMap(bindingsIn).flatMap((use) => (use.isPart ? [] : [use.path])));
  return [...names]
    .filter((name) => !name.includes('.') && !declared.has(name))
    .flatMap((name) => {
      const use = usesOutside(name, step)[0];
      if (!use) return [];
      const line = lineOf(use);
      const at = { path: definition.module.path, line };
      return [{ kind: 'result-is-used', what: `${name} is read in line ${line}`, at, severity: 'never' } as const];
    });
}

/** Reads of a name after the step, or in functions defined before it, that no other binding answers. */
function usesOutside(name: string, { body, range }: StepContext): Node[] {
  const outside = identifiersNamed(body, name).filter(
    (use) => use.startIndex >= range.end || use.startIndex < range.start,
  );
  const bindings = bindingPositions(body, name).filter((at) => at.startIndex >= range.end);
  return outside.filter((use) => {
    if (bindings.some((binding) => binding.startIndex === use.startIndex)) return false;
    if (use.startIndex < range.start) return isInNestedFunction(use, body) && !isBoundInside(use, body, name);
    return !bindings.some((binding) => answers(binding, use));
  });
}

/** A binding before the use, in a block that the use stands in as well. */
function answers(binding: Node, use: Node): boolean {
  if (binding.startIndex > use.startIndex) return false;
  const block = enclosingBlock(binding);
  return block !== undefined && use.startIndex < block.endIndex && use.startIndex >= block.startIndex;
}

function bindingPositions(body: Node, name: string): Node[] {
  return bindingsIn(body)
    .filter((use) => use.path === name)
    .flatMap((use) => body.descendantForIndex(use.start) ?? []);
}

function enclosingBlock(node: Node): Node | undefined {
  for (let outer = node.parent; outer; outer = outer.parent)
    if (outer.type === 'block' || outer.type === 'module') return outer;
  return undefined;
}

function nestedFunctionAround(use: Node, body: Node): Node | undefined {
  for (let outer = use.parent; outer && outer.id !== body.id; outer = outer.parent)
    if (outer.type === 'function_definition' || outer.type === 'lambda') return outer;
  return undefined;
}

function isInNestedFunction(use: Node, body: Node): boolean {
  return nestedFunctionAround(use, body) !== undefined;
}

function isBoundInside(use: Node, body: Node, name: string): boolean {
  const nested = nestedFunctionAround(use, body);
  const inner = nested?.childForFieldName('body');
  const parameters = nested?.childForFieldName('parameters');
  const bound = inner ? bindingsIn(inner).some((binding) => binding.path === name) : false;
  return bound || (parameters ? identifiersNamed(parameters, name).length > 0 : false);
}
