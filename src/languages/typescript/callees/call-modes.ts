import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isFunction, ownNodes, scopeOf, unwrapped } from '../tree/own-nodes.ts';

/**
 * How a call is waited for, as written: `awaited` (through `return`, `Promise.all` and chains too), `spawned` (its promise is dropped
 * on purpose), `argument` of a call that is awaited, or plainly.
 */
export type WrittenMode = 'awaited' | 'spawned' | 'argument' | 'plain';

/** When a function that is written inside another one runs: with it, beside it, when something happens, or where it is called by name. */
export type Fate = 'runs' | 'spawned' | 'later' | 'handler' | 'defined';

export function writtenMode(call: Node): WrittenMode {
  let isChain = false;
  let at = call;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const outer = at.getParent();
    if (!outer) return 'plain';
    if (Node.isAwaitExpression(outer)) return 'awaited';
    if (Node.isVoidExpression(outer)) return 'spawned';
    if (Node.isExpressionStatement(outer)) return isChain ? 'spawned' : 'plain';
    const link = linkAbove(at, outer);
    if (link) isChain = true;
    const next = link ?? passedOn(at, outer) ?? receiverOfReturned(at, outer);
    if (!next) return modeBelow(at, outer, isChain);
    if (next === 'awaited') return next;
    at = next;
  }
  return 'plain';
}

/** What becomes of a function that stands in another one. */
export function fateOf(node: Node): Fate {
  const known = fates.get(node);
  if (known) return known;
  const fate = readFate(node);
  fates.set(node, fate);
  return fate;
}

/** The same for a function that is handed over by name. */
export function fateOfPassed(call: Node, isAsync: boolean): Fate {
  const name = calledName(call);
  if (LATER.test(name)) return 'later';
  if (PLUGS_IN.test(name)) return 'runs';
  if (Node.isNewExpression(call)) return name === 'Promise' ? 'runs' : 'handler';
  const mode = writtenMode(call);
  if (HANDLERS.test(name) && !(mode === 'awaited' && BOTH.test(name))) return 'handler';
  if (mode === 'awaited') return 'runs';
  if (CHAINED.test(name)) return 'spawned';
  if (IN_PLACE.test(name)) return isAsync ? 'spawned' : 'runs';
  return 'handler';
}

/** It calls what it is given, and gives its result on: `Promise.all(…)`, `withTimeout(…)`, `retry(…)`. */
export function forwards(call: Node): boolean {
  return FORWARDS.test(calledName(call)) || /^Promise\.\w+$/.test(calleeOf(call)?.getText() ?? '');
}

/** The last part of what a call or `new` calls. */
export function calledName(call: Node): string {
  const callee = calleeOf(call);
  return callee ? lastPart(calleeText(callee)) : '';
}

const fates = new WeakMap<Node, Fate>();

const MOST_STEPS = 200;

function calleeOf(call: Node): Node | undefined {
  return Node.isCallExpression(call) || Node.isNewExpression(call) ? unwrapped(call.getExpression()) : undefined;
}

function readFate(node: Node): Fate {
  if (!isFunction(node) || Node.isFunctionDeclaration(node)) return 'defined';
  const isAsync = Node.isAsyncable(node) && node.isAsync();
  const holder = holderOf(node);
  if (!holder) return 'defined';
  const { outer, isListed, property } = holder;
  if (Node.isVariableDeclaration(outer)) return isListed ? 'runs' : 'defined';
  if (property && !isListed) return 'handler';
  if (Node.isCallExpression(outer) && unwrapped(outer.getExpression()) === node) return fateOfCalled(outer, isAsync);
  return fateOfPassed(outer, isAsync);
}

/** The call that a function is given to, or the variable that it is kept in, alone or as an entry of a list or of an object. */
function holderOf(
  node: Node,
): { readonly outer: Node; readonly isListed: boolean; readonly property: boolean } | undefined {
  let isListed = false;
  let property = false;
  for (let outer = node.getParent(); outer; outer = outer.getParent()) {
    if (Node.isCallExpression(outer) || Node.isNewExpression(outer) || Node.isVariableDeclaration(outer))
      return property && !isListed && Node.isVariableDeclaration(outer) ? undefined : { outer, isListed, property };
    if (Node.isArrayLiteralExpression(outer)) isListed = true;
    else if (Node.isPropertyAssignment(outer)) property = true;
    else if (!isWrapping(outer) && !Node.isObjectLiteralExpression(outer)) return undefined;
  }
  return undefined;
}

/** `(async () => { … })()` */
function fateOfCalled(call: Node, isAsync: boolean): Fate {
  return !isAsync || writtenMode(call) === 'awaited' ? 'runs' : 'spawned';
}

function isWrapping(node: Node): boolean {
  return (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isTypeAssertion(node)
  );
}

/** The call of `.then(…)`, `.catch(…)` or `.finally(…)` that goes on with a promise. */
function linkAbove(at: Node, outer: Node): Node | undefined {
  if (!Node.isPropertyAccessExpression(outer) || outer.getExpression() !== at) return undefined;
  const call = outer.getParent();
  return CHAINED.test(outer.getName()) && Node.isCallExpression(call) ? call : undefined;
}

