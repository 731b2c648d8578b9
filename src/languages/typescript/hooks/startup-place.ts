import { Node } from 'ts-morph';
import { bodyOf, isFunction, scopeOf } from '../tree/own-nodes.ts';

/** The statements among which a call stands that ends a startup, and how control comes to them. */
export interface StartupPlace {
  /** The block or source file whose statements are startup as far as they stand before `end`. */
  readonly body: Node;
  /** The function whose body that is; missing at module level. */
  readonly node?: Node;
  /** The node, in that body, with which startup ends. */
  readonly end: Node;
  readonly reached: Reached;
}

/**
 * - `module`: as its file is loaded. - `called`: a named function or method. - `at-once`: `(async () => { … })()`.
 * - `chained`: a callback of `.then(…)`. - `callback`: handed to another call.
 */
export type Reached = 'module' | 'called' | 'at-once' | 'chained' | 'callback';

/** The place of a call: executors of `new Promise(…)` are looked through, since they run at once. */
export function placeOf(call: Node): StartupPlace | undefined {
  const scope = scopeOf(call);
  if (Node.isSourceFile(scope)) return { body: scope, end: call, reached: 'module' };
  if (!isFunction(scope)) return undefined;
  const user = userOf(scope);
  if (user && Node.isNewExpression(user))
    return user.getExpression().getText() === 'Promise' ? placeOf(user) : undefined;
  const body = bodyOf(scope);
  return body && { body, node: scope, end: call, reached: reachedBy(scope, user) };
}

/** The call around a place's function, where statements before it are startup as well: an IIFE, a chain of promises. */
export function callAround(place: StartupPlace): Node | undefined {
  return place.node && (place.reached === 'at-once' || place.reached === 'chained') ? userOf(place.node) : undefined;
}

/** The call or `new` that gets a function as its argument, or that calls it. */
function userOf(scope: Node): Node | undefined {
  let child: Node = scope;
  let outer = scope.getParent();
  while (outer && (Node.isParenthesizedExpression(outer) || Node.isAsExpression(outer))) {
    child = outer;
    outer = outer.getParent();
  }
  if (!outer || !(Node.isCallExpression(outer) || Node.isNewExpression(outer))) return undefined;
  return outer.getExpression() === child || outer.getArguments().some((one) => one === child) ? outer : undefined;
}

function reachedBy(scope: Node, user: Node | undefined): Reached {
  if (!user || !Node.isCallExpression(user)) return 'called';
  const callee = user.getExpression();
  if (!user.getArguments().some((one) => one.getEnd() >= scope.getEnd() && one.getPos() <= scope.getPos()))
    return 'at-once';
  return Node.isPropertyAccessExpression(callee) && /^(then|finally)$/.test(callee.getName()) ? 'chained' : 'callback';
}
