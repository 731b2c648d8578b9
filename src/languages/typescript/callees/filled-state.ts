import { Node, SyntaxKind } from 'ts-morph';
import type { Place } from '../../../core/index.ts';
import type { Modules } from '../modules/definition.ts';
import { unwrapped } from '../tree/own-nodes.ts';
import { type FunctionDefinition, placeOf } from './functions.ts';
import { runNodes } from './run-nodes.ts';
import { isOwnObject, type SharedState, sharedState } from './shared-state.ts';

/** State that a function fills, with where it does. */
export interface Filled {
  readonly state: SharedState;
  readonly at: Place;
}

/** The shared state that a function's own statements fill. */
export function filledBy(of: FunctionDefinition, modules: Modules): readonly Filled[] {
  return runNodes(of, [SyntaxKind.BinaryExpression, SyntaxKind.CallExpression]).flatMap((node) => {
    const at = placeOf(of.module, node);
    const decorated = decoratedBy(node);
    if (decorated) return [{ state: decorated, at }];
    return targetsOf(node, modules).flatMap((target) => {
      const state = isOwnObject(target, of) ? undefined : sharedState(target, of, modules);
      return state ? [{ state, at }] : [];
    });
  });
}

/** What an expression assigns, or the collection that it adds to. */
export function targetsOf(node: Node, modules: Modules): readonly Node[] {
  if (Node.isBinaryExpression(node))
    return FILLS.test(node.getOperatorToken().getText()) ? flattened(node.getLeft()) : [];
  if (!Node.isCallExpression(node)) return [];
  const callee = unwrapped(node.getExpression());
  if (!Node.isPropertyAccessExpression(callee)) return [];
  const object = unwrapped(callee.getExpression());
  const [first] = node.getArguments();
  if (callee.getName() === 'assign' && object.getText() === 'Object') return first ? [unwrapped(first)] : [];
  return MUTATORS.test(callee.getName()) && isCollection(object, callee.getName(), modules) ? [object] : [];
}

const FILLS = /^(=|\?\?=|\|\|=)$/;

const MUTATORS = /^(set|add|push|unshift)$/;

function flattened(target: Node): readonly Node[] {
  const node = unwrapped(target);
  if (Node.isElementAccessExpression(node)) return flattened(node.getExpression());
  if (Node.isArrayLiteralExpression(node)) return node.getElements().flatMap(flattened);
  if (!Node.isObjectLiteralExpression(node)) return [node];
  return node.getProperties().flatMap((one) => {
    if (Node.isShorthandPropertyAssignment(one)) return [one.getNameNode()];
    const value = Node.isPropertyAssignment(one) ? one.getInitializer() : undefined;
    return value ? flattened(value) : [];
  });
}

/** A map, set, array or object of the program; clients of stores and queues have the same methods. */
function isCollection(object: Node, method: string, modules: Modules): boolean {
  const found = modules.resolve(object);
  if (found?.kind === 'external') return /^(Map|Set|WeakMap|WeakSet|Array|Object)\b/.test(found.qualifiedName);
  if (found?.kind === 'value')
    return Node.isArrayLiteralExpression(found.node) || Node.isObjectLiteralExpression(found.node) || isTyped(object);
  return found === undefined && (isTyped(object) || method === 'push' || method === 'unshift');
}

function isTyped(object: Node): boolean {
  const symbol = Node.isPropertyAccessExpression(object) ? object.getNameNode().getSymbol() : object.getSymbol();
  const declaration = symbol?.getDeclarations()[0];
  const type = declaration && Node.isTyped(declaration) ? declaration.getTypeNode()?.getText() : undefined;
  return type !== undefined && /^(Map|Set|WeakMap|Record|Array)\b|\[\]$/.test(type);
}

/** `app.decorate('db', pool)`, `app.set('model', model)`, `app.provide(…)`: handlers find it by its name. */
function decoratedBy(node: Node): SharedState | undefined {
  if (!Node.isCallExpression(node)) return undefined;
  const match = /(?:^|\.)(?:app|server|fastify|instance|application)\.(decorate|set)$/.exec(
    node.getExpression().getText(),
  );
  const [name, value] = node.getArguments();
  if (!match || !value || !Node.isStringLiteral(name)) return undefined;
  return { kind: 'anywhere', holder: match[1] === 'set' ? 'app.settings' : 'app', name: name.getLiteralText() };
}
