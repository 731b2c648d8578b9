import { type CallExpression, Node } from 'ts-morph';
import type { Definition, FunctionNode, Modules } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { bodyOf, isFunction, unwrapped } from '../tree/own-nodes.ts';
import { CHEAP, LATER } from './call-words.ts';

export type FunctionDefinition = Extract<Definition, { kind: 'function' }>;

/** A call that a body makes. */
export interface CallMade {
  readonly node: Node;
  /** Qualified where it resolves, as written elsewhere. */
  readonly name: string;
  readonly target?: FunctionDefinition;
  /** `spawned`: in a callback that runs at another time. */
  readonly mode: 'awaited' | 'plain' | 'spawned';
}

/** Reads the calls of functions, once each: those in callbacks that run at once count as the function's own. */
export function createCallReader(modules: Modules): (of: FunctionDefinition) => readonly CallMade[] {
  const known = new Map<FunctionNode, readonly CallMade[]>();
  return (of) => {
    const found = known.get(of.node) ?? read(of.node, modules);
    known.set(of.node, found);
    return found;
  };
}

function read(node: FunctionNode, modules: Modules): readonly CallMade[] {
  const body = bodyOf(node);
  if (!body) return [];
  const made: CallMade[] = [];
  const stack: { node: Node; spawned: boolean }[] = [{ node: body, spawned: false }];
  for (let at = stack.pop(); at && made.length < MOST_CALLS; at = stack.pop()) {
    const { node: current, spawned } = at;
    if (Node.isCallExpression(current) || Node.isNewExpression(current)) made.push(callMade(current, spawned, modules));
    for (const child of current.forEachChildAsArray().toReversed()) {
      if (Node.isClassDeclaration(child) || Node.isClassExpression(child) || Node.isFunctionDeclaration(child))
        continue;
      const isCallback = isFunction(child) && Node.isCallExpression(current);
      if (isFunction(child) && !isCallback && !Node.isNewExpression(current)) continue;
      const inner = isCallback && LATER.test(calleeText(current.getExpression()));
      stack.push({ node: child, spawned: spawned || inner });
    }
  }
  return made;
}

/** More calls than this say no more about a body. */
const MOST_CALLS = 300;

function callMade(node: Node, spawned: boolean, modules: Modules): CallMade {
  const callee = Node.isCallExpression(node) || Node.isNewExpression(node) ? unwrapped(node.getExpression()) : node;
  const found = modules.resolve(callee);
  const name =
    found && found.kind !== 'value' && found.kind !== 'instance' ? modules.qualifiedName(found) : calleeText(callee);
  const mode = spawned ? 'spawned' : isAwaited(node) ? 'awaited' : 'plain';
  return { node, name, mode, ...(found?.kind === 'function' && !Node.isNewExpression(node) ? { target: found } : {}) };
}

/** Awaited, given back, or a member of what is. */
function isAwaited(call: Node): boolean {
  let child = call;
  for (let outer = call.getParent(); outer; child = outer, outer = outer.getParent()) {
    if (Node.isAwaitExpression(outer) || Node.isReturnStatement(outer)) return true;
    if (Node.isArrowFunction(outer)) return outer.getBody() === child;
    const isPart =
      Node.isParenthesizedExpression(outer) ||
      Node.isArrayLiteralExpression(outer) ||
      Node.isAsExpression(outer) ||
      Node.isConditionalExpression(outer) ||
      (Node.isPropertyAccessExpression(outer) && /^(then|catch|finally)$/.test(outer.getName())) ||
      (Node.isCallExpression(outer) && /^Promise\.|\.(then|catch|finally)$/.test(outer.getExpression().getText()));
    if (!isPart) return false;
  }
  return false;
}

/** As good as free: a log line, a builtin, a method of a collection. */
export function isCheapCall({ node, name, mode, target }: CallMade): boolean {
  if (target) return false;
  return isLogCall(node) || (mode !== 'awaited' && CHEAP.test(name));
}

/** The callee of a call as it is written. */
export function writtenCallee(call: CallExpression): string {
  return calleeText(call.getExpression());
}
