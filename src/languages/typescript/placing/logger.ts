import { Node, SyntaxKind } from 'ts-morph';
import type { Logger, TasksPlace } from '../../../core/index.ts';
import type { ClassNode, Definition, HookDefinition, Modules, SourceModule } from '../modules/definition.ts';
import { dottedName } from '../tree/dotted-name.ts';
import { allNodes, isInside, ownNodes, unwrapped } from '../tree/own-nodes.ts';
import { nextLine } from '../tree/text-ranges.ts';
import { afterImports } from './imports.ts';
import { declarationAt, isBoundAt, isOfModule } from './visible-names.ts';

/**
 * The logger that all hooks of a file can use: rather one that they log with than one that is only there. `places` says where their
 * tasks are made. Where no logger can be seen from everywhere the console is taken.
 */
export function loggerOf(
  module: SourceModule,
  hooks: readonly HookDefinition[],
  modules: Modules,
  places: readonly TasksPlace[] = [],
): Logger {
  const setUpAt = afterImports(module);
  const offsets = {
    made: places.length > 0 ? places.map(({ madeAt }) => madeAt) : hooks.filter(isStartup).map(beginningOf),
    stopped: hooks.filter((hook) => !isStartup(hook)).map(({ body }) => body.getStart() + 1),
  };
  for (const candidate of candidatesIn(module, hooks)) {
    const declaration = visible(candidate, hooks, offsets, module);
    if (!declaration) continue;
    const meaning = modules.resolve(candidate.node);
    if (!logsErrors(meaning)) continue;
    return {
      expression: candidate.text,
      library: libraryOf(candidate, meaning, modules),
      setUpAt: Math.max(setUpAt, belowDeclaration(declaration, module)),
    };
  }
  return { expression: 'console', library: 'console', setUpAt };
}

/** An expression that looks like a logger, at one of its uses. */
interface Candidate {
  readonly text: string;
  readonly node: Node;
}

/** Where a logger is needed: where tasks are made, and in what stops them. */
interface Offsets {
  readonly made: readonly number[];
  readonly stopped: readonly number[];
}

function isStartup({ form }: HookDefinition): boolean {
  return form !== 'shutdown-event';
}

/** Where the tasks of a hook stand at the latest. */
function beginningOf({ body, node, listen }: HookDefinition): number {
  if (node) return body.getStart() + 1;
  const [first] = ownNodes(body, [SyntaxKind.AwaitExpression]);
  return Math.min(first?.getStart() ?? body.getEnd(), listen?.getStart() ?? body.getEnd());
}

/** Loggers as they are used, those in hooks first and the most frequent of them; then those that are made and not used. */
function candidatesIn(module: SourceModule, hooks: readonly HookDefinition[]): readonly Candidate[] {
  const used = allNodes(module.root, [SyntaxKind.CallExpression]).flatMap(loggerUsed);
  const inHooks = used.filter(({ node }) => hooks.some(({ body }) => isInside(node, body)));
  const made = allNodes(module.root, MADE).flatMap(loggerMade);
  const ordered = [...byFrequency(inHooks), ...byFrequency(used), ...made];
  return ordered.filter(({ text }, index) => ordered.findIndex((other) => other.text === text) === index);
}

/** `this.logger` of `this.logger.warn(…)`. */
function loggerUsed(call: Node): readonly Candidate[] {
  const callee = Node.isCallExpression(call) ? unwrapped(call.getExpression()) : undefined;
  if (!Node.isPropertyAccessExpression(callee) || !LEVELS.has(callee.getName())) return [];
  const node = unwrapped(callee.getExpression());
  const text = dottedName(node);
  const isOptional = callee.hasQuestionDotToken() || node.getText().includes('?.');
  const isLogger = text !== undefined && text !== 'console' && NAMES.test(text);
  return isLogger && !isOptional ? [{ text: node.getText(), node }] : [];
}

/** A variable or field that is made by a call which is known to make loggers. */
function loggerMade(declaration: Node): readonly Candidate[] {
  if (!Node.isVariableDeclaration(declaration) && !Node.isPropertyDeclaration(declaration)) return [];
  const value = declaration.getInitializer();
  const node = declaration.getNameNode();
  if (!value || !Node.isIdentifier(node) || !MAKERS.test(value.getText())) return [];
  const isField = Node.isPropertyDeclaration(declaration);
  if (isField && declaration.isStatic()) return [];
  return [{ text: isField ? `this.${node.getText()}` : node.getText(), node }];
}

/** The declaration that the first name of an expression has wherever it is needed. Shutdown parts may not see it at all. */
function visible(
  { text, node }: Candidate,
  hooks: readonly HookDefinition[],
  { made, stopped }: Offsets,
  module: SourceModule,
): Node | undefined {
  const [root = '', member = ''] = text.split('.');
  if (root === 'this') return hooks.every((hook) => hasField(hook, member)) ? node : undefined;
  const declarations = (made.length > 0 ? made : stopped).map((offset) => declarationAt(root, offset, module));
  const first = declarations[0];
  if (!first) return isOfPlatform(root, node, hooks, module) ? node : undefined;
  const isHidden = stopped.some((offset) => (declarationAt(root, offset, module) ?? first) !== first);
  const isSame = declarations.every((one) => one === first) && made.every((offset) => isBoundAt(first, offset));
  return isSame && !isHidden ? first : undefined;
}

