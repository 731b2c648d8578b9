import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { CallForm, TextRange } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import type { Modules } from '../modules/definition.ts';
import { returnedFrom } from '../modules/written-values.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { bodyOf, isFunction, ownNodes, unwrapped } from '../tree/own-nodes.ts';
import { type Detached, detachedIn, startedIn } from './detached-calls.ts';
import { returnsPromise } from './promise-calls.ts';
import { argumentsBehind, argumentsRange, chainOf, combinatorOf, wrappedIn } from './wrappers.ts';

/** An awaited or detached call, with its nodes. */
export interface FoundCall {
  /** The whole await or detaching expression: `await warm()`, `void warm()`, `warm().catch(log)`. */
  readonly node: Node;
  /** The callee expression: `manager.start`. */
  readonly callee: Node;
  /** The call that the callee belongs to; missing for values and for functions that are handed on. */
  readonly call?: Node;
  /** What stands between its parentheses. */
  readonly arguments: TextRange;
  readonly form: CallForm;
  /** Callees that were looked through, outermost first: `Promise.race`, `withTimeout`. */
  readonly through: readonly Node[];
  /** It awaits a value that was made before: `await ready`. */
  readonly isValue?: boolean;
  /** No promise comes back from it: what it starts runs on by itself. */
  readonly isOwnStart?: boolean;
}

/**
 * The awaited and detached calls of a statement's own scope in source order. What handlers and callbacks await is not the
 * statement's, apart from those that run before it is done: of `map` in a `Promise.all`, of `.then`, of an awaited function.
 */
export function callsIn(statement: Node, modules?: Modules): FoundCall[] {
  const calls = ownNodes(statement, KINDS).flatMap((node) => callsAt(node, modules));
  return distinct(calls).filter(({ callee }) => !HOLDS.test(callee.getText()));
}

/** What an earlier run has written waits for nothing. */
const HOLDS = /\.holdUntilListening$/;

/** The calls of an expression that a function gives back to a caller which awaits whatever it gets: `() => load()`. */
export function callsGivenBack(expression: Node | undefined, modules: Modules): FoundCall[] {
  const call = expression && unwrapped(expression);
  if (!Node.isCallExpression(call) || modules.isAsync(modules.resolve(call.getExpression())) === false) return [];
  return isLogCall(call) ? [] : awaitedCalls(call, { node: call, ...PLAIN, modules });
}

const KINDS: readonly SyntaxKind[] = [
  SyntaxKind.AwaitExpression,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ExpressionStatement,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.BinaryExpression,
  SyntaxKind.ReturnStatement,
];

function callsAt(node: Node, modules: Modules | undefined): FoundCall[] {
  if (Node.isAwaitExpression(node)) return awaitedCalls(node.getExpression(), { node, ...PLAIN, modules });
  if (Node.isForOfStatement(node)) {
    const iterated = unwrapped(node.getExpression());
    const isAwaited = node.isAwaited() && Node.isCallExpression(iterated);
    return isAwaited ? awaitedCalls(iterated, { node: iterated, ...PLAIN, modules }) : [];
  }
  if (Node.isReturnStatement(node)) return returnedCalls(node.getExpression(), modules);
  const value = keptValue(node);
  if (!value) return [];
  const dangling = detachedIn(value, modules);
  const started = dangling.length === 0 && Node.isExpressionStatement(node) ? startedIn(value, modules) : [];
  return [...dangling, ...started].flatMap((one) => detachedCalls(one, modules));
}

/** The expression of a statement, or what a variable or field is given: a promise may dangle in it. */
function keptValue(node: Node): Node | undefined {
  if (Node.isExpressionStatement(node)) return node.getExpression();
  if (Node.isVariableDeclaration(node)) return node.getInitializer();
  if (!Node.isBinaryExpression(node)) return undefined;
  return node.getOperatorToken().getKind() === SyntaxKind.EqualsToken ? node.getRight() : undefined;
}

/** What is known of a call before its callee is looked at. */
type Around = Pick<FoundCall, 'node' | 'form' | 'through'> & { readonly modules: Modules | undefined };

const PLAIN = { form: 'await', through: [] } as const;

