import { type Identifier, Node } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { isInside, lineOf, scopeOf } from '../../tree/own-nodes.ts';
import { declarationsOf, isTarget, usesOf } from '../identifiers.ts';
import { bindingsIn, type NameUse } from '../name-uses.ts';
import type { StepContext } from './context.ts';

/** A name that the step declares or assigns, and that other code of the hook reads: it would not be there yet, or not at all. */
export function usedResults(step: StepContext): Hazard[] {
  return step.nodes.flatMap(bindingsIn).flatMap((use) => hazardFor(use, step));
}

function hazardFor(use: NameUse, step: StepContext): Hazard[] {
  const { definition, range } = step;
  const { node } = use;
  if (!Node.isIdentifier(node)) return [];
  const isDetached = step.shape === 'detached';
  // What dangles and is kept is spoken of as a tracked task.
  if (isDetached && use.isDeclared) return [];
  const never = (what: string, line?: number): Hazard[] => [
    {
      kind: 'result-is-used',
      what,
      severity: 'never',
      ...(line === undefined ? {} : { at: { path: definition.module.path, line } }),
    },
  ];
  if (use.isDeclared && isExported(node)) return never(`${use.path} is exported`);
  const outside = usesOf(node, step.body).filter((one) => one.getStart() >= range.end || one.getEnd() <= range.start);
  const reading = outside.find((one) => isReadingOf(one, node, use, step));
  return reading ? never(`${use.path} is read in line ${lineOf(reading)}`, lineOf(reading)) : [];
}

/**
 * What is declared in the step can be read nowhere else once it moves. What is only assigned in it is missing for the statements
 * that follow; functions that read it are the business of published state.
 */
function isReadingOf(one: Identifier, target: Identifier, use: NameUse, step: StepContext): boolean {
  if (isTarget(one)) return false;
  if (use.isDeclared) return true;
  return one.getStart() >= step.range.end && scopeOf(one) === scopeOf(target) && isLocal(target, step);
}

/** Declared in the hook, not in the step. */
function isLocal(name: Identifier, { body }: StepContext): boolean {
  return declarationsOf(name).some((one) => one.getSourceFile() === body.getSourceFile() && isInside(one, body));
}

function isExported(name: Identifier): boolean {
  const declaration = name.getFirstAncestor(Node.isVariableDeclaration);
  return declaration?.getVariableStatement()?.isExported() ?? false;
}
