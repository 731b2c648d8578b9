import type { Hazard } from '../../../../core/index.ts';
import { lineOf } from '../../tree/own-nodes.ts';
import type { Node } from '../../tree/parse.ts';
import { bindingsIn, readingsIn } from '../name-uses.ts';
import type { StepContext } from './context.ts';

/** Names that a local function would capture, and that have another value or none by the time it runs. */
export function capturedVariables(step: StepContext): Hazard[] {
  if (step.shape !== 'statements') return [];
  return [...reboundLater(step), ...loopVariables(step), ...bothReadAndBound(step)];
}

function reboundLater({ nodes, body, range, definition, flow }: StepContext): Hazard[] {
  const own = new Set(nodes.flatMap(bindingsIn).map((use) => use.path));
  const reads = new Set(nodes.flatMap(readingsIn).map((use) => use.path.split('.')[0] ?? use.path));
  // Tasks have ended before the shutdown part begins, and importing a name again gives the same object.
  const later = flow.startup
    .filter((leaf) => leaf.node.startIndex >= range.end && !leaf.node.type.startsWith('import'))
    .flatMap((leaf) => bindingsIn(leaf.node))
    .find((use) => reads.has(use.path) && !own.has(use.path) && !use.isPart);
  if (!later) return [];
  const line = body.descendantForIndex(later.start)?.startPosition.row ?? 0;
  const at = { path: definition.module.path, line: line + 1 };
  return [
    {
      kind: 'captured-variable',
      what: `${later.path} has another value from line ${at.line} on`,
      at,
      severity: 'unsafe',
    },
  ];
}

/** A loop or handler around the step gives its variable a value for one turn only. */
function loopVariables({ leaf, nodes, definition }: StepContext): Hazard[] {
  const reads = new Set(nodes.flatMap(readingsIn).map((use) => use.path.split('.')[0] ?? use.path));
  return leaf.scopes
    .filter((scope) => scope.type === 'for_statement')
    .flatMap((scope) => {
      const left = scope.childForFieldName('left');
      const name = left?.text.split(/[\s,()]+/).find((one) => reads.has(one));
      const at = { path: definition.module.path, line: lineOf(scope) };
      return name
        ? [
            {
              kind: 'captured-variable',
              what: `${name} changes with every turn of the loop in line ${at.line}`,
              at,
              severity: 'never',
            } as const,
          ]
        : [];
    });
}

/** `count += await poll()`: assigned in a function of its own, the name would be another one. */
function bothReadAndBound({ nodes, body, range, declared }: StepContext): Hazard[] {
  const before = new Set(
    bindingsIn(body)
      .filter((use) => use.start < range.start)
      .map((use) => use.path),
  );
  const bound = nodes
    .flatMap(bindingsIn)
    .filter((use) => !use.path.includes('.') && !declared.has(use.path) && before.has(use.path));
  const reads = nodes.flatMap(readingsIn);
  const name = bound.find(
    (use) =>
      reads.some((read) => read.path.split('.')[0] === use.path && read.start <= use.start) ||
      isAugmented(use.start, body),
  );
  return name
    ? [{ kind: 'captured-variable', what: `${name.path} is read and assigned in it`, severity: 'never' }]
    : [];
}

function isAugmented(start: number, body: Node): boolean {
  const parent = body.descendantForIndex(start)?.parent;
  return parent?.type === 'augmented_assignment' || parent?.type === 'delete_statement';
}