/** The calls behind an awaited expression, wrappers and chains looked through. */
function awaitedCalls(awaited: Node, around: Around): FoundCall[] {
  const value = unwrapped(awaited);
  if (Node.isConditionalExpression(value))
    return [value.getWhenTrue(), value.getWhenFalse()].flatMap((one) => callsOnly(one, around));
  if (Node.isBinaryExpression(value))
    return [value.getLeft(), value.getRight()].flatMap((one) => callsOnly(one, around));
  if (Node.isTaggedTemplateExpression(value)) return [found(value.getTag(), value, around)];
  if (Node.isNewExpression(value)) return [found(value, value, around)];
  if (!Node.isCallExpression(value)) return [madeBefore(value, around)];
  return callsBehind(value, around);
}

function callsBehind(call: CallExpression, around: Around): FoundCall[] {
  const chain = chainOf(call);
  if (chain) return [...awaitedCalls(chain.head, around), ...chain.links.flatMap((link) => linkedCalls(link, around))];
  const callee = unwrapped(call.getExpression());
  if (isFunction(callee)) return insideFunction(callee, around) ?? [found(callee, call, around)];
  const inside = { ...around, through: [...around.through, callee] };
  if (combinatorOf(call)) return membersOf(call, inside, around);
  const inner = wrappedIn(call);
  if (!inner) return [found(callee, call, around), ...callbackCalls(call, inside)];
  if (!inner.isFunction) return awaitedCalls(inner.node, inside);
  if (isFunction(inner.node)) return insideFunction(inner.node, inside) ?? [found(callee, call, around)];
  return [{ ...shared(inside), callee: inner.node, arguments: argumentsBehind(call, inner.node) }];
}

/** The members of `Promise.all([a(), b()])`, `Promise.all(items.map((item) => load(item)))`; itself where they are made before. */
function membersOf(call: CallExpression, inside: Around, around: Around): FoundCall[] {
  const first = call.getArguments()[0];
  const members = first ? memberExpressions(unwrapped(first)) : [];
  const calls = members.flatMap((member) => memberCalls(member, { ...inside, form: 'gather-member' }));
  return calls.length > 0 ? calls : [{ ...found(call.getExpression(), call, around), isValue: true }];
}

function memberExpressions(value: Node): Node[] {
  if (Node.isArrayLiteralExpression(value))
    return value
      .getElements()
      .flatMap((one) => (Node.isSpreadElement(one) ? memberExpressions(unwrapped(one.getExpression())) : [one]));
  return Node.isCallExpression(value) && mapped(value) ? [value] : [];
}

function memberCalls(member: Node, around: Around): FoundCall[] {
  const value = unwrapped(member);
  const callback = Node.isCallExpression(value) ? mapped(value) : undefined;
  if (callback && isFunction(callback)) return insideFunction(callback, around) ?? [];
  if (callback)
    return [{ ...shared(around), callee: callback, arguments: { start: callback.getEnd(), end: callback.getEnd() } }];
  if (isPause(value)) return [];
  const isMade = Node.isCallExpression(value) || Node.isNewExpression(value);
  const isName = Node.isIdentifier(value) || Node.isPropertyAccessExpression(value);
  const calls =
    isMade || (isName && Node.isArrayLiteralExpression(member.getParent())) ? awaitedCalls(value, around) : [];
  return calls.map((one) => ({ ...one, form: around.form }));
}

