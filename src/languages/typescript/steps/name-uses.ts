import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText, dottedName } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { bodyOf, isFunction, isOtherScope, unwrapped } from '../tree/own-nodes.ts';
import { identifiersIn } from './identifiers.ts';

/** A dotted path with the place where it is bound or read. */
export interface NameUse {
  readonly path: string;
  readonly node: Node;
  readonly start: number;
  /** A part of the object is assigned, not the name: `registry.db`, `cache["main"]`. */
  readonly isPart?: boolean;
  /** It is declared here: `const pool = …`. */
  readonly isDeclared?: boolean;
}

/** Dotted paths that the nodes assign, in source order, each once. */
export function bindsOf(nodes: readonly Node[]): string[] {
  return distinct(nodes.flatMap(bindingsIn).map((use) => use.path));
}

/** Dotted paths that the nodes read, in source order, each once; names that they bind before are left out. */
export function readsOf(nodes: readonly Node[]): string[] {
  const bound = new Map<string, number>();
  for (const use of nodes.flatMap(bindingsIn)) if (!bound.has(use.path) && !use.isPart) bound.set(use.path, use.start);
  const reads = nodes.flatMap(readingsIn).filter((use) => {
    const at = bound.get(rootOf(use.path));
    return !(at !== undefined && at < use.start) && !BUILTINS.has(rootOf(use.path));
  });
  return distinct(reads.map((use) => use.path));
}

/** The first part of a dotted path: `app` of `app.locals.pool`. */
export function rootOf(path: string): string {
  return path.split('.')[0] ?? path;
}

/** The bindings at or below a node: declarations, assignments, loop and catch variables; those of nested functions are theirs. */
export function bindingsIn(root: Node): NameUse[] {
  const bound: NameUse[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    bound.push(...boundBy(node));
    if (node !== root && isOtherScope(node)) continue;
    stack.push(...node.forEachChildAsArray().reverse());
  }
  return bound;
}

/** `rows.push(row)`, `providers.set(id, provider)`, `Object.assign(config, loaded)`: what is not awaited fills a list or table. */
export function filledBy(call: Node): NameUse[] {
  if (!Node.isCallExpression(call)) return [];
  const callee = unwrapped(call.getExpression());
  const first = call.getArguments()[0];
  if (!Node.isPropertyAccessExpression(callee) || !first || Node.isAwaitExpression(call.getParent())) return [];
  const isAssign = callee.getText() === 'Object.assign';
  if (!isAssign && !FILLS.test(callee.getName())) return [];
  return targets(isAssign ? first : callee.getExpression()).map((use) => ({ ...use, isPart: true }));
}

/** The dotted paths read at or below a node, longest form: `settings.region`, and `manager` for `manager.start()`. */
export function readingsIn(root: Node): NameUse[] {
  const reads: NameUse[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (Node.isTypeNode(node) || isLoggerOfCall(node) || isHandler(node)) continue;
    if (isOtherScope(node)) {
      reads.push(...freeNames(node));
      continue;
    }
    const read = readingOf(node);
    if (read) reads.push(read);
    else stack.push(...childrenRead(node).reverse());
  }
  return reads.sort((left, right) => left.start - right.start);
}

function boundBy(node: Node): NameUse[] {
  if (Node.isVariableDeclaration(node)) return targets(node.getNameNode(), true);
  const name = declaredName(node);
  if (name) return targets(name, true);
  if (Node.isBinaryExpression(node))
    return isAssignment(node.getOperatorToken().getKind()) ? targets(node.getLeft()) : [];
  if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node))
    return /\+\+|--/.test(node.getText()) ? targets(node.getOperand()) : [];
  if (Node.isDeleteExpression(node)) return targets(node.getExpression());
  const filled = filledBy(node);
  if (filled.length > 0) return filled;
  if (!Node.isForOfStatement(node) && !Node.isForInStatement(node)) return [];
  const target = node.getInitializer();
  return Node.isVariableDeclarationList(target) ? [] : targets(target);
}

const FILLS = /^(push|unshift|splice|fill|set|add|append|delete)$/;

/** The name of a function, class or import. */
function declaredName(node: Node): Node | undefined {
  if (Node.isFunctionDeclaration(node) || Node.isClassDeclaration(node)) return node.getNameNode();
  if (Node.isImportSpecifier(node)) return node.getAliasNode() ?? node.getNameNode();
  if (Node.isNamespaceImport(node) || Node.isImportEqualsDeclaration(node)) return node.getNameNode();
  return Node.isImportClause(node) ? node.getDefaultImport() : undefined;
}

