import { Node, SyntaxKind } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { ownNodes } from '../../tree/own-nodes.ts';
import type { StepContext } from './context.ts';

/**
 * What means something else, or nothing, in a function of its own. `this`, `super` and `arguments` are not among it: a thunk is
 * an arrow function, which has those of the hook.
 */
export function unsupportedSyntax({ leaf, nodes, found }: StepContext): Hazard[] {
  if (leaf.role !== 'statement') return [];
  const never = (what: string): Hazard => ({ kind: 'unsupported-syntax', what, severity: 'never' });
  const hazards: Hazard[] = [];
  if (nodes.some((node) => ownNodes(node, [SyntaxKind.YieldExpression]).length > 0)) hazards.push(never('it yields'));
  if (nodes.some(callsEval)) hazards.push(never('it uses eval()'));
  if (found.some((call) => call.isValue && call.form !== 'detached'))
    hazards.push(never('it awaits a value that was made before'));
  return hazards;
}

function callsEval(node: Node): boolean {
  return ownNodes(node, [SyntaxKind.CallExpression]).some(
    (call) => Node.isCallExpression(call) && call.getExpression().getText() === 'eval',
  );
}
