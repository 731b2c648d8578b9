import { Node, SyntaxKind } from 'ts-morph';
import type { GatherMember, StepShape } from '../../../core/index.ts';
import type { Modules } from '../modules/definition.ts';
import { rangeOf, unwrapped } from '../tree/own-nodes.ts';
import { callsIn, type FoundCall } from './calls.ts';
import { combinatorOf } from './wrappers.ts';

/**
 * What a statement without attached statements looks like. A thunk evaluates arguments when it runs, so a plain call may have any;
 * what is awaited through a wrapper or a chain, or several calls, make `statements`.
 */
export function shapeOf(statement: Node, calls: readonly FoundCall[]): StepShape {
  const [first, ...more] = calls;
  if (!first) return 'inert';
  const expression = soleExpression(statement);
  if (!expression) return 'statements';
  if (calls.every((call) => call.form === 'detached')) return first.node === expression ? 'detached' : 'statements';
  if (more.length > 0 || !Node.isAwaitExpression(expression) || first.through.length > 0) return 'statements';
  return unwrapped(expression.getExpression()) === first.call && Node.isCallExpression(first.call)
    ? 'plain-call'
    : 'statements';
}

/** The members of a `Promise.all` that stands alone and whose results nobody reads. */
export function gatherMembers(
  statement: Node,
  path: string,
  modules: Modules,
): { readonly call: FoundCall; readonly gather: GatherMember }[] {
  const members = membersOf(statement);
  const calls = members.length < 2 ? [] : callsIn(statement, modules);
  if (calls.length !== members.length || calls.length === 0) return [];
  const group = `${path}:${statement.getStart()}`;
  const whole = rangeOf(statement);
  return members.flatMap((member, index) => {
    const call = calls[index];
    const gather = { group, statement: whole, argument: rangeOf(member), splittable: true };
    return call && call.callee.getStart() >= member.getStart() && call.callee.getEnd() <= member.getEnd()
      ? [{ call, gather }]
      : [];
  });
}

/** The calls in `await Promise.all([warm(), poll()])`. */
function membersOf(statement: Node): Node[] {
  const expression = Node.isExpressionStatement(statement) ? unwrapped(statement.getExpression()) : undefined;
  const call = Node.isAwaitExpression(expression) ? unwrapped(expression.getExpression()) : undefined;
  if (!Node.isCallExpression(call) || !/^all(Settled)?$/.test(combinatorOf(call) ?? '')) return [];
  const list = call.getArguments()[0];
  const members = list && Node.isArrayLiteralExpression(list) ? list.getElements() : [];
  return members.every((member) => Node.isCallExpression(unwrapped(member))) ? members : [];
}

/** The expression of a statement that only evaluates it, or keeps it in one plain name. */
export function soleExpression(statement: Node): Node | undefined {
  if (Node.isVariableStatement(statement)) {
    const [declaration, ...more] = statement.getDeclarations();
    const value = declaration?.getInitializer();
    const isCall = value !== undefined && Node.isCallExpression(unwrapped(value));
    const isPlain = more.length === 0 && Node.isIdentifier(declaration?.getNameNode());
    return isPlain && isCall && !statement.hasModifier(SyntaxKind.ExportKeyword) ? unwrapped(value) : undefined;
  }
  return Node.isExpressionStatement(statement) ? unwrapped(statement.getExpression()) : undefined;
}
