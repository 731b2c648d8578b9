import { type CallExpression, type IfStatement, Node, SyntaxKind, type TryStatement } from 'ts-morph';
import type { TextRange } from '../../../core/index.ts';
import { onlyLogs } from '../steps/failure.ts';
import { isLogLine } from '../tree/log-lines.ts';
import { bodyOf, ownNodes, statementsOf, unwrapped } from '../tree/own-nodes.ts';
import { callbackOf, calleeOf, severalStops } from './stop-calls.ts';

/** One statement of a shutdown, or the call whose callback is looked into. */
export interface ShutdownLeaf {
  readonly node: Node;
  /** The statements beside it, itself included. */
  readonly siblings: readonly Node[];
  readonly index: number;
  /** `server.close` of a call whose callback holds steps of its own. */
  readonly head?: TextRange;
  /** It is the last one of a `try` that catches whatever it throws. */
  readonly endsTry: boolean;
}

/** The statements of a shutdown in the order in which they run: what stands in the callback of a close runs after the rest. */
export function shutdownLeaves(body: Node): ShutdownLeaf[] {
  const walk: Walk = { leaves: [], later: [] };
  // An arrow function without braces is one step.
  walkAll(statementsOf(body), walk);
  for (let callback = walk.later.shift(); callback; callback = walk.later.shift())
    walkAll(statementsOf(callback), walk);
  return walk.leaves;
}

interface Walk {
  readonly leaves: ShutdownLeaf[];
  /** Bodies of callbacks that run once something is closed. */
  readonly later: Node[];
  readonly tried?: TryStatement;
}

function walkAll(statements: readonly Node[], walk: Walk): void {
  for (const [index, node] of statements.entries()) walkStatement({ node, index, siblings: statements }, walk);
}

type Position = Pick<ShutdownLeaf, 'node' | 'index' | 'siblings'>;

function walkStatement(position: Position, walk: Walk): void {
  const { node } = position;
  if (doesNothing(node)) return;
  if (Node.isBlock(node)) walkAll(node.getStatements(), walk);
  else if (Node.isIfStatement(node) && isLookedInto(branchesOf(node)))
    for (const branch of branchesOf(node)) walkStatement({ node: branch, index: 0, siblings: [branch] }, walk);
  else if (Node.isTryStatement(node) && isTransparent(node)) walkTry(node, walk);
  else addLeaf(position, walk);
}

function addLeaf(position: Position, walk: Walk): void {
  const { node } = position;
  const call = closingCall(node);
  const callback = call && bodyOf(callbackOf(call));
  if (call && Node.isBlock(callback)) {
    walk.leaves.push({ ...position, head: headOf(node, call), endsTry: false });
    walk.later.push(callback);
  } else walk.leaves.push({ ...position, endsTry: walk.tried !== undefined && isLastOf(walk.tried, node) });
}

function walkTry(node: TryStatement, walk: Walk): void {
  walkAll(node.getTryBlock().getStatements(), node.getCatchClause() ? { ...walk, tried: node } : walk);
  walkAll(statementsOf(node.getFinallyBlock()), walk);
}

/** `return` alone, and what only declares. */
function doesNothing(node: Node): boolean {
  return (
    Node.isEmptyStatement(node) ||
    Node.isFunctionDeclaration(node) ||
    Node.isClassDeclaration(node) ||
    Node.isInterfaceDeclaration(node) ||
    Node.isTypeAliasDeclaration(node) ||
    (Node.isReturnStatement(node) && !node.getExpression())
  );
}

function branchesOf(node: IfStatement): Node[] {
  return [node.getThenStatement(), node.getElseStatement()].filter((one) => one !== undefined);
}

/** A branch without braces is one statement that cannot be taken apart. */
function isLookedInto(branches: readonly Node[]): boolean {
  const inBraces = branches.every((one) => Node.isBlock(one) || Node.isIfStatement(one));
  return inBraces && (branches.some((one) => severalStops([one])) || branches.some(holdsCallback));
}

/** A try that lets the shutdown go on, and in which one stop that fails would skip the next. */
function isTransparent(node: TryStatement): boolean {
  const handler = node.getCatchClause();
  if (handler && !onlyLogs(handler.getBlock())) return false;
  const block = node.getTryBlock();
  return !handler || severalStops([block]) || holdsCallback(block);
}

function holdsCallback(block: Node): boolean {
  return ownNodes(block, [SyntaxKind.ExpressionStatement]).some((statement) => {
    const call = closingCall(statement);
    return call !== undefined && Node.isBlock(bodyOf(callbackOf(call)));
  });
}

/** `server.close(async () => { … })`, `redis.quit(function () { … })`, `worker.stop().then(() => { … })`. */
function closingCall(statement: Node): CallExpression | undefined {
  const expression = Node.isExpressionStatement(statement) ? unwrapped(statement.getExpression()) : undefined;
  const call = Node.isVoidExpression(expression) ? unwrapped(expression.getExpression()) : expression;
  if (!Node.isCallExpression(call)) return undefined;
  return /(^|\.)(close|stop|end|quit|destroy|shutdown|disconnect|then)$/.test(calleeOf(call)) ? call : undefined;
}

function headOf(statement: Node, call: CallExpression): TextRange {
  return { start: statement.getStart(), end: call.getExpression().getEnd() };
}

/** Whatever it throws is caught, and nothing but a log line is skipped. */
function isLastOf(tried: TryStatement, node: Node): boolean {
  const statements: readonly Node[] = tried.getTryBlock().getStatements();
  const at = statements.indexOf(node);
  return at >= 0 && statements.slice(at + 1).every(isLogLine);
}
