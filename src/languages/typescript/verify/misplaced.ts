import { ts } from 'ts-morph';

const OUTSIDE = 'an await outside of an async function';

/** A module that awaits at its top may do so again. */
export const AT_TOP = 'an await at its top level';

/** What a parser reads and no program may hold, as a phrase: `an await outside of an async function`. */
export interface Misplaced {
  readonly what: string;
  readonly node: ts.Node;
}

/** Awaits, yields and jumps that nothing around them takes, and names that one scope declares twice. */
export function misplacedIn(tree: ts.SourceFile): readonly Misplaced[] {
  const found: Misplaced[] = [];
  const stack: ts.Node[] = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const what of faultsOf(node)) found.push({ what, node });
    ts.forEachChild(node, (child) => {
      stack.push(child);
    });
  }
  return found;
}

function faultsOf(node: ts.Node): readonly string[] {
  if (isAwait(node)) return isInAsync(node) ? [] : [functionAround(node) ? OUTSIDE : AT_TOP];
  if (ts.isYieldExpression(node)) return isGenerator(functionAround(node)) ? [] : ['a yield outside of a generator'];
  if (ts.isReturnStatement(node)) return functionAround(node) ? [] : ['a return outside of a function'];
  if (ts.isBreakOrContinueStatement(node)) return hasTarget(node) ? [] : [`a ${jumpOf(node)} that leads nowhere`];
  return ts.isSourceFile(node) || ts.isBlock(node) || ts.isCaseBlock(node) ? twiceIn(node) : [];
}

/** In a script the parser takes `await (x)` for a call. */
function isAwait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined;
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'await';
}

function isInAsync(node: ts.Node): boolean {
  const outer = functionAround(node);
  return outer !== undefined && modifiersOf(outer).some((one) => one.kind === ts.SyntaxKind.AsyncKeyword);
}

function isGenerator(outer: ts.Node | undefined): boolean {
  return (
    outer !== undefined &&
    (ts.isFunctionDeclaration(outer) || ts.isFunctionExpression(outer) || ts.isMethodDeclaration(outer)) &&
    outer.asteriskToken !== undefined
  );
}

function modifiersOf(node: ts.Node): readonly ts.Modifier[] {
  return (ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined) ?? [];
}

/** The function, or what else of a class runs by itself. */
function functionAround(node: ts.Node): ts.Node | undefined {
  let outer: ts.Node | undefined = node.parent;
  while (outer && !ts.isFunctionLike(outer) && !ts.isClassStaticBlockDeclaration(outer)) outer = outer.parent;
  return outer;
}

function hasTarget(jump: ts.BreakOrContinueStatement): boolean {
  for (let outer = jump.parent; outer && !ts.isFunctionLike(outer); outer = outer.parent) {
    if (jump.label) {
      if (ts.isLabeledStatement(outer) && outer.label.text === jump.label.text) return true;
    } else if (ts.isIterationStatement(outer, false) || (ts.isBreakStatement(jump) && ts.isSwitchStatement(outer))) {
      return true;
    }
  }
  return false;
}

function jumpOf(jump: ts.BreakOrContinueStatement): string {
  return ts.isBreakStatement(jump) ? 'break' : 'continue';
}

/** Names that are bound more than once by `import`, `const`, `let` or `class`. */
function twiceIn(scope: ts.SourceFile | ts.Block | ts.CaseBlock): readonly string[] {
  const statements = ts.isCaseBlock(scope)
    ? scope.clauses.flatMap((clause) => [...clause.statements])
    : scope.statements;
  const names = statements.flatMap(boundBy);
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two declarations of ${name}`);
}

function boundBy(statement: ts.Statement): readonly string[] {
  if (ts.isImportDeclaration(statement)) return importedNames(statement.importClause);
  if (ts.isClassDeclaration(statement)) return statement.name ? [statement.name.text] : [];
  if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.BlockScoped)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
}

function importedNames(clause: ts.ImportClause | undefined): readonly string[] {
  const bindings = clause?.namedBindings;
  const named =
    bindings && (ts.isNamespaceImport(bindings) ? [bindings.name] : bindings.elements.map(({ name }) => name));
  return [clause?.name, ...(named ?? [])].flatMap((name) => (name ? [name.text] : []));
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isBindingElement(one) ? boundNames(one.name) : []));
}
