import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { ClassNode, Definition, Modules } from '../modules/definition.ts';
import { returnedBy } from '../modules/written-values.ts';
import { isExit } from '../steps/exits.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { bodyOf, isFunction, unwrapped } from '../tree/own-nodes.ts';
import { nodesRun } from './stop-calls.ts';

/** A function that handles a signal. */
export interface HandlerFunction {
  readonly node: Node;
  /** Missing where it has none. */
  readonly name?: string;
  readonly owner?: ClassNode;
}

/** How many handlers that only call another function are looked through. */
const MOST_STEPS = 3;

/** The function behind a handler as it is written; where it only calls another one of the same file, that one. */
export function handlerFunction(handler: Node, modules: Modules, steps = MOST_STEPS): HandlerFunction | undefined {
  const found = functionAt(unwrapped(handler), modules);
  const called = found && steps > 0 ? onlyCall(found.node) : undefined;
  const inner = called && ENDS.test(calleeText(called.getExpression())) && modules.resolve(called.getExpression());
  if (!found || !called || !inner || inner.kind !== 'function' || inner.node === found.node) return found;
  // An expression has no place for another statement: what it calls has, in whichever file.
  const isBeside = inner.module.root === found.node.getSourceFile() || !Node.isBlock(bodyOf(found.node));
  if (!isBeside || !Node.isBlock(bodyOf(inner.node))) return found;
  return handlerFunction(called.getExpression(), modules, steps - 1) ?? fromDefinition(inner);
}

/** It ends the process at once: it releases nothing, and wants nothing to be waited for. */
export function onlyExits({ node }: HandlerFunction): boolean {
  const body = bodyOf(node);
  const calls = body ? nodesRun(body, [SyntaxKind.CallExpression]).filter(Node.isCallExpression) : [];
  return calls.some((call) => isExit(call)) && calls.every(isQuiet);
}

function functionAt(node: Node, modules: Modules): HandlerFunction | undefined {
  if (isFunction(node)) return { node };
  if (Node.isCallExpression(node)) return madeByCall(node, modules);
  const definition = modules.resolve(node);
  return definition && fromDefinition(definition);
}

function fromDefinition(definition: Definition): HandlerFunction | undefined {
  if (definition.kind === 'value' && isFunction(definition.node)) return { node: definition.node };
  if (definition.kind !== 'function') return undefined;
  const { node, name, owner } = definition;
  const ownerName = owner?.getName();
  return { node, name: ownerName ? `${ownerName}.${name}` : name, ...(owner ? { owner } : {}) };
}

/** `shutdown.bind(null, 'SIGTERM')`, `closer('SIGTERM')` that returns the handler, `once(shutdown)`. */
function madeByCall(call: CallExpression, modules: Modules): HandlerFunction | undefined {
  const callee = unwrapped(call.getExpression());
  if (Node.isPropertyAccessExpression(callee) && callee.getName() === 'bind')
    return functionAt(unwrapped(callee.getExpression()), modules);
  const maker = modules.resolve(callee);
  if (maker?.kind === 'function') {
    const made = returnedBy(maker.node).map((one) => unwrapped(one));
    const inner = made.find(isFunction);
    if (inner) return { node: inner, name: maker.name };
  }
  const handed = call.getArguments().map((one) => unwrapped(one));
  return handed
    .map((one) => (isFunction(one) || Node.isIdentifier(one) ? functionAt(one, modules) : undefined))
    .find(Boolean);
}

/** The one call that a handler makes, apart from logging, timers and ending the process. */
function onlyCall(node: Node): CallExpression | undefined {
  const body = bodyOf(node);
  const calls = body ? nodesRun(body, [SyntaxKind.CallExpression]).filter(Node.isCallExpression) : [];
  const works = calls.filter((call) => !isQuiet(call));
  return works.length === 1 ? works[0] : undefined;
}

function isQuiet(call: CallExpression): boolean {
  return isExit(call) || QUIET.test(calleeText(call.getExpression())) || isLogCall(call);
}

/** Names of functions that end something: others may be called while the server runs. */
const ENDS = /shut|stop|clos|exit|terminat|clean|destroy|grace|quit|kill|tear|dispos|end|signal|finish/i;

/** Links of a promise chain, timers and conversions: `shutdown().then(…)`. */
const QUIET =
  /^(set(Timeout|Immediate)|clearTimeout|String|getLogger)$|\.(then|catch|finally|unref|removeAllListeners|off|toString)$/;
