import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import type { ClassDefinition, Modules, SourceModule } from '../modules/definition.ts';
import { className, moduleName } from '../modules/qualified-name.ts';
import { dottedName } from '../tree/dotted-name.ts';
import { isInside, unwrapped } from '../tree/own-nodes.ts';
import { classAround, type FunctionDefinition, nodeKey } from './functions.ts';
import { isRelated } from './members.ts';

/** A variable that outlives the function that fills it. */
export type SharedState =
  | { readonly kind: 'global'; readonly module: SourceModule; readonly name: string }
  /** A property of an object that a module holds: `state.pool`. */
  | { readonly kind: 'member'; readonly module: SourceModule; readonly of: string; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: ClassDefinition; readonly name: string }
  /** `app.locals.pool`, `globalThis.cache`, `ctx.db`, wherever the holder is. */
  | { readonly kind: 'anywhere'; readonly holder: string; readonly name: string };

/** `src/db.pool`, `src/db.state.pool`, `VectorStore.index`, `app.locals.pool`. */
export function targetName(state: SharedState): string {
  if (state.kind === 'anywhere') return `${state.holder}.${state.name}`;
  if (state.kind === 'attribute') return `${className(state.of.node)}.${state.name}`;
  return [moduleName(state.module.path), ...(state.kind === 'member' ? [state.of] : []), state.name].join('.');
}

/** Tells state apart; that of a class by the class in which it was seen. */
export function stateKey(state: SharedState): string {
  return state.kind === 'attribute' ? `${nodeKey(state.of.module, state.of.node)} ${state.name}` : targetName(state);
}

/** The shared variable that a name or property stands for, as seen in a function. */
export function sharedState(node: Node, of: FunctionDefinition, modules: Modules): SharedState | undefined {
  const access = unwrapped(node);
  if (Node.isIdentifier(access)) return globalBehind(access, modules) ?? undeclared(access);
  if (Node.isElementAccessExpression(access)) return sharedState(access.getExpression(), of, modules);
  if (!Node.isPropertyAccessExpression(access)) return undefined;
  return sharedMember(access.getExpression(), access.getName(), of, modules);
}

/** The same for a property by its name: `const { pool } = app.locals`. */
export function sharedMember(
  object: Node,
  name: string,
  of: FunctionDefinition,
  modules: Modules,
): SharedState | undefined {
  const receiver = unwrapped(object);
  const written = dottedName(receiver) ?? '';
  const holder = holderOf(written);
  if (holder) return { kind: 'anywhere', holder, name };
  if (/^(module\.)?exports$/.test(written)) return { kind: 'global', module: modules.of(receiver), name };
  if (Node.isThisExpression(receiver)) return ofThis(receiver, name, of, modules);
  if (isOwnObject(receiver, of)) return undefined;
  return ofResolved(receiver, name, of, modules) ?? ofApp(written, name);
}

/** The variable of a module behind a name, through the imports that lead to it. */
export function globalBehind(node: Node, modules: Modules): SharedState | undefined {
  const parent = node.getParent();
  const symbol = Node.isShorthandPropertyAssignment(parent) ? parent.getValueSymbol() : node.getSymbol();
  const target = symbol?.isAlias() ? symbol.getAliasedSymbol() : symbol;
  const declaration = target?.getDeclarations()[0];
  if (!declaration || declaration.getSourceFile().isDeclarationFile()) return undefined;
  if (Node.isExportAssignment(declaration)) {
    const exported = unwrapped(declaration.getExpression());
    return Node.isIdentifier(exported) && exported !== node ? globalBehind(exported, modules) : undefined;
  }
  if (!isOfModule(declaration)) return undefined;
  if (Node.isVariableDeclaration(declaration)) return ofVariable(declaration, modules);
  return Node.isBindingElement(declaration) ? ofRequired(declaration, modules) : undefined;
}

/** `cache` for `globalThis.cache`: nothing in the program declares it. */
function undeclared(name: Node): SharedState | undefined {
  const declarations = name.getSymbol()?.getDeclarations() ?? [];
  const isAmbient = declarations.every((one) => one.getFirstAncestorByKind(SyntaxKind.ModuleDeclaration) !== undefined);
  return isAmbient ? { kind: 'anywhere', holder: 'globalThis', name: name.getText() } : undefined;
}

/** Whether both stand for the same variable: attributes of a class are those of its bases and subclasses too. */
export function isSameState(one: SharedState, other: SharedState, modules: Modules): boolean {
  if (one.name !== other.name) return false;
  if (one.kind === 'attribute' && other.kind === 'attribute') return isRelated(one.of, other.of, modules);
  return one.kind === other.kind && targetName(one) === targetName(other);
}

