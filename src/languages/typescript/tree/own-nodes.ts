import { Node, SyntaxKind } from 'ts-morph';
import type { TextRange } from '../../../core/index.ts';

/**
 * The nodes of some kinds at or below a node, in source order. Nested functions and classes are listed, but not entered: what they
 * hold runs at another time. Without recursion, since source can be nested deeper than a stack.
 */
export function ownNodes(root: Node, kinds: readonly SyntaxKind[]): Node[] {
  return collect(root, kinds, true);
}

/** As `ownNodes`, with what stands inside nested functions and classes. */
export function allNodes(root: Node, kinds: readonly SyntaxKind[]): Node[] {
  return collect(root, kinds, false);
}

/** A function, method, accessor, constructor or class: what stands in it does not run where it stands. */
export function isOtherScope(node: Node): boolean {
  return isFunction(node) || CLASSES.has(node.getKind());
}

/** A function of any kind: declaration, expression, arrow function, method, constructor, accessor. */
export function isFunction(node: Node): boolean {
  return FUNCTIONS.has(node.getKind());
}

/** The statements of a block, source file or function body; of an arrow function without braces its expression. */
export function statementsOf(body: Node | undefined): Node[] {
  if (!body) return [];
  if (Node.isBlock(body) || Node.isSourceFile(body) || Node.isModuleBlock(body)) return body.getStatements();
  if (Node.isCaseClause(body) || Node.isDefaultClause(body)) return body.getStatements();
  return [body];
}

/** The body of a function-like node. */
export function bodyOf(node: Node | undefined): Node | undefined {
  return node && Node.isBodyable(node) ? node.getBody() : node && Node.isBodied(node) ? node.getBody() : undefined;
}

/** From the first character of the code to its end, comments before it left out. */
export function rangeOf(node: Node): TextRange {
  return { start: node.getStart(), end: node.getEnd() };
}

/** Line of a node, counted from 1. */
export function lineOf(node: Node): number {
  return node.getStartLineNumber();
}

/** The function that a node stands in, or the source file. */
export function scopeOf(node: Node): Node {
  let outer = node.getParent();
  while (outer && !isOtherScope(outer) && !Node.isSourceFile(outer)) outer = outer.getParent();
  return outer ?? node.getSourceFile();
}

/** The statement that a node stands in: the outermost node below a block, case or source file. */
export function statementAround(node: Node): Node {
  let current = node;
  for (let outer = current.getParent(); outer && !holdsStatements(outer); outer = current.getParent()) current = outer;
  return current;
}

/** A block, case or file. */
export function holdsStatements(node: Node): boolean {
  return (
    Node.isBlock(node) ||
    Node.isSourceFile(node) ||
    Node.isModuleBlock(node) ||
    Node.isCaseClause(node) ||
    Node.isDefaultClause(node)
  );
}

/** The loop that a `break` or `continue` belongs to. */
export function enclosingLoop(node: Node): Node | undefined {
  for (let outer = node.getParent(); outer && !isOtherScope(outer); outer = outer.getParent())
    if (Node.isIterationStatement(outer)) return outer;
  return undefined;
}

/** Whether one node stands in another or is it. */
export function isInside(node: Node, outer: Node): boolean {
  return (
    node.getSourceFile() === outer.getSourceFile() && node.getPos() >= outer.getPos() && node.getEnd() <= outer.getEnd()
  );
}

/** The expression without parentheses, `as`, `satisfies`, `!` and type assertions. */
export function unwrapped(node: Node): Node {
  let current = node;
  while (
    Node.isParenthesizedExpression(current) ||
    Node.isAsExpression(current) ||
    Node.isSatisfiesExpression(current) ||
    Node.isNonNullExpression(current) ||
    Node.isTypeAssertion(current)
  )
    current = current.getExpression();
  return current;
}

/** Modifier `async`. */
export function isAsyncFunction(node: Node | undefined): boolean {
  return node !== undefined && Node.isAsyncable(node) && node.isAsync();
}

const FUNCTIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
]);

const CLASSES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.ClassStaticBlockDeclaration,
]);

function collect(root: Node, kinds: readonly SyntaxKind[], own: boolean): Node[] {
  const wanted = new Set(kinds);
  const found: Node[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (wanted.has(node.getKind())) found.push(node);
    if (own && node !== root && isOtherScope(node)) continue;
    const children = node.forEachChildAsArray();
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child) stack.push(child);
    }
  }
  return found;
}
