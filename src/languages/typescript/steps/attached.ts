import { type Identifier, Node, SyntaxKind } from 'ts-morph';
import type { AttachedStatement } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { announcesOutcome, speaksOfWholeStartup } from '../../wording/outcomes.ts';
import { sameStem, wordsOf } from '../../wording/words-of.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogLine, logMessages } from '../tree/log-lines.ts';
import { isInside, ownNodes, rangeOf, scopeOf, statementsOf, unwrapped } from '../tree/own-nodes.ts';
import type { FoundCall } from './calls.ts';
import type { Leaf } from './hook-flow.ts';
import { identifiersIn } from './identifiers.ts';
import { bindsOf } from './name-uses.ts';

/** A statement that belongs to a step, with its node. */
export interface Attached extends AttachedStatement {
  readonly node: Node;
}

/** The statements right after a step that would be wrong once the step runs later: log lines, flags, uses of its result. */
export function attachedAfter(leaf: Leaf, calls: readonly FoundCall[]): Attached[] {
  if (leaf.role !== 'statement' || calls.length === 0 || calls.every((call) => call.form === 'detached')) return [];
  const attached: Attached[] = [];
  const results = bindsOf([leaf.node]).filter((name) => !name.includes('.'));
  for (const node of leaf.siblings.slice(leaf.index + 1)) {
    const why = whyAttached(node, leaf.node, calls, results);
    if (!why) break;
    attached.push({ node, range: rangeOf(node), why });
  }
  return attached;
}

function whyAttached(
  node: Node,
  step: Node,
  calls: readonly FoundCall[],
  results: readonly string[],
): AttachedStatement['why'] | undefined {
  if (announces(node, step, calls)) return 'log-line';
  if (isReadyFlag(node)) return 'flag';
  return isPureLog(node) && identifiersIn(node).some((name) => results.includes(name.getText()))
    ? 'uses-result'
    : undefined;
}

/** A log line that says what the step has done; one about the whole startup stays, unless it names the step. */
function announces(node: Node, step: Node, calls: readonly FoundCall[]): boolean {
  if (!isLogLine(node)) return false;
  const message = logMessages(node).join(' ');
  if (!announcesOutcome(message)) return false;
  return sharesWord(message, calls) || (!speaksOfWholeStartup(message) && isSimple(step));
}

function isSimple(step: Node): boolean {
  return Node.isExpressionStatement(step) || Node.isVariableStatement(step);
}

/** A text names the step: it shares a telling word with one of its callees. */
export function sharesWord(text: string, calls: readonly FoundCall[]): boolean {
  const said = wordsOf(text);
  return calls.some((call) =>
    wordsOf(calleeText(call.callee)).some((word) => said.some((other) => sameStem(word, other))),
  );
}

const READY =
  /(ready|started|initiali[sz]ed|loaded|running|available|enabled|healthy|connected|complete|completed|warm|warmed|active|up|done)$/i;

/** `this.ready = true`, `app.locals.modelLoaded = true`, `status.cache = 'ready'`. */
export function isReadyFlag(statement: Node): boolean {
  const flag = assignmentOf(statement);
  if (!flag) return false;
  const value = unwrapped(flag.value);
  if (Node.isTrueLiteral(value)) return READY.test(flagName(statement).text);
  return Node.isStringLiteral(value) && READY.test(value.getLiteralText());
}

/** The name of the flag that a statement sets, and whether other code can see it. */
export function flagName(statement: Node): { readonly text: string; readonly isShared: boolean } {
  const target = assignmentOf(statement)?.target;
  if (!target) return { text: '', isShared: false };
  if (!Node.isElementAccessExpression(target))
    return { text: lastPart(calleeText(target)), isShared: !Node.isIdentifier(target) || isOfModule(target) };
  return { text: (target.getArgumentExpression()?.getText() ?? '').replace(/["'`]/g, ''), isShared: true };
}

/** A variable that other functions see: none of the function in which it is set. */
function isOfModule(name: Identifier): boolean {
  const scope = scopeOf(name);
  if (Node.isSourceFile(scope)) return true;
  return (
    name
      .getSymbol()
      ?.getDeclarations()
      .some((one) => !isInside(one, scope)) ?? false
  );
}

function assignmentOf(statement: Node): { readonly target: Node; readonly value: Node } | undefined {
  const expression = Node.isExpressionStatement(statement) ? unwrapped(statement.getExpression()) : undefined;
  if (!Node.isBinaryExpression(expression)) return undefined;
  if (expression.getOperatorToken().getKind() !== SyntaxKind.EqualsToken) return undefined;
  const target = unwrapped(expression.getLeft());
  const isTarget =
    Node.isIdentifier(target) || Node.isPropertyAccessExpression(target) || Node.isElementAccessExpression(target);
  return isTarget ? { target, value: expression.getRight() } : undefined;
}

/** Log lines, alone or under an `if` or loop: nothing else happens in it. */
function isPureLog(node: Node): boolean {
  if (isLogLine(node)) return true;
  if (Node.isBlock(node)) return node.getStatements().length > 0 && node.getStatements().every(isPureLog);
  if (ownNodes(node, [SyntaxKind.AwaitExpression, SyntaxKind.YieldExpression]).length > 0) return false;
  if (Node.isIfStatement(node)) {
    const branches = [node.getThenStatement(), node.getElseStatement()];
    return branches.every((one) => !one || statementsOf(one).every(isPureLog));
  }
  return Node.isForOfStatement(node) && statementsOf(node.getStatement()).every(isPureLog);
}
