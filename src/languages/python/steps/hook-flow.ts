import type { Serving } from '../modules/definition.ts';
import { holdsSeveralStops } from '../shutdown/several-stops.ts';
import { childOfType, childrenOf, ownNodes, statementsOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { callsIn } from './calls.ts';

/** One statement of a hook, the condition of an `if` that is looked into, or what an `async with` around the `yield` enters. */
export interface Leaf {
  readonly node: Node;
  readonly role: LeafRole;
  /** The statements beside it, itself included. */
  readonly siblings: readonly Node[];
  readonly index: number;
  readonly conditional: boolean;
  /** Statements around it that are looked into, outermost first: `with` and `try` around the `yield`, a `try` that re-raises. */
  readonly scopes: readonly Node[];
}

export type LeafRole = 'statement' | 'condition' | 'scope';

/** The statements before and after the point at which a hook lets the app serve. */
export interface HookFlow {
  readonly startup: readonly Leaf[];
  readonly shutdown: readonly Leaf[];
}

/** Splits the body of a lifespan at its `yield`s; an early `if testing: yield; return` does not end startup. */
export function flowOf(body: Node, points: readonly Node[] = yieldsIn(body)): HookFlow {
  const flow: MutableFlow = { startup: [], shutdown: [] };
  walk(withoutDocstring(body), { phase: 'startup', conditional: false, scopes: [], flow, points });
  return flow;
}

/** A program that runs its server itself: startup ends where it begins to listen, and shutdown begins where it has served. */
export function programFlow(body: Node, { listens, waits }: Serving): HookFlow {
  if (listens.length === 0) return handlerFlow(body, 'startup');
  const { startup, shutdown } = flowOf(body, listens);
  const served = waits.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...waits.map(({ endIndex }) => endIndex));
  return { startup, shutdown: shutdown.filter(({ node }) => node.startIndex >= served) };
}

/** The body of an event handler: all of it belongs to one phase. */
export function handlerFlow(body: Node, phase: Phase): HookFlow {
  const flow: MutableFlow = { startup: [], shutdown: [] };
  walk(withoutDocstring(body), { phase, conditional: false, scopes: [], flow, points: yieldsIn(body) });
  return flow;
}

/** A docstring does nothing. */
function withoutDocstring(body: Node): Node[] {
  const [first, ...rest] = statementsOf(body);
  return first && isDocstring(first) ? rest : statementsOf(body);
}

/** A statement that is nothing but a string. */
export function isDocstring(statement: Node): boolean {
  return (
    statement.type === 'expression_statement' && /^(concatenated_)?string$/.test(statement.namedChildren[0]?.type ?? '')
  );
}

/** The `yield`s of the hook itself. */
export function yieldsIn(node: Node): Node[] {
  return ownNodes(node, ['yield']);
}

/** The statement that a node stands in. */
export function statementAround(node: Node): Node {
  let current = node;
  while (current.parent && current.parent.type !== 'block' && current.parent.type !== 'module')
    current = current.parent;
  return current;
}

/** Every handler of the try ends by raising or leaving the process. */
export function reraises(tryStatement: Node): boolean {
  const handlers = handlersOf(tryStatement);
  return handlers.length > 0 && handlers.every(endsByRaising);
}

/** The except clauses of a try. */
export function handlersOf(tryStatement: Node): Node[] {
  return childrenOf(tryStatement).filter(
    (child) => child.type === 'except_clause' || child.type === 'except_group_clause',
  );
}

type Phase = 'startup' | 'shutdown';
/** How a list of statements ends: still starting up, after a `yield`, or the hook has been left. */
type End = Phase | 'left';

interface MutableFlow {
  readonly startup: Leaf[];
  readonly shutdown: Leaf[];
}

interface Walk {
  readonly phase: Phase;
  readonly conditional: boolean;
  readonly scopes: readonly Node[];
  readonly flow: MutableFlow;
  /** Where the hook lets the app serve: its `yield`s, or what a program listens with. */
  readonly points: readonly Node[];
}

function walk(statements: readonly Node[], context: Walk): End {
  let phase = context.phase;
  for (const [index, node] of statements.entries()) {
    const end = walkStatement({ node, index, siblings: statements }, { ...context, phase });
    if (end === 'left') return 'left';
    phase = end;
  }
  return phase;
}

interface Position {
  readonly node: Node;
  readonly index: number;
  readonly siblings: readonly Node[];
}

function walkStatement(position: Position, context: Walk): End {
  const { node } = position;
  if (node.type === 'if_statement' && (context.phase === 'startup' || holdsSeveralStops(node))) {
    return walkIf(position, context);
  }
  if (holdsPoint(node, context)) return walkAroundYield(position, context);
  if (context.phase === 'startup' && isLookedInto(node)) return walkTransparent(node, context);
  addLeaf(position, context);
  return leaves(node) ? 'left' : context.phase;
}

function holdsPoint(node: Node, { points }: Walk): boolean {
  return points.some(({ startIndex, endIndex }) => startIndex >= node.startIndex && endIndex <= node.endIndex);
}

function walkAroundYield(position: Position, context: Walk): End {
  const { node } = position;
  if (node.type === 'with_statement') return walkScope(position, context);
  if (node.type === 'try_statement') return walkTry(node, context);
  if (node.type === 'if_statement') return walkIf(position, context);
  if (node.type === 'for_statement' || node.type === 'while_statement')
    return walkBlocks([node.childForFieldName('body')], within(node, context));
  return 'shutdown';
}