/** `new Promise((_, reject) => setTimeout(reject, 5000))`: the limit in a race. */
function isPause(value: Node): boolean {
  return Node.isNewExpression(value) && /\bsetTimeout\s*\(/.test(value.getText());
}

/** The callback of `items.map(callback)`. */
function mapped(call: CallExpression): Node | undefined {
  const callee = unwrapped(call.getExpression());
  const isMap = Node.isPropertyAccessExpression(callee) && /^(map|flatMap)$/.test(callee.getName());
  const first = isMap ? call.getArguments()[0] : undefined;
  return first && unwrapped(first);
}

/** What a function that is called at once awaits or gives back; `undefined` where that is nothing. */
function insideFunction(node: Node, around: Around): FoundCall[] | undefined {
  const body = bodyOf(node);
  if (!body) return undefined;
  const returned = returnedFrom(body).filter((one) => !Node.isAwaitExpression(unwrapped(one)));
  const calls = [
    ...callsIn(body, around.modules).filter((one) => one.form !== 'detached'),
    ...returned.flatMap((one) => callsOnly(one, around)),
  ];
  const own = distinct(calls).map((one) => ({
    ...one,
    node: around.node,
    form: around.form,
    through: [...around.through, ...one.through],
  }));
  return own.length > 0 ? own : undefined;
}

/** What the callback of `await db.transaction(async () => { … })` awaits; one that is only registered runs later. */
function callbackCalls(call: CallExpression, inside: Around): FoundCall[] {
  if (!RUNS_CALLBACK.test(lastPart(calleeText(call.getExpression())))) return [];
  const callbacks = call.getArguments().map(unwrapped).filter(isFunction);
  return callbacks.flatMap((one) => insideFunction(one, inside) ?? []);
}

const RUNS_CALLBACK =
  /transaction|^\$?tx$|^(with|run|use|try|in)([A-Z]|$)|lock|session|batch|context|wrap|each(Series|Limit)?$/i;

/** What the callback of `.then(…)` or `.finally(…)` calls: it is waited for as well. */
function linkedCalls(link: CallExpression, around: Around): FoundCall[] {
  const callee = unwrapped(link.getExpression());
  if (!Node.isPropertyAccessExpression(callee) || callee.getName() === 'catch') return [];
  const first = link.getArguments()[0];
  const callback = first && unwrapped(first);
  if (!callback) return [];
  if (isFunction(callback)) return (insideFunction(callback, around) ?? []).filter((one) => !one.isValue);
  const isAsync = returnsPromise(callback, around.modules);
  return isAsync
    ? [{ ...shared(around), callee: callback, arguments: { start: callback.getEnd(), end: callback.getEnd() } }]
    : [];
}

/** `return warm()` of an async function is awaited by its caller. */
function returnedCalls(value: Node | undefined, modules: Modules | undefined): FoundCall[] {
  const call = value && unwrapped(value);
  if (!call || !Node.isCallExpression(call)) return [];
  const isPromise =
    chainOf(call) !== undefined || combinatorOf(call) !== undefined || returnsPromise(call.getExpression(), modules);
  return isPromise ? awaitedCalls(call, { node: call, ...PLAIN, modules }) : [];
}

function detachedCalls(
  { node, promise, isFunction: isHandedOn, by, isOwnStart = false }: Detached,
  modules: Modules | undefined,
): FoundCall[] {
  const around: Around = { node, form: 'detached', through: by ? [by] : [], modules };
  if (!isHandedOn)
    return awaitedCalls(promise, around).map((one) => ({ ...one, form: 'detached' as const, isOwnStart }));
  if (isFunction(promise)) return insideHandedOn(promise, around);
  return [{ ...shared(around), callee: promise, arguments: { start: promise.getEnd(), end: promise.getEnd() } }];
}

/** `setImmediate(() => { warm(); })`: the function is async, or gives a promise back, or leaves one dangling. */
function insideHandedOn(callback: Node, around: Around): FoundCall[] {
  const body = bodyOf(callback);
  const own = insideFunction(callback, around) ?? (body ? callsIn(body, around.modules) : []);
  return own.map((one) => ({ ...one, node: around.node, form: 'detached' as const, through: [...around.through] }));
}

function callsOnly(node: Node, around: Around): FoundCall[] {
  const value = unwrapped(node);
  const isCall = Node.isCallExpression(value) && !isLogCall(value);
  const isChoice = Node.isConditionalExpression(value) || Node.isBinaryExpression(value);
  return isCall || isChoice || Node.isNewExpression(value) ? awaitedCalls(value, around) : [];
}

function found(callee: Node, call: Node, around: Around): FoundCall {
  return { ...shared(around), callee, call, arguments: argumentsRange(call) };
}

/** `await task`: what is awaited was made elsewhere. */
function madeBefore(value: Node, around: Around): FoundCall {
  return { ...shared(around), callee: value, arguments: { start: value.getEnd(), end: value.getEnd() }, isValue: true };
}

function shared({ node, form, through }: Around): Pick<FoundCall, 'node' | 'form' | 'through'> {
  return { node, form, through };
}

function distinct(calls: readonly FoundCall[]): FoundCall[] {
  const seen = new Set<string>();
  return calls.filter((call) => {
    const key = `${call.callee.getStart()}:${call.callee.getEnd()}`;
    return !seen.has(key) && seen.add(key);
  });
}
