import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { makesWhatIsAbsent, saysReady } from '../../wording/state-words.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isInside, unwrapped } from '../tree/own-nodes.ts';
import { conditionAround, conditionOf } from './conditions.ts';
import { endsInError, leaves } from './error-answers.ts';
import { runNodesIn } from './run-nodes.ts';

/** How a function copes with state that may not be there yet, as a phrase; `undefined` where it does not. */
export function copesWith(access: Node, reader: Node, existsFromStart: boolean): string | undefined {
  const value = valueAt(access);
  const outer = value.getParent();
  if (isOptional(value, outer)) return 'an optional chain';
  const operator =
    Node.isBinaryExpression(outer) && outer.getLeft() === value ? outer.getOperatorToken().getText() : '';
  if (/^(\?\?|\|\|)=$/.test(operator)) return 'a lazy getter';
  if (/^(\?\?|\|\|)$/.test(operator)) return isInCondition(outer) ? checkAround(value) : 'a default';
  const check = conditionAround(value);
  if (check) return endsInError(check) ? undefined : checkedWith(written(value));
  if (existsFromStart && isLookedUp(value)) return 'looked up with get';
  const kept = keptAs(value);
  return (
    checkBefore(written(value), value, reader) ??
    (kept && checkedLater(kept, value, reader)) ??
    madeBefore(value, reader) ??
    (isInForgivingTry(value, reader) ? 'a try around it' : undefined)
  );
}

/** `getPool()` for its `getPool`, with `await` and parentheses. */
function valueAt(access: Node): Node {
  let at = access;
  for (let outer = at.getParent(); outer; outer = at.getParent()) {
    const isCalled = Node.isCallExpression(outer) && outer.getExpression() === at;
    const isSame =
      Node.isParenthesizedExpression(outer) || Node.isAwaitExpression(outer) || Node.isNonNullExpression(outer);
    if (!isCalled && !isSame && !Node.isAsExpression(outer)) break;
    at = outer;
  }
  return at;
}

/** As written, without `?`, `!`, `await` and parentheses: `this.store.index`. */
function written(node: Node): string {
  if (Node.isBindingElement(node)) return node.getName();
  return node
    .getText()
    .replace(/^[(\s]*(await\s+)?/, '')
    .replace(/[?!](?=[.)[]|$)|\)+$/g, '');
}

function isOptional(value: Node, outer: Node | undefined): boolean {
  const reads =
    Node.isPropertyAccessExpression(outer) || Node.isElementAccessExpression(outer) || Node.isCallExpression(outer);
  return reads && outer.getExpression() === value && outer.hasQuestionDotToken();
}

function isInCondition(node: Node | undefined): boolean {
  return node !== undefined && conditionAround(node) !== undefined;
}

function checkAround(value: Node): string | undefined {
  const check = conditionAround(value);
  return check && !endsInError(check) ? checkedWith(written(value)) : undefined;
}

function checkedWith(text: string): string {
  return saysReady(text) ? `checked with ${lastPart(text)}` : 'a check';
}

/** `cache.get(key)`, `cache.has(key)`, `key in cache`: an entry may always be missing. */
function isLookedUp(value: Node): boolean {
  const outer = value.getParent();
  if (Node.isBinaryExpression(outer)) return outer.getOperatorToken().getText() === 'in' && outer.getRight() === value;
  const call =
    Node.isPropertyAccessExpression(outer) && outer.getExpression() === value ? outer.getParent() : undefined;
  if (!Node.isPropertyAccessExpression(outer) || !Node.isCallExpression(call)) return false;
  return outer.getName() === 'has' || (outer.getName() === 'get' && !isTakenForGranted(call));
}

/** `cache.get(key).title`, `cache.get(key)!`; what is given back as it is, its caller has to cope with. */
function isTakenForGranted(lookup: Node): boolean {
  const outer = lookup.getParent();
  if (Node.isReturnStatement(outer) || Node.isNonNullExpression(outer)) return true;
  return Node.isPropertyAccessExpression(outer) && !outer.hasQuestionDotToken();
}

