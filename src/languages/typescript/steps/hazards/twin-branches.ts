import { Node } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { isInside, lineOf } from '../../tree/own-nodes.ts';
import { callsIn } from '../calls.ts';
import type { StepContext } from './context.ts';

/** `if (secure) { await warm(); listenSecurely(); } else { await warm(); listen(); }`: both move, or neither does. */
export function twinBranches({ found, definition, modules }: StepContext): Hazard[] {
  const { listen } = definition;
  if (!listen) return [];
  for (const call of found) {
    const twin = otherBranches(call.node, listen)
      .flatMap((branch) => callsIn(branch, modules))
      .find(({ callee, form }) => form !== 'detached' && callee.getText() === call.callee.getText());
    if (!twin) continue;
    const at = { path: definition.module.path, line: lineOf(twin.node) };
    const what = `line ${at.line} waits for it too, in the branch that listens otherwise`;
    return [{ kind: 'control-flow', what, at, severity: 'unsafe' }];
  }
  return [];
}

/** What runs instead of the branches in which the call and the listen stand. */
function otherBranches(call: Node, listen: Node): readonly Node[] {
  return call.getAncestors().flatMap((outer) => {
    if (!Node.isIfStatement(outer) || !isInside(listen, outer)) return [];
    const branches = [outer.getThenStatement(), outer.getElseStatement()].filter((one) => one !== undefined);
    return branches.some((one) => isInside(call, one)) ? branches.filter((one) => !isInside(call, one)) : [];
  });
}
