import { Node, SyntaxKind } from 'ts-morph';
import type { TasksPlace } from '../../../core/index.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import type { Comments } from '../tree/comments.ts';
import { isInside, statementAround, statementsOf } from '../tree/own-nodes.ts';
import { indentOf, lineStart, nextLine } from '../tree/text-ranges.ts';
import { addedShutdownHook, registrationOf } from './added-shutdown.ts';
import { type LinePlace, lineAbove, lineOfEnd } from './line-places.ts';
import { loggersDeclared } from './loggers-used.ts';
import { seesLocals, stopsOutside } from './visible-to-stops.ts';

/** Where the tasks of a hook are made and told what they wait for; a sentence where there is no place for them. */
export function tasksPlace(
  definition: HookDefinition,
  firstCall: number,
  comments: Comments,
  modules: Modules,
): TasksPlace | string {
  if (!Node.isBlock(definition.body) && !Node.isSourceFile(definition.body))
    return `the body of ${definition.name} is an expression`;
  const held = heldPlace(definition, comments);
  if (!held) return `what ends ${definition.name} shares its line with other code`;
  const kind = kindOf(definition, modules);
  const made = madePlace(definition, kind, firstCall, comments);
  if (!made) return `the body of ${definition.name} stands on one line`;
  const name = freeName(definition);
  const field = kind === 'field' ? fieldPlace(definition, comments) : undefined;
  const shutdownHook = addedShutdownHook(definition, made, held);
  const server = serverAt(definition, held.at);
  return {
    expression: kind === 'field' ? `this.${name}` : name,
    kind,
    madeAt: made.at,
    madeIndent: made.indent,
    ...(field ? { declaredAt: field.at, declaredIndent: field.indent } : {}),
    heldAt: held.at,
    heldIndent: held.indent,
    ...(server === undefined ? {} : { server }),
    ...(definition.release ? { release: true } : {}),
    ...(shutdownHook ? { shutdownHook } : {}),
  };
}

/**
 * Methods keep their tasks in a field. A constant of the hook does where every function that stops something sees it; the other
 * members of an object literal, and the stops beside a module, do not.
 */
function kindOf(definition: HookDefinition, modules: Modules): TasksPlace['kind'] {
  const { node, owner, body } = definition;
  if (!node || Node.isSourceFile(body)) return 'module';
  if (owner && isInstanceMember(node)) return stopsOutside(definition, modules) ? 'module' : 'field';
  if (registrationOf(definition)) return 'local';
  const holder = node.getParent();
  const isMember = Node.isObjectLiteralExpression(holder) || Node.isPropertyAssignment(holder);
  return isMember || !seesLocals(definition, modules) ? 'module' : 'local';
}

function isInstanceMember(node: Node): boolean {
  if (Node.isConstructorDeclaration(node)) return true;
  if (Node.isMethodDeclaration(node)) return !node.isStatic();
  const holder = node.getParent();
  return Node.isPropertyDeclaration(holder) && !holder.isStatic() && Node.isArrowFunction(node);
}

/** Above the statement that listens, or at the end of the function, above a trailing `return`. */
function heldPlace({ body, listen, module }: HookDefinition, comments: Comments): LinePlace | undefined {
  if (listen) return lineAbove(holdingStatement(listen, body), module.text, comments);
  const last = statementsOf(body).at(-1);
  if (Node.isReturnStatement(last)) return lineAbove(last, module.text, comments);
  const at = Node.isBlock(body) ? lineOfEnd(body, module.text) : undefined;
  return at === undefined || !last ? undefined : { at, indent: indentOf(module.text, last.getStart()) };
}

/** The statement that listens; the `if` or `switch` around it where the server may listen on another way as well. */
function holdingStatement(listen: Node, body: Node): Node {
  let statement = statementAround(listen);
  for (let outer = statement.getParent(); outer && isInside(outer, body) && outer !== body; outer = outer.getParent()) {
    const isChoice = Node.isIfStatement(outer) || Node.isSwitchStatement(outer);
    const isTwin =
      isChoice && (branchesOf(outer).some((one) => !isInside(listen, one) && listens(one)) || listensBelow(outer));
    if (isTwin || Node.isIterationStatement(outer)) statement = statementAround(outer);
  }
  return statement;
}

function branchesOf(choice: Node): Node[] {
  if (Node.isSwitchStatement(choice)) return choice.getClauses();
  if (!Node.isIfStatement(choice)) return [];
  return [choice.getThenStatement(), choice.getElseStatement()].filter((one) => one !== undefined);
}

/** `if (secure) { https.listen(443); return; }` with another listen further down. */
function listensBelow(choice: Node): boolean {
  const statement = statementAround(choice);
  const siblings = statementsOf(statement.getParent());
  return siblings
    .slice(siblings.indexOf(statement) + 1)
    .some((one) => listens(one) && !Node.isFunctionDeclaration(one));
}

