import { type Identifier, Node, SyntaxKind } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { isInside, lineOf, scopeOf } from '../../tree/own-nodes.ts';
import { declarationsOf, isTarget, usesOf } from '../identifiers.ts';
import { bindingsIn, type NameUse } from '../name-uses.ts';
import type { StepContext } from './context.ts';

/** A name that the step declares or assigns, and that other code of the hook reads: it would not be there yet, or not at all. */
export function usedResults(step: StepContext): Hazard[] {
  const uses = step.nodes.flatMap(bindingsIn);
  return [...uses.flatMap((use) => hazardFor(use, step)), ...uses.flatMap((use) => partHazard(use, step))];
}

/** `admin.user = await createUser()` with `save(admin)` below: the object is handed on without what the step puts into it. */
function partHazard({ path, node }: NameUse, step: StepContext): Hazard[] {
  const root = Node.isPropertyAccessExpression(node) ? rootIdentifier(node) : undefined;
  if (!root || isApp(root, step) || !isLocal(root, step)) return [];
  const reading = usesOf(root, step.body).find((one) => {
    const parent = one.getParent();
    const isMember = Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent);
    return one.getStart() >= step.range.end && !isMember && !isTarget(one);
  });
  if (!reading) return [];
  const at = { path: step.definition.module.path, line: lineOf(reading) };
  const what = `${path} belongs to ${root.getText()}, which is handed on in line ${at.line}`;
  return [{ kind: 'result-is-used', what, at, severity: 'never' }];
}

function rootIdentifier(node: Node): Identifier | undefined {
  const root = node.getDescendantsOfKind(SyntaxKind.Identifier)[0];
  return root && root.getStart() === node.getStart() ? root : undefined;
}

/** What listens is handed on in any case: what hangs on it is state that handlers read. */
function isApp(root: Identifier, { definition }: StepContext): boolean {
  const name = root.getText();
  return name === definition.app || name === definition.server || /^(app|server|fastify|router|io|api)$/i.test(name);
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
