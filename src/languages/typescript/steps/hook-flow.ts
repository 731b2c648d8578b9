import { type IfStatement, Node, SyntaxKind, type TryStatement } from 'ts-morph';
import type { Modules } from '../modules/definition.ts';
import { isInside, ownNodes, statementsOf } from '../tree/own-nodes.ts';
import { callsIn } from './calls.ts';
import { rethrows } from './exits.ts';

/** One statement of a hook, the condition of an `if` that is looked into, or the statement that listens. */
export interface Leaf {
  readonly node: Node;
  readonly role: LeafRole;
  /** The statements beside it, itself included. */
  readonly siblings: readonly Node[];
  readonly index: number;
  readonly conditional: boolean;
  /** Statements around it that are looked into, outermost first: `try` around the listen, a `try` that throws again. */
  readonly scopes: readonly Node[];
}

/** `listening`: what it awaits comes before the listen inside it: `app.listen(await freePort())`, `connect().then(() => app.listen())`. */
export type LeafRole = 'statement' | 'condition' | 'listening';

/** The statements of a hook that run at startup. */
export interface HookFlow {
  readonly startup: readonly Leaf[];
}

/** The statements that run before the node in which the server begins to listen. */
export function flowBefore(listen: Node, body: Node, modules: Modules): HookFlow {
  const startup: Leaf[] = [];
  walkTo(listen, statementsOf(body), { leaves: startup, conditional: false, scopes: [], modules });
  return { startup };
}

/** The body of a function that is called at startup: all of it. */
export function flowOf(body: Node, modules: Modules): HookFlow {
  const startup: Leaf[] = [];
  walk(statementsOf(body), { leaves: startup, conditional: false, scopes: [], modules });
  return { startup };
}

/** `yield` of the function itself. */
export function yieldsIn(node: Node): Node[] {
  return ownNodes(node, [SyntaxKind.YieldExpression]);
}

interface Walk {
  readonly leaves: Leaf[];
  readonly conditional: boolean;
  readonly scopes: readonly Node[];
  readonly modules: Modules;
}

interface Position {
  readonly node: Node;
  readonly index: number;
  readonly siblings: readonly Node[];
}

type End = 'goes-on' | 'left';

/** The statements up to the one that holds the listen, and what of that one runs before it. */
function walkTo(listen: Node, statements: readonly Node[], context: Walk): void {
  const at = statements.findIndex((node) => isInside(listen, node));
  const node = statements[at];
  walk(at < 0 ? statements : statements.slice(0, at), context, statements);
  if (node) walkInto(listen, { node, index: at, siblings: statements }, context);
}

function walkInto(listen: Node, position: Position, context: Walk): void {
  const { node } = position;
  if (Node.isBlock(node)) walkTo(listen, statementsOf(node), context);
  else if (Node.isLabeledStatement(node)) walkTo(listen, [node.getStatement()], context);
  else if (Node.isTryStatement(node)) walkIntoTry(listen, node, within(node, context));
  else if (Node.isIfStatement(node)) walkIntoIf(listen, node, position, context);
  else if (Node.isSwitchStatement(node)) {
    addLeaf({ ...position, node: node.getExpression() }, context, 'condition');
    const clause = node.getClauses().find((one) => isInside(listen, one));
    walkTo(listen, statementsOf(clause), { ...context, conditional: true });
  } else addLeaf(position, context, 'listening');
}

/** The try block runs before a listen in its `finally` or `catch`. */
function walkIntoTry(listen: Node, node: TryStatement, context: Walk): void {
  const own = node.getTryBlock();
  const holder = [node.getCatchClause()?.getBlock(), node.getFinallyBlock()].find(
    (block) => block !== undefined && isInside(listen, block),
  );
  if (holder) {
    walk(statementsOf(own), context);
    walkTo(listen, statementsOf(holder), { ...context, conditional: holder !== node.getFinallyBlock() });
  } else walkTo(listen, statementsOf(own), context);
}