/** The node that has the same value, or waits for it. */
function passedOn(at: Node, outer: Node): Node | undefined {
  if (isWrapping(outer) || Node.isArrayLiteralExpression(outer) || Node.isSpreadElement(outer)) return outer;
  if (Node.isConditionalExpression(outer)) return outer.getCondition() === at ? undefined : outer;
  if (Node.isBinaryExpression(outer))
    return /^(&&|\|\||\?\?|,)$/.test(outer.getOperatorToken().getText()) ? outer : undefined;
  return Node.isCallExpression(outer) && outer.getExpression() !== at && forwards(outer) ? outer : undefined;
}

/** What a callback returns goes on with the call that it was given to; what any other function returns its caller awaits. */
function receiverOfReturned(at: Node, outer: Node): Node | 'awaited' | undefined {
  const isReturned = Node.isReturnStatement(outer) || (Node.isArrowFunction(outer) && outer.getBody() === at);
  if (!isReturned) return undefined;
  const around = Node.isReturnStatement(outer) ? scopeOf(outer) : outer;
  if (fateOf(around) !== 'runs') return 'awaited';
  const call = around.getFirstAncestor((one) => Node.isCallExpression(one) || Node.isNewExpression(one));
  return call && !Node.isNewExpression(call) ? call : 'awaited';
}

function modeBelow(at: Node, outer: Node, isChain: boolean): WrittenMode {
  if (Node.isForOfStatement(outer)) return outer.isAwaited() && outer.getExpression() === at ? 'awaited' : 'plain';
  if (Node.isCallExpression(outer) && outer.getExpression() !== at)
    return writtenMode(outer) === 'awaited' ? 'argument' : isChain ? 'spawned' : 'plain';
  const kept = keptIn(at, outer);
  if (kept && isAwaitedLater(kept, at)) return 'awaited';
  return isChain && !Node.isPropertyAccessExpression(outer) ? 'spawned' : 'plain';
}

/** The name that a promise is kept in: `const loading = load()`, `this.loading = load()`. */
function keptIn(at: Node, outer: Node): string | undefined {
  if (Node.isVariableDeclaration(outer)) return outer.getName();
  const isAssigned = Node.isBinaryExpression(outer) && outer.getRight() === at;
  return isAssigned ? outer.getLeft().getText() : undefined;
}

function isAwaitedLater(name: string, at: Node): boolean {
  const around = scopeOf(at);
  const reads = new RegExp(`(^|[^\\w.$])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[^\\w$])`);
  return ownNodes(around, [SyntaxKind.AwaitExpression, SyntaxKind.ReturnStatement]).some(
    (node) => node.getStart() > at.getEnd() && reads.test(node.getText()) && isOfPromise(node, name),
  );
}

/** `await loading`, `await Promise.all([loading, …])`, `return loading`. */
function isOfPromise(node: Node, name: string): boolean {
  const text = node
    .getText()
    .replace(/^(await|return)\s+/, '')
    .replace(/;$/, '');
  return text === name || /^Promise\.\w+\(/.test(text);
}

const CHAINED = /^(then|catch|finally)$/;

const FORWARDS =
  /^(with_?timeout|p_?timeout|timeout|race|with_?retr(y|ies)|p?_?retry|attempt|safely|swallow\w*|ignoreErrors?|to|awaitTo|pMap|pAll|allSettled|all|with_?span|start_?(active_?)?span|measure|timed)$/i;

/** Plug-ins run before the app is ready. */
const PLUGS_IN = /^(register|after|configure)$/;

/** What is handed to these runs at another time. */
const LATER =
  /^(setInterval|setTimeout|setImmediate|queueMicrotask|nextTick|schedule|scheduleJob|CronJob|Cron|addCronJob|defer|repeat|setIntervalAsync|setDriftlessInterval)$/;

const HANDLERS =
  /^(on|once|off|addListener|prependListener|addEventListener|subscribe|psubscribe|pSubscribe|consume|process|work|define|watch|listen|use|all|get|post|put|patch|delete|head|options|route|param|ws|addHook|hook|setErrorHandler|setNotFoundHandler|handle|command|action|event|hears|tool|resource|registerTool|addTask|register\w+Handler|add\w+Handler|on[A-Z]\w*|createServer|Worker|subscribeToTopic|decorate|set)$/;

/** These take handlers, or get a value with a function that makes it. */
const BOTH = /^(get|all|process|work|handle|use|action|set)$/;

const IN_PLACE =
  /^(map|forEach|filter|reduce|reduceRight|some|every|find|findIndex|findLast|flatMap|sort|toSorted|from|each|eachSeries|times|replace|replaceAll|mapValues|groupBy|keyBy|forIn|forOwn|transaction|batch|run|runInContext|tap|then|catch|finally|with[A-Z]\w*)$/;