/** `pool` of `const pool = this.pool` and of `const { pool } = app.locals`. */
function keptAs(value: Node): string | undefined {
  if (Node.isBindingElement(value)) return value.getName();
  const outer = value.getParent();
  return Node.isVariableDeclaration(outer) && outer.getInitializer() === value ? outer.getName() : undefined;
}

/** An earlier or enclosing condition about the same value, or about a flag of its owner that says that it is there. */
function checkBefore(text: string, value: Node, reader: Node): string | undefined {
  const receiver = text.includes('.') ? text.slice(0, text.lastIndexOf('.')) : '';
  for (const node of runNodesIn(reader, CHECKS)) {
    if (node.getStart() >= value.getStart()) return undefined;
    const condition = conditionOf(node);
    if (!condition || endsInError(node) || !governs(node, value)) continue;
    const about = textsIn(condition);
    const flag = about.find((one) => saysReady(one) && (receiver === '' || one.startsWith(`${receiver}.`)));
    if (!flag && !about.includes(text)) continue;
    return !flag && assigns(node, text) ? 'a lazy getter' : checkedWith(flag ?? text);
  }
  return undefined;
}

const CHECKS = [SyntaxKind.IfStatement, SyntaxKind.ConditionalExpression, SyntaxKind.BinaryExpression];

/** The value stands under the condition, or behind an `if` that leaves or repairs. */
function governs(check: Node, value: Node): boolean {
  if (isInside(value, check)) return true;
  if (!Node.isIfStatement(check)) return false;
  const branch = check.getThenStatement();
  return leaves(branch) || runNodesIn(branch, [SyntaxKind.BinaryExpression, SyntaxKind.AwaitExpression]).length > 0;
}

function textsIn(condition: Node): readonly string[] {
  const kinds = [SyntaxKind.Identifier, SyntaxKind.PropertyAccessExpression, SyntaxKind.CallExpression];
  return runNodesIn(condition, kinds).map((node) => written(node).replace(/\(\)$/, ''));
}

function assigns(check: Node, text: string): boolean {
  return runNodesIn(check, [SyntaxKind.BinaryExpression]).some(
    (node) =>
      Node.isBinaryExpression(node) && /=$/.test(node.getOperatorToken().getText()) && written(node.getLeft()) === text,
  );
}

/** `const pool = getPool(); if (!pool) return [];` */
function checkedLater(name: string, value: Node, reader: Node): string | undefined {
  const uses = runNodesIn(reader, [SyntaxKind.Identifier]).filter(
    (node) => node.getText() === name && node.getStart() > value.getEnd(),
  );
  const [first] = uses;
  if (!first) return undefined;
  if (isOptional(first, first.getParent())) return 'an optional chain';
  const check = conditionAround(first);
  return check && !endsInError(check) ? 'a check' : undefined;
}

/** `await this.ensureLoaded()`, `await this.ready` before the access. */
function madeBefore(value: Node, reader: Node): string | undefined {
  for (const node of runNodesIn(reader, [SyntaxKind.AwaitExpression])) {
    if (node.getStart() >= value.getStart() || !Node.isAwaitExpression(node)) continue;
    const waited = unwrapped(node.getExpression());
    const text = Node.isCallExpression(waited) ? calleeText(waited.getExpression()) : waited.getText();
    if (makesWhatIsAbsent(text)) return 'made when it is absent';
    if (READY_PROMISE.test(lastPart(text))) return 'waits until it is there';
  }
  return undefined;
}

const READY_PROMISE =
  /^[_#]?(ready|when_?ready|is_?ready|init(iali[sz]ation)?_?promise|ready_?promise|loading|load_?promise|connecting|connect(ion)?_?promise|wait(_?until|_?for)?_?(ready|loaded|init\w*|connected))$/i;

/** A `try` whose handler neither throws nor answers with an error. */
function isInForgivingTry(value: Node, reader: Node): boolean {
  for (let outer = value.getParent(); outer && outer !== reader; outer = outer.getParent()) {
    if (!Node.isTryStatement(outer) || !isInside(value, outer.getTryBlock())) continue;
    const clause = outer.getCatchClause();
    if (clause && !endsInError(clause)) return true;
  }
  return false;
}
