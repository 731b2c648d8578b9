import type { Hazard } from '../../../../core/index.ts';
import type { Serving } from '../../modules/definition.ts';
import { childrenOf, lineOf, ownNodes, statementsOf } from '../../tree/own-nodes.ts';
import type { Node } from '../../tree/parse.ts';
import { lastName } from '../../tree/shapes.ts';
import { named } from '../../tree/tree.ts';
import type { StepContext } from './context.ts';

/** In a program that runs its server itself, a task begins where that waits: perhaps too early, too late, or never. */
export function lateListen({ definition, found, nodes, body }: StepContext): Hazard[] {
  const { serving } = definition;
  const last = nodes.at(-1);
  if (!serving || serving.waits.length === 0 || !last) return [];
  const isDetached = found.every(({ form }) => form === 'detached');
  const early = serving.delay === undefined || isDetached ? undefined : `it could run too early: ${serving.delay}`;
  return [early, tooLate(body, serving), neverBegun(last, body, serving)].flatMap((what) =>
    what === undefined ? [] : [{ kind: 'order', what, severity: 'unsafe' } as const],
  );
}

/** What is awaited between listening and the place where the tasks begin may go on for ever. */
function tooLate(body: Node, { listens, waits }: Serving): string | undefined {
  const from = Math.max(...listens.map(({ endIndex }) => endIndex));
  const until = Math.min(...waits.map(({ startIndex }) => startIndex));
  const between = ownNodes(body, ['await']).find(({ startIndex, endIndex }) => startIndex >= from && endIndex <= until);
  const call = between && named(between)[0]?.childForFieldName('function');
  return between && `it would begin only after ${call?.text ?? 'the await'} at line ${lineOf(between)}`;
}

/** There is a way from the step to the end of the program on which it does not come to serve. */
function neverBegun(step: Node, body: Node, { waits }: Serving): string | undefined {
  const until = Math.min(...waits.map(({ startIndex }) => startIndex));
  const out = ownNodes(body, ['return_statement', 'call']).find(
    (node) => node.startIndex >= step.endIndex && node.endIndex <= until && leavesProgram(node),
  );
  if (out) return `a run that ends at line ${lineOf(out)} would never begin it`;
  for (let block = step.parent; block && block.startIndex >= body.startIndex; block = block.parent) {
    const later = childrenOf(block).filter(({ startIndex }) => startIndex >= step.endIndex);
    if (later.some((statement) => alwaysWaits(statement, waits))) return undefined;
  }
  return `a run that does not come to line ${lineOf(waits[0] ?? body)} would never begin it`;
}

function leavesProgram(node: Node): boolean {
  return node.type === 'return_statement' || /^_?exit$/.test(lastName(node.childForFieldName('function')) ?? '');
}

function alwaysWaits(node: Node, waits: readonly Node[]): boolean {
  if (waits.some(({ id }) => id === node.id)) return true;
  if (!waits.some((wait) => wait.startIndex >= node.startIndex && wait.endIndex <= node.endIndex)) return false;
  if (node.type === 'if_statement') return branchesOf(node).every((block) => holdsWait(block, waits));
  if (/^(try|with)_statement$/.test(node.type)) return holdsWait(node.childForFieldName('body'), waits);
  return /^(expression_statement|return_statement)$/.test(node.type);
}

function holdsWait(block: Node | null | undefined, waits: readonly Node[]): boolean {
  return statementsOf(block).some((statement) => alwaysWaits(statement, waits));
}

/** The blocks of an `if`, and nothing for an `else` that is missing. */
function branchesOf(node: Node): readonly (Node | null)[] {
  const others = childrenOf(node).filter(({ type }) => type === 'elif_clause' || type === 'else_clause');
  const blocks = others.map((clause) => clause.childForFieldName('consequence') ?? clause.childForFieldName('body'));
  const hasElse = others.some(({ type }) => type === 'else_clause');
  return [node.childForFieldName('consequence'), ...blocks, ...(hasElse ? [] : [null])];
}