/** What an `async with` around the `yield` enters is awaited before the app serves, and never moves. */
function walkScope(position: Position, context: Walk): End {
  const { node } = position;
  const clause = childOfType(node, 'with_clause');
  // `async with await asyncio.start_server(…) as server:` listens before its block begins.
  if (clause && holdsPoint(clause, context)) return 'shutdown';
  if (clause && context.phase === 'startup') addLeaf({ ...position, node: clause }, context, 'scope');
  return walkBlocks([node.childForFieldName('body')], within(node, context));
}

function walkBlocks(blocks: readonly (Node | null | undefined)[], context: Walk): End {
  let phase: End = context.phase;
  for (const block of blocks) if (phase !== 'left') phase = walk(statementsOf(block), { ...context, phase });
  return phase;
}

/** The handlers around a `yield` run on failure only: they are neither startup nor shutdown. */
function walkTry(node: Node, context: Walk): End {
  const inner = within(node, context);
  const elseClause = childOfType(node, 'else_clause');
  const end = walkBlocks([node.childForFieldName('body'), elseClause?.childForFieldName('body')], inner);
  const last = childOfType(node, 'finally_clause');
  const finallyBlock = last ? childOfType(last, 'block') : undefined;
  if (!finallyBlock) return end;
  const after = walk(statementsOf(finallyBlock), { ...inner, phase: 'shutdown' });
  return after === 'left' ? 'left' : end;
}

function walkIf(position: Position, context: Walk): End {
  const { node } = position;
  const branches = [
    node,
    ...childrenOf(node).filter((child) => child.type === 'elif_clause' || child.type === 'else_clause'),
  ];
  const isLast = holdsPoint(node, context) && !pointFollows(node, context);
  const ends = branches.map((branch) => {
    // `if serving: … listen() else: await run_once()`: nothing ever listens on the other way.
    if (isLast && !branchHoldsPoint(branch, context)) return context.phase;
    const condition = branch.childForFieldName('condition');
    if (condition && context.phase === 'startup') addLeaf({ ...position, node: condition }, context, 'condition');
    const block = branch.childForFieldName('consequence') ?? branch.childForFieldName('body');
    return walk(statementsOf(block), { ...context, conditional: true });
  });
  if (!branches.some((branch) => branch.type === 'else_clause')) ends.push(context.phase);
  return endOfBranches(ends, pointFollows(node, context));
}

function branchHoldsPoint(branch: Node, context: Walk): boolean {
  const block = branch.childForFieldName('consequence') ?? branch.childForFieldName('body');
  return block !== null && holdsPoint(block, context);
}

/** Branches that end in different phases: what follows is startup as long as a point is still to come. */
function endOfBranches(ends: readonly End[], moreToCome: boolean): End {
  const staying = ends.filter((end) => end !== 'left');
  if (staying.length === 0) return 'left';
  if (staying.every((end) => end === 'shutdown')) return 'shutdown';
  if (staying.every((end) => end === 'startup')) return 'startup';
  return moreToCome ? 'startup' : 'shutdown';
}

function pointFollows(node: Node, { points }: Walk): boolean {
  return points.some((other) => other.startIndex >= node.endIndex);
}

/**
 * A try whose handlers only log and raise again is the hook's own scope: its statements are steps of their own.
 * So are a try and a loop that await nothing: their tasks fail elsewhere anyway.
 */
function isLookedInto(node: Node): boolean {
  if (!/^(try|for|while)_statement$/.test(node.type)) return false;
  const calls = callsIn(node);
  if (calls.length === 0) return false;
  if (calls.every((call) => call.form === 'detached')) return true;
  if (node.type !== 'try_statement' || childOfType(node, 'finally_clause')) return false;
  if (reraises(node))
    return ownNodes(node.childForFieldName('body') ?? node, ['expression_statement']).length > 1 && calls.length > 1;
  return calls.some((call) => call.form === 'detached' && !call.group);
}

/** Handlers are left out: what they call runs after a failure only. */
function walkTransparent(node: Node, context: Walk): End {
  const inner = within(node, context);
  if (node.type !== 'try_statement') {
    walkBlocks([node.childForFieldName('body'), childOfType(node, 'else_clause')?.childForFieldName('body')], inner);
    return context.phase;
  }
  const last = childOfType(node, 'finally_clause');
  const elseClause = childOfType(node, 'else_clause');
  const blocks = [
    node.childForFieldName('body'),
    elseClause?.childForFieldName('body'),
    last && childOfType(last, 'block'),
  ];
  const end = walkBlocks(blocks, inner);
  return end === 'left' && reraises(node) ? 'left' : context.phase;
}

function addLeaf(position: Position, context: Walk, role: LeafRole = 'statement'): void {
  context.flow[context.phase].push({
    ...position,
    role,
    conditional: context.conditional,
    scopes: context.scopes,
  });
}

function within(scope: Node, context: Walk): Walk {
  return { ...context, scopes: [...context.scopes, scope] };
}

function leaves(node: Node): boolean {
  return node.type === 'return_statement' || node.type === 'raise_statement';
}

/** The handler raises again or leaves the process as its last act. */
export function endsByRaising(clause: Node): boolean {
  const last = statementsOf(childOfType(clause, 'block')).at(-1);
  return last !== undefined && (last.type === 'raise_statement' || isExit(last));
}

/** `sys.exit(1)`, `os._exit(1)`, `exit()`. */
export function isExit(node: Node): boolean {
  return /^(sys\.exit|os\._exit|os\.abort|exit|quit)\s*\(|^os\.kill\s*\(/.test(node.text);
}
