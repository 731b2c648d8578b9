import { type CallExpression, Node } from 'ts-morph';
import { STARTS_WORK } from '../callees/only-starts.ts';
import type { Modules } from '../modules/definition.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { isFunction, unwrapped } from '../tree/own-nodes.ts';
import { returnsPromise } from './promise-calls.ts';
import { chainOf, combinatorOf } from './wrappers.ts';

/** An expression that makes a promise which its statement does not await. */
export interface Detached {
  /** The whole detaching expression: `void warm()`, `warm().catch(log)`, `setImmediate(() => warm())`. */
  readonly node: Node;
  /** The promise in it: `warm()`, `warm().catch(log)`. */
  readonly promise: Node;
  /** A function that is handed over to be called: `setImmediate(warm)`. */
  readonly isFunction: boolean;
  /** The call that hands it over. */
  readonly by?: Node;
  /** No promise comes back: the function starts work of its own and returns. */
  readonly isOwnStart?: boolean;
}

/** A statement that only calls a function which leaves a promise of its own behind: `sendStartEvent()`. */
export function startedIn(expression: Node, modules: Modules | undefined): Detached[] {
  const call = unwrapped(expression);
  if (!modules || !Node.isCallExpression(call)) return [];
  const definition = modules.resolve(unwrapped(call.getExpression()));
  if (definition?.kind !== 'function' || modules.cost(definition) !== 'returns-at-once') return [];
  const isWork = modules.calleeBody(definition)?.costReason?.startsWith(STARTS_WORK);
  return isWork ? [{ ...plain(call, call), isOwnStart: true }] : [];
}

/** The dangling promises of an expression that stands as a statement, or that a variable is given. */
export function detachedIn(expression: Node, modules: Modules | undefined): Detached[] {
  const value = unwrapped(expression);
  if (Node.isVoidExpression(value)) return voided(value, value.getExpression());
  if (Node.isBinaryExpression(value)) return detachedInOperands(value, modules);
  if (Node.isConditionalExpression(value))
    return [value.getWhenTrue(), value.getWhenFalse()].flatMap((one) => detachedIn(one, modules));
  if (!Node.isCallExpression(value) || isLogCall(value)) return [];
  return deferred(value) ?? (makesPromise(value, modules) ? [plain(value, value)] : []);
}

function detachedInOperands(value: Node, modules: Modules | undefined): Detached[] {
  if (!Node.isBinaryExpression(value)) return [];
  const operator = value.getOperatorToken().getText();
  if (operator === ',') return [value.getLeft(), value.getRight()].flatMap((one) => detachedIn(one, modules));
  return /^(&&|\|\||\?\?)$/.test(operator) ? detachedIn(value.getRight(), modules) : [];
}

function voided(node: Node, inner: Node): Detached[] {
  const promise = unwrapped(inner);
  return Node.isCallExpression(promise) ? [plain(node, promise)] : [];
}

/** `setImmediate(() => warm())`, `process.nextTick(warm)`, `setTimeout(() => warm(), 5000)`. */
function deferred(call: CallExpression): Detached[] | undefined {
  if (!/^(setImmediate|setTimeout|queueMicrotask|process\.nextTick)$/.test(call.getExpression().getText()))
    return undefined;
  const first = call.getArguments()[0];
  return first ? [{ node: call, promise: unwrapped(first), isFunction: true, by: call.getExpression() }] : [];
}

function makesPromise(call: CallExpression, modules: Modules | undefined): boolean {
  if (chainOf(call) || combinatorOf(call) !== undefined) return true;
  const callee = unwrapped(call.getExpression());
  if (isFunction(callee)) return Node.isAsyncable(callee) && callee.isAsync();
  return returnsPromise(callee, modules);
}

function plain(node: Node, promise: Node): Detached {
  return { node, promise, isFunction: false };
}