/** The names in a target: `x`, `app.locals.pool`, `cache[key]`, `[first, { second }]`. */
function targets(target: Node, isDeclared = false): NameUse[] {
  const node = unwrapped(target);
  const dotted = dottedName(node);
  if (dotted) return [{ path: dotted, node, start: node.getStart(), ...(isDeclared ? { isDeclared } : {}) }];
  if (Node.isElementAccessExpression(node))
    return targets(node.getExpression()).map((use) => ({ ...use, isPart: true }));
  if (Node.isBindingElement(node)) return targets(node.getNameNode(), isDeclared);
  if (Node.isShorthandPropertyAssignment(node)) return targets(node.getNameNode());
  if (Node.isPropertyAssignment(node)) return targets(node.getInitializerOrThrow());
  if (Node.isSpreadElement(node) || Node.isSpreadAssignment(node)) return targets(node.getExpression());
  if (Node.isBinaryExpression(node)) return targets(node.getLeft());
  const isPattern =
    Node.isObjectBindingPattern(node) ||
    Node.isArrayBindingPattern(node) ||
    Node.isObjectLiteralExpression(node) ||
    Node.isArrayLiteralExpression(node);
  return isPattern ? node.forEachChildAsArray().flatMap((one) => targets(one, isDeclared)) : [];
}

/** `=`, `+=`, `??=` and their kin. */
function isAssignment(operator: SyntaxKind): boolean {
  return operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment;
}

/** What a nested function reads from outside: neither its parameters nor the names that it declares. */
function freeNames(node: Node): NameUse[] {
  const parameters = Node.isParametered(node) ? node.getParameters() : [];
  const bound = new Set(parameters.flatMap((one) => identifiersIn(one.getNameNode())).map((name) => name.getText()));
  const body = isFunction(node) ? bodyOf(node) : undefined;
  if (!body) return [];
  for (const use of bindingsIn(body)) if (use.isDeclared) bound.add(use.path);
  return readingsIn(body).filter((use) => !bound.has(rootOf(use.path)));
}

/** `(req, res) => …` of `app.get('/users', …)`: it runs when a request or an event comes. */
function isHandler(node: Node): boolean {
  const call = node.getParent();
  if (!isFunction(node) || !Node.isCallExpression(call) || call.getExpression() === node) return false;
  const callee = unwrapped(call.getExpression());
  const name = lastPart(calleeText(callee));
  return Node.isPropertyAccessExpression(callee) ? REGISTERS_HANDLER.test(name) : /^setInterval$/.test(name);
}

const REGISTERS_HANDLER =
  /^(get|post|put|patch|delete|head|options|all|use|on|once|off|addListener|addEventListener|route|param|addHook|hook|handle|process|schedule|ws|listen|command|action|event|subscribe|setErrorHandler|setNotFoundHandler)$/;

/** The callee of a log call: which logger it is does not matter for order. */
function isLoggerOfCall(node: Node): boolean {
  const parent = node.getParent();
  return Node.isCallExpression(parent) && parent.getExpression() === node && isLogCall(parent);
}

function readingOf(node: Node): NameUse | undefined {
  if (!Node.isIdentifier(node) && !Node.isPropertyAccessExpression(node) && !Node.isThisExpression(node))
    return undefined;
  const parent = node.getParent();
  const isCallee = Node.isCallExpression(parent) && parent.getExpression() === node;
  const read = isCallee && Node.isPropertyAccessExpression(node) ? node.getExpression() : node;
  const path = dottedName(read);
  return path ? { path, node, start: node.getStart() } : undefined;
}

/** The children whose names are read: not targets, keys, labels. */
function childrenRead(node: Node): Node[] {
  if (Node.isImportDeclaration(node) || Node.isImportEqualsDeclaration(node)) return [];
  if (Node.isVariableDeclaration(node)) return [...defaultsIn(node.getNameNode()), ...present(node.getInitializer())];
  if (Node.isPropertyAssignment(node)) return present(node.getInitializer());
  if (Node.isPropertyAccessExpression(node)) return [node.getExpression()];
  if (Node.isLabeledStatement(node)) return [node.getStatement()];
  if (Node.isBreakStatement(node) || Node.isContinueStatement(node)) return [];
  if (Node.isBinaryExpression(node) && node.getOperatorToken().getKind() === SyntaxKind.EqualsToken)
    return [...(dottedName(node.getLeft()) ? [] : defaultsIn(node.getLeft())), node.getRight()];
  return node.forEachChildAsArray();
}

/** Keys and default values in a target: `cache[key] = …`, `const { port = settings.port } = …`. */
function defaultsIn(target: Node): Node[] {
  const node = unwrapped(target);
  if (Node.isElementAccessExpression(node)) return [node.getExpression(), ...present(node.getArgumentExpression())];
  if (Node.isBindingElement(node)) return [...defaultsIn(node.getNameNode()), ...present(node.getInitializer())];
  const isPattern = Node.isObjectBindingPattern(node) || Node.isArrayBindingPattern(node);
  return isPattern ? node.getElements().flatMap(defaultsIn) : [];
}

function present(node: Node | undefined): Node[] {
  return node ? [node] : [];
}

function distinct(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}

const BUILTINS: ReadonlySet<string> = new Set(
  (
    'console Promise JSON Math Object Array String Number Boolean BigInt Symbol Date Error TypeError RangeError Map Set WeakMap ' +
    'WeakSet RegExp URL URLSearchParams Buffer Intl Reflect parseInt parseFloat isNaN structuredClone setTimeout setInterval ' +
    'setImmediate clearTimeout clearInterval queueMicrotask require undefined NaN Infinity __dirname __filename fetch ' +
    'AbortController AbortSignal encodeURIComponent decodeURIComponent'
  ).split(' '),
);
