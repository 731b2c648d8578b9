import { type CallExpression, Node } from 'ts-morph';
import type { TextRange } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isFunction, unwrapped } from '../tree/own-nodes.ts';

/** What a wrapper hides: a promise that it waits for, or a function that it calls. */
export interface Wrapped {
  readonly node: Node;
  /** The function itself is the argument: `retry(connectDb, 3)`. */
  readonly isFunction: boolean;
}

/** What stands inside `withTimeout(…)`, `retry(() => …)`, `startSpan(…)` and their kin. */
export function wrappedIn(call: CallExpression): Wrapped | undefined {
  const callee = unwrapped(call.getExpression());
  if (Node.isCallExpression(callee) && /^promisify$/.test(lastPart(calleeText(callee.getExpression())))) {
    const [inner] = callee.getArguments();
    return inner && { node: inner, isFunction: true };
  }
  if (!WRAPPERS.test(lastPart(calleeText(callee)))) return undefined;
  const values = call.getArguments().map(unwrapped);
  const inner = values.find((one) => Node.isCallExpression(one) || isFunction(one)) ?? functionNamed(callee, values);
  return inner && { node: inner, isFunction: isFunction(inner) || !Node.isCallExpression(inner) };
}

/** `all` of `Promise.all(…)`; `undefined` for other calls. */
export function combinatorOf(call: Node): 'all' | 'allSettled' | 'race' | 'any' | undefined {
  if (!Node.isCallExpression(call)) return undefined;
  const match = /^(?:Promise|Bluebird|globalThis\.Promise)\.(all|allSettled|race|any)$/.exec(
    call.getExpression().getText(),
  );
  const name = match?.[1];
  return name === 'all' || name === 'allSettled' || name === 'race' || name === 'any' ? name : undefined;
}

/** The call or value that `f().then(…).catch(…)` begins with, and its links, innermost first; `undefined` for what is no chain. */
export function chainOf(node: Node): { readonly head: Node; readonly links: readonly CallExpression[] } | undefined {
  const links: CallExpression[] = [];
  let current = unwrapped(node);
  while (Node.isCallExpression(current)) {
    const callee = unwrapped(current.getExpression());
    if (!Node.isPropertyAccessExpression(callee) || !/^(then|catch|finally)$/.test(callee.getName())) break;
    links.unshift(current);
    current = unwrapped(callee.getExpression());
  }
  return links.length > 0 ? { head: current, links } : undefined;
}

/** What stands between the parentheses of a call, or nothing behind it. */
export function argumentsRange(call: Node): TextRange {
  if (!Node.isCallExpression(call) && !Node.isNewExpression(call)) return { start: call.getEnd(), end: call.getEnd() };
  const end = call.getText().endsWith(')') ? call.getEnd() - 1 : call.getEnd();
  const open = Node.isCallExpression(call) ? openingOf(call) : end;
  return { start: open, end };
}

/** The arguments of a call behind one of them: `3` of `retry(connect, 3)` behind `connect`. */
export function argumentsBehind(call: Node, argument: Node): TextRange {
  const { end } = argumentsRange(call);
  const values = Node.isCallExpression(call) ? call.getArguments() : [];
  const next = values.find((other) => other.getStart() >= argument.getEnd());
  return { start: next?.getStart() ?? end, end };
}

function openingOf(call: CallExpression): number {
  const behind = call.getTypeArguments().at(-1)?.getEnd() ?? call.getExpression().getEnd();
  const at = call.getSourceFile().getFullText().indexOf('(', behind);
  return at < 0 ? call.getEnd() : at + 1;
}

/** `connect` of `retry(connect, 3)`: the others get values by name. */
function functionNamed(callee: Node, values: readonly Node[]): Node | undefined {
  if (!/retr(y|ies)|back_?off|attempt|safe|swallow/i.test(lastPart(calleeText(callee)))) return undefined;
  return values.find((one) => Node.isIdentifier(one) || Node.isPropertyAccessExpression(one));
}

/** They call or await what they are given, and give its result on. */
const WRAPPERS =
  /^(with_?timeout|p_?timeout|promise_?timeout|timeout|race_?timeout|timeout_?after|with_?deadline|(with|p|async|promise)?_?retr(y|ies)|retry(Async|Operation|Promise|With\w*|On\w*)?|with_?retr(y|ies)\w*|attempt|(exponential)?_?back_?off|try_?catch|ignore_?errors?|swallow\w*|safely|safe_?(call|run|execute|init|await)|await_?to|to|start_?(active_?)?span|with_?span|(with_?)?(measure|timed|timing|profile)(Async|Time)?|time_?it|run_?with_?\w+|with_?(lock|context|logging|trace|tracing))$/i;