/** Only the branch that listens is startup: another one is for processes that do not. */
function walkIntoIf(listen: Node, node: IfStatement, position: Position, context: Walk): void {
  addLeaf({ ...position, node: node.getExpression() }, context, 'condition');
  const branch = [node.getThenStatement(), node.getElseStatement()].find((one) => one && isInside(listen, one));
  if (branch) walkTo(listen, statementsOf(branch), { ...context, conditional: true });
}

function walk(statements: readonly Node[], context: Walk, siblings: readonly Node[] = statements): End {
  for (const [index, node] of statements.entries())
    if (walkStatement({ node, index, siblings }, context) === 'left') return 'left';
  return 'goes-on';
}

function walkStatement(position: Position, context: Walk): End {
  const { node } = position;
  if (isDeclaration(node)) return 'goes-on';
  if (Node.isBlock(node)) return walk(statementsOf(node), context);
  if (Node.isIfStatement(node)) return walkIf(position, context);
  if (isLookedInto(node, context.modules)) return walkTransparent(node, context);
  addLeaf(position, context);
  return Node.isReturnStatement(node) || Node.isThrowStatement(node) ? 'left' : 'goes-on';
}

function walkIf(position: Position, context: Walk): End {
  const { node } = position;
  if (!Node.isIfStatement(node)) return 'goes-on';
  addLeaf({ ...position, node: node.getExpression() }, context, 'condition');
  const inner = { ...context, conditional: true };
  const branch = node.getElseStatement();
  const then = walk(statementsOf(node.getThenStatement()), inner);
  const other: End = branch ? walk(statementsOf(branch), inner) : 'goes-on';
  return then === 'left' && other === 'left' ? 'left' : 'goes-on';
}

/**
 * A try whose handler only logs and throws again or ends the process is the hook's own scope: its statements are steps of their
 * own. So are a try and a loop that await nothing: their promises fail elsewhere anyway.
 */
function isLookedInto(node: Node, modules: Modules): boolean {
  if (!Node.isTryStatement(node) && !Node.isIterationStatement(node)) return false;
  const calls = callsIn(node, modules);
  if (calls.length === 0) return false;
  if (calls.every((call) => call.form === 'detached')) return true;
  if (!Node.isTryStatement(node) || node.getFinallyBlock()) return false;
  if (rethrows(node)) return calls.length > 1 && statementsOf(node.getTryBlock()).length > 1;
  return calls.some((call) => call.form === 'detached');
}

/** Handlers are left out: what they call runs after a failure only. */
function walkTransparent(node: Node, context: Walk): End {
  const inner = within(node, context);
  if (!Node.isTryStatement(node)) {
    if (Node.isIterationStatement(node)) walk(statementsOf(node.getStatement()), inner);
    return 'goes-on';
  }
  const end = walk(statementsOf(node.getTryBlock()), inner);
  const last = node.getFinallyBlock();
  const after: End = last ? walk(statementsOf(last), inner) : 'goes-on';
  return after === 'left' || (end === 'left' && rethrows(node)) ? 'left' : 'goes-on';
}

/** Imports, types and functions do nothing where they stand. */
function isDeclaration(node: Node): boolean {
  if (Node.isExportDeclaration(node) || Node.isImportDeclaration(node) || Node.isEmptyStatement(node)) return true;
  if (Node.isImportEqualsDeclaration(node) || Node.isInterfaceDeclaration(node) || Node.isTypeAliasDeclaration(node))
    return true;
  if (Node.isFunctionDeclaration(node) || Node.isClassDeclaration(node)) return true;
  return Node.isExpressionStatement(node) && Node.isStringLiteral(node.getExpression());
}

function addLeaf(position: Position, context: Walk, role: LeafRole = 'statement'): void {
  const { conditional, scopes } = context;
  context.leaves.push({ ...position, role, conditional, scopes });
}

function within(scope: Node, context: Walk): Walk {
  return { ...context, scopes: [...context.scopes, scope] };
}
