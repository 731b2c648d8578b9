import { Node } from 'ts-morph';
import type { HookForm } from '../../../core/index.ts';
import type { AppHooks, ClassNode, HookDefinition, Modules } from '../modules/definition.ts';
import { bodyOf, isFunction, lineOf, statementsOf, unwrapped } from '../tree/own-nodes.ts';
import { callableName } from './call-sites.ts';

/** What a recogniser knows of a function that its framework calls. */
export interface HookFunction {
  readonly framework: string;
  readonly form: HookForm;
  readonly name?: string;
  /** The whole definition, or the statement that registers it. */
  readonly outer?: Node;
  readonly server?: string;
  readonly release?: boolean;
  readonly app?: string;
  readonly adviceOnly?: string | undefined;
  readonly notes?: readonly string[];
}

/** A function as a hook; one without braces has no statements, and is none. */
export function functionHook(node: Node, how: HookFunction, modules: Modules): readonly HookDefinition[] {
  const body = bodyOf(node);
  if (!Node.isBlock(body)) return [];
  const owner = node.getParent();
  const isMethod = Node.isClassDeclaration(owner) || Node.isClassExpression(owner);
  const { framework, form, server, release, app, adviceOnly, notes = [] } = how;
  const ownName = how.name ?? (callableName(node) || `(function, line ${lineOf(node)})`);
  return [
    {
      framework,
      form,
      module: modules.of(node),
      name: isMethod ? `${owner.getName() ?? '(class)'}.${ownName}` : ownName,
      body,
      node,
      outer: how.outer ?? definitionAround(node),
      ...(isMethod ? { owner } : {}),
      ...(server === undefined ? {} : { server }),
      ...(release ? { release } : {}),
      ...(app === undefined ? {} : { app }),
      ...(adviceOnly === undefined ? {} : { adviceOnly }),
      notes,
    },
  ];
}

/** The hooks of one app or service, where it has a startup part that does anything. */
export function appHooks(startup: readonly HookDefinition[], shutdown: readonly HookDefinition[]): readonly AppHooks[] {
  const filled = startup.filter(({ body }) => statementsOf(body).length > 0);
  const [first] = filled;
  return first ? [{ id: `${first.module.path}:${first.name}`, startup: filled, shutdown }] : [];
}

/** The statement or class member that a function is written in. */
export function definitionAround(node: Node): Node {
  if (Node.isFunctionDeclaration(node) || Node.isMethodDeclaration(node)) return node;
  return node.getFirstAncestor((one) => Node.isStatement(one) || Node.isPropertyDeclaration(one)) ?? node;
}

/** The methods of a class by name, those that are functions in properties too. */
export function methodsOf(node: ClassNode, names: readonly string[]): readonly Node[] {
  return names.flatMap((name) => node.getInstanceMethod(name) ?? functionIn(node.getInstanceProperty(name)) ?? []);
}

/** The function that a property, variable or export holds. */
export function functionIn(holder: Node | undefined): Node | undefined {
  if (!holder) return undefined;
  if (isFunction(holder)) return holder;
  const made =
    Node.isPropertyAssignment(holder) || Node.isPropertyDeclaration(holder) || Node.isVariableDeclaration(holder)
      ? holder.getInitializer()
      : undefined;
  const value = made && unwrapped(made);
  return value && isFunction(value) ? value : undefined;
}

/** The function that a file exports by a name: `export async function register`, `exports.register =`, `module.exports = { register }`. */
export function exportedFunction(root: Node, name: string, modules: Modules): Node | undefined {
  if (!Node.isSourceFile(root)) return undefined;
  const declared = root.getFunction(name) ?? functionIn(root.getVariableDeclaration(name));
  if (declared && /\bexport\b|\bexports\b/.test(root.getFullText())) return declared;
  for (const statement of root.getStatements()) {
    const value = exportedValue(statement, name);
    const found = value && (isFunction(value) ? value : functionOf(value, modules));
    if (found) return found;
  }
  return undefined;
}

function functionOf(value: Node, modules: Modules): Node | undefined {
  const found = modules.resolve(value);
  return found?.kind === 'function' && found.module.root === value.getSourceFile() ? found.node : undefined;
}

/** `exports.bootstrap = …`, or the `bootstrap` of an object that is the whole export. */
function exportedValue(statement: Node, name: string): Node | undefined {
  if (Node.isExportAssignment(statement)) return memberOf(statement.getExpression(), name);
  const expression = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
  if (!Node.isBinaryExpression(expression)) return undefined;
  const target = expression.getLeft().getText();
  if (target === `exports.${name}` || target === `module.exports.${name}`) return unwrapped(expression.getRight());
  return target === 'module.exports' ? memberOf(expression.getRight(), name) : undefined;
}

function memberOf(value: Node, name: string): Node | undefined {
  const object = unwrapped(value);
  if (!Node.isObjectLiteralExpression(object)) return undefined;
  const property = object.getProperty(name);
  if (Node.isShorthandPropertyAssignment(property)) return property.getNameNode();
  if (Node.isPropertyAssignment(property)) return property.getInitializer();
  return property && isFunction(property) ? property : undefined;
}