function listens(node: Node): boolean {
  return /\blisten\w*\s*\(|\b(serve|startServer|createServer)\s*\(|\b\w*(server|app)\.start\s*\(/i.test(node.getText());
}

function madePlace(
  definition: HookDefinition,
  kind: TasksPlace['kind'],
  firstCall: number,
  comments: Comments,
): LinePlace | undefined {
  const { module, outer, body } = definition;
  if (kind === 'module') return topOfModule(definition, firstCall, comments);
  const registration = registrationOf(definition);
  if (registration) return lineAbove(outer, module.text, comments);
  const statements = statementsOf(body).filter((one) => !isPrologue(one));
  const first = statements[0];
  if (!first || !Node.isBlock(body)) return undefined;
  const logger = loggersDeclared(definition, statements, firstCall).at(-1);
  if (!logger) return lineAbove(first, module.text, comments);
  return { at: nextLine(module.text, logger.getEnd()), indent: indentOf(module.text, first.getStart()) };
}

/** Below the imports, and below the logger where the file makes one before the hook runs. */
function topOfModule(definition: HookDefinition, firstCall: number, comments: Comments): LinePlace | undefined {
  const { module, body, outer } = definition;
  const statements = module.root.getStatements();
  const limit = Node.isSourceFile(body) ? firstCall : Math.min(outer.getStart(), firstUse(definition));
  const above = statements.filter((one) => one.getEnd() <= limit);
  const last = above.filter((one) => isImport(one) || isPrologue(one)).at(-1);
  const logger = loggersDeclared(definition, above, limit).at(-1);
  const below = [last, logger]
    .filter((one) => one !== undefined)
    .sort((a, b) => a.getEnd() - b.getEnd())
    .at(-1);
  if (below) return { at: nextLine(module.text, below.getEnd()), indent: '' };
  const first = statements[0];
  return first && lineAbove(first, module.text, comments);
}

/** The first statement of the file that calls the hook while the file is loaded. */
function firstUse({ module, name }: HookDefinition): number {
  const call = module.root
    .getStatements()
    .find((one) => Node.isExpressionStatement(one) && new RegExp(`\\b${escaped(name)}\\s*\\(`).test(one.getText()));
  return call?.getStart() ?? Number.POSITIVE_INFINITY;
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&');
}

function isImport(statement: Node): boolean {
  if (Node.isImportDeclaration(statement) || Node.isImportEqualsDeclaration(statement)) return true;
  const text = Node.isVariableStatement(statement) || Node.isExpressionStatement(statement) ? statement.getText() : '';
  return /^(const|let|var)\s[^=]+=\s*(require\(|__importDefault\()|^require\(/.test(text);
}

/** `'use strict'` */
function isPrologue(statement: Node): boolean {
  return Node.isExpressionStatement(statement) && Node.isStringLiteral(statement.getExpression());
}

/** Above the first member of the class, its comments and decorators. */
function fieldPlace({ owner, module }: HookDefinition, comments: Comments): LinePlace | undefined {
  const first = owner?.getMembers()[0];
  if (!first) return undefined;
  const place = lineAbove(first, module.text, comments);
  return place ?? { at: lineStart(module.text, first.getStart()), indent: indentOf(module.text, first.getStart()) };
}

/** What listens, where its name stands for something above the line at which the tasks are told. */
function serverAt({ server, body, module }: HookDefinition, at: number): string | undefined {
  if (server === undefined) return undefined;
  const root = server.split(/[.[(?]/)[0] ?? server;
  if (root === 'this') return server;
  const declarations = module.root
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .filter((one) => one.getText() === root && isDeclaredName(one));
  const own = declarations.filter((one) => isInside(one, body));
  return own.length === 0 || own.some((one) => one.getEnd() <= at) ? server : undefined;
}

function isDeclaredName(name: Node): boolean {
  const parent = name.getParent();
  return (Node.isVariableDeclaration(parent) || Node.isBindingElement(parent)) && parent.getNameNode() === name;
}

/** The first name that stands for nothing else in the file; an instance of an earlier run keeps its own. */
function freeName({ module }: HookDefinition): string {
  const names = ['startupTasks', 'backgroundStartupTasks', 'startupTaskRunner'];
  return names.find((name) => !isTaken(name, module.text)) ?? 'startupTasks_';
}

function isTaken(name: string, text: string): boolean {
  if (!new RegExp(`\\b${name}\\b`).test(text)) return false;
  return !new RegExp(
    `\\b${name}\\b[^;\\n]*=\\s*\\(?\\s*(this\\.\\w+\\s*=\\s*)?new StartupTasks\\b|\\b${name}\\??\\s*:\\s*StartupTasks\\b`,
  ).test(text);
}