/** A name of the platform, like Strapi's `strapi`, is there where it is used already. */
function isOfPlatform(root: string, node: Node, hooks: readonly HookDefinition[], module: SourceModule): boolean {
  const isDeclared = declarationAt(root, node.getStart(), module) !== undefined;
  return !isDeclared && hooks.every(({ body }) => isInside(node, body));
}

/** The class that `this` is an instance of in a hook. */
function ownerOf({ node }: HookDefinition): ClassNode | undefined {
  let current: Node | undefined = node;
  while (current && !isClass(current)) {
    if (Node.isFunctionExpression(current) || Node.isFunctionDeclaration(current)) return undefined;
    if (Node.isMethodDeclaration(current) && current.isStatic()) return undefined;
    current = current.getParent();
  }
  return current;
}

/** A field that the class declares or sets; one that it inherits has been seen in use. A constructor sets its fields first. */
function hasField(hook: HookDefinition, name: string): boolean {
  const owner = ownerOf(hook);
  const member = owner?.getInstanceMembers().find((one) => one.getName() === name);
  if (Node.isConstructorDeclaration(hook.node)) return hasValueAtOnce(member) && owner?.getExtends() === undefined;
  return member !== undefined || (owner !== undefined && new RegExp(`\\bthis\\.${name}\\b`).test(owner.getText()));
}

function hasValueAtOnce(member: Node | undefined): boolean {
  return Node.isParameterDeclaration(member) || (Node.isPropertyDeclaration(member) && member.hasInitializer());
}

function isClass(node: Node): node is ClassNode {
  return Node.isClassDeclaration(node) || Node.isClassExpression(node);
}

/** An object of the project that has no `error` is no logger to the helper. */
function logsErrors(meaning: Definition | undefined): boolean {
  if (meaning?.kind === 'function') return false;
  if (meaning?.kind === 'value' && Node.isObjectLiteralExpression(meaning.node)) {
    const properties = meaning.node.getProperties();
    return properties.some(Node.isSpreadAssignment) || meaning.node.getProperty('error') !== undefined;
  }
  if (meaning?.kind !== 'instance' && meaning?.kind !== 'class') return true;
  const { node } = meaning.kind === 'instance' ? meaning.of : meaning;
  const members = meaning.kind === 'instance' ? node.getInstanceMembers() : node.getStaticMembers();
  return node.getExtends() !== undefined || members.some((member) => member.getName() === 'error');
}

function libraryOf({ text }: Candidate, meaning: Definition | undefined, modules: Modules): Logger['library'] {
  const name = meaning ? madeBy(meaning, modules) : '';
  if (/^(nestjs-pino|pino|fastify)\b|^(app|fastify|server|instance)\.log$/.test(name || text)) return 'pino';
  if (/^winston\b|^nest-winston\b/.test(name)) return 'winston';
  if (/^@nestjs\/common\b/.test(name)) return 'nest';
  return /^console\b/.test(name) ? 'console' : 'other';
}

/** Dotted name of what made a logger: `pino()`, `@nestjs/common.Logger`. */
function madeBy(meaning: Definition, modules: Modules): string {
  if (meaning.kind === 'external') return meaning.qualifiedName;
  if (meaning.kind === 'value' && Node.isCallExpression(meaning.node)) return meaning.node.getExpression().getText();
  const extended = meaning.kind === 'instance' ? meaning.of.node.getExtends() : undefined;
  const base = extended && modules.resolve(extended.getExpression());
  return base?.kind === 'external' ? base.qualifiedName : '';
}

/** The line below a variable that is declared at the top of the file; 0 for what else a logger can be. */
function belowDeclaration(declaration: Node, { text }: SourceModule): number {
  const statement = declaration.getFirstAncestorByKind(SyntaxKind.VariableStatement);
  const isTop = statement && Node.isSourceFile(statement.getParent()) && isOfModule(declaration);
  return isTop ? nextLine(text, statement.getEnd()) : 0;
}

function byFrequency(candidates: readonly Candidate[]): readonly Candidate[] {
  const counts = new Map<string, number>();
  for (const { text } of candidates) counts.set(text, (counts.get(text) ?? 0) + 1);
  return candidates.toSorted((a, b) => (counts.get(b.text) ?? 0) - (counts.get(a.text) ?? 0));
}

const LEVELS: ReadonlySet<string> = new Set(['error', 'warn', 'info', 'debug', 'fatal', 'trace', 'verbose', 'log']);

/** The last part of the expression says that it logs: `logger`, `app.log`, `rootLogger`, Nest's `Logger`. */
const NAMES = /(^|[._])(log|logger|LOG|LOGGER|Logger|consola|winston|signale)$|[a-z](Log|Logger)$/;

const MAKERS =
  /^(pino|winston\.createLogger|createLogger|bunyan\.createLogger|log4js\.getLogger|getLogger|createConsola|consola\.withTag|rootLogger\.child|logger\.child|new (Pino|Consola|Nest)?Logger)\s*\(/;

const MADE: readonly SyntaxKind[] = [SyntaxKind.VariableDeclaration, SyntaxKind.PropertyDeclaration];