/** An object that the function has made itself, and that is nobody else's yet. */
export function isOwnObject(expression: Node, of: FunctionDefinition): boolean {
  let root = unwrapped(expression);
  while (Node.isPropertyAccessExpression(root) || Node.isElementAccessExpression(root))
    root = unwrapped(root.getExpression());
  if (Node.isNewExpression(root)) return true;
  if (!Node.isIdentifier(root)) return false;
  const declaration = root.getSymbol()?.getDeclarations()[0];
  if (!Node.isVariableDeclaration(declaration) || !isInside(declaration, of.node)) return false;
  const made = declaration.getInitializer();
  return made !== undefined && MAKES_OBJECT.has(unwrapped(made).getKind());
}

const MAKES_OBJECT: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.NewExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
]);

/** Where apps keep what handlers share. */
function holderOf(written: string): string | undefined {
  if (/^(globalThis|global|window|self)$/.test(written)) return 'globalThis';
  const match =
    /(?:^|\.)(?:\w*app|application|server|api|req|request|res|ctx|context|fastify|c|koa)\.(locals|state|context)$/i.exec(
      written,
    );
  return match ? `app.${match[1]}` : undefined;
}

/** `this` of a method is an instance of its class, or the object that the method is written in. */
function ofThis(node: Node, name: string, of: FunctionDefinition, modules: Modules): SharedState | undefined {
  const module = modules.of(node);
  const around = classAround(node, module);
  if (around) return { kind: 'attribute', of: of.self ?? around, name };
  const object = node.getFirstAncestorByKind(SyntaxKind.ObjectLiteralExpression);
  const holder = object?.getParent();
  if (Node.isVariableDeclaration(holder) && isOfModule(holder))
    return { kind: 'member', module, of: holder.getName(), name };
  const isExported =
    Node.isExportAssignment(holder) || (Node.isBinaryExpression(holder) && /exports/.test(holder.getLeft().getText()));
  if (isExported) return { kind: 'global', module, name };
  // A function that stands alone is a method of a prototype, whose other methods stand beside it.
  return { kind: 'anywhere', holder: `${module.path.replace(/\/?[^/]*$/, '')}.this`, name };
}

function ofResolved(receiver: Node, name: string, of: FunctionDefinition, modules: Modules): SharedState | undefined {
  const found = modules.resolve(receiver);
  if (found?.kind === 'instance') return { kind: 'attribute', of: found.of, name };
  if (found?.kind === 'class') return { kind: 'attribute', of: found, name };
  if (found?.kind === 'module') return { kind: 'global', module: found.module, name };
  if (found?.kind === 'external' || found?.kind === 'function') return undefined;
  const inner = sharedState(receiver, of, modules);
  if (inner?.kind !== 'global') return inner;
  return { kind: 'member', module: inner.module, of: inner.name, name };
}

/** `fastify.db`, `ctx.pool`, `deps.cache`: an object that is handed from function to function. */
function ofApp(written: string, name: string): SharedState | undefined {
  return HANDED_ON.test(lastPart(written)) ? { kind: 'anywhere', holder: 'app', name } : undefined;
}

const HANDED_ON =
  /^(app|server|fastify|instance|ctx|context|application|container|deps|services|koa|strapi|request|req)$/;

function ofVariable(declaration: Node, modules: Modules): SharedState | undefined {
  if (!Node.isVariableDeclaration(declaration)) return undefined;
  const module = modules.of(declaration);
  const made = declaration.getInitializer();
  const required = made && /\brequire\(/.test(made.getText()) ? modules.resolve(made) : undefined;
  if (required) return undefined;
  return { kind: 'global', module, name: declaration.getName() };
}

/** `const { state } = require('./state')` */
function ofRequired(declaration: Node, modules: Modules): SharedState | undefined {
  const variable = declaration.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
  const made = variable?.getInitializer();
  const found = made && /^require\(/.test(made.getText()) ? modules.resolve(made) : undefined;
  if (!Node.isBindingElement(declaration) || found?.kind !== 'module') return undefined;
  return {
    kind: 'global',
    module: found.module,
    name: declaration.getPropertyNameNode()?.getText() ?? declaration.getName(),
  };
}

function isOfModule(declaration: Node): boolean {
  return Node.isSourceFile(declaration.getFirstAncestorByKind(SyntaxKind.VariableStatement)?.getParent());
}
