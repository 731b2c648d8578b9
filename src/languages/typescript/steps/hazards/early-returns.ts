import { Node, SyntaxKind } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { lineOf, ownNodes, statementsOf } from '../../tree/own-nodes.ts';
import type { StepContext } from './context.ts';

/** A function that returns below the step leaves before its end, where its tasks are told what to wait for. */
export function earlyReturns({ definition, body, range }: StepContext): Hazard[] {
  if (definition.form !== 'startup-event') return [];
  const last = statementsOf(body).at(-1);
  const early = ownNodes(body, [SyntaxKind.ReturnStatement]).find(
    (one) => one !== last && Node.isReturnStatement(one) && one.getStart() >= range.end,
  );
  if (!early) return [];
  const at = { path: definition.module.path, line: lineOf(early) };
  return [{ kind: 'control-flow', what: `line ${at.line} returns before the end of the hook`, at, severity: 'never' }];
}
