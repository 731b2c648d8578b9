import { Node, SyntaxKind } from 'ts-morph';
import type { Place, ProjectFiles, StateEffect } from '../../../core/index.ts';
import type { ClassNode, Modules } from '../modules/definition.ts';
import { className, moduleName } from '../modules/qualified-name.ts';
import { bodyOf, lineOf, ownNodes, unwrapped } from '../tree/own-nodes.ts';
import type { FunctionDefinition } from './functions.ts';
import type { Reached } from './reached.ts';
import { createReaderSearch } from './state-readers.ts';

/** A variable that outlives the function that fills it. */
export type SharedState =
  | { readonly kind: 'global'; readonly declaration: Node; readonly name: string; readonly path: string }
  | { readonly kind: 'field'; readonly owner: ClassNode; readonly name: string; readonly path: string }
  /** `app.locals.pool`, `globalThis.cache`, wherever that is. */
  | { readonly kind: 'anywhere'; readonly name: string; readonly path: string };

const MUTATORS = /^(set|add|push|unshift|assign)$/;
const MOST_EFFECTS = 30;

/** Finds what a callee leaves behind, and who reads it. What a timer or handler fills was never waited for. */
export function createEffectReader(
  project: ProjectFiles,
  modules: Modules,
): (reached: readonly Reached[]) => readonly StateEffect[] {
  const readersOf = createReaderSearch(project, modules);
  return (reached) => {
    const filled = new Map<string, { readonly state: SharedState; readonly at: Place }>();
    for (const { of, isSpawned } of reached) {
      if (isSpawned) continue;
      for (const found of filledBy(of)) {
        const key = targetName(found.state);
        if (!filled.has(key)) filled.set(key, found);
      }
    }
    return [...filled.values()].slice(0, MOST_EFFECTS).map(({ state, at }) => ({
      target: targetName(state),
      at,
      readers: readersOf(state, reached),
    }));
  };
}

/** `src/store.index`, `VectorStore.index`, `app.locals.pool`. */
export function targetName(state: SharedState): string {
  if (state.kind === 'anywhere') return state.name;
  return state.kind === 'global'
    ? `${moduleName(state.path)}.${state.name}`
    : `${className(state.owner)}.${state.name}`;
}

function filledBy(of: FunctionDefinition): readonly { readonly state: SharedState; readonly at: Place }[] {
  const body = bodyOf(of.node);
  if (!body) return [];
  return ownNodes(body, [SyntaxKind.BinaryExpression, SyntaxKind.CallExpression]).flatMap((node) => {
    const target = targetOf(node);
    const state = target && stateBehind(unwrapped(target), of);
    return state ? [{ state, at: { path: of.module.path, line: lineOf(node) } }] : [];
  });
}

/** What a statement assigns, or the collection that it adds to. */
function targetOf(node: Node): Node | undefined {
  if (Node.isBinaryExpression(node))
    return /^(=|\?\?=|\|\|=|\+=)$/.test(node.getOperatorToken().getText()) ? node.getLeft() : undefined;
  if (!Node.isCallExpression(node)) return undefined;
  const callee = unwrapped(node.getExpression());
  return Node.isPropertyAccessExpression(callee) && MUTATORS.test(callee.getName())
    ? callee.getExpression()
    : undefined;
}

/** The shared variable that an expression stands for, as seen in a function. */
export function stateBehind(node: Node, of: Pick<FunctionDefinition, 'module' | 'owner'>): SharedState | undefined {
  const { path } = of.module;
  if (Node.isElementAccessExpression(node)) return stateBehind(unwrapped(node.getExpression()), of);
  if (Node.isIdentifier(node)) {
    const declaration = node.getSymbol()?.getDeclarations()[0];
    const isGlobal =
      Node.isVariableDeclaration(declaration) && Node.isSourceFile(declaration.getVariableStatement()?.getParent());
    return isGlobal ? { kind: 'global', declaration, name: node.getText(), path } : undefined;
  }
  if (!Node.isPropertyAccessExpression(node)) return undefined;
  const receiver = node.getExpression();
  const text = receiver.getText();
  if (/(^|\.)(locals|state)$|^(globalThis|global)$/.test(text))
    return { kind: 'anywhere', name: `${text.split('.').at(-1)}.${node.getName()}`, path };
  if (Node.isThisExpression(receiver)) {
    const owner = of.owner ?? classAround(node);
    return owner && { kind: 'field', owner, name: node.getName(), path };
  }
  const declared = Node.isIdentifier(receiver) ? receiver.getSymbol()?.getDeclarations()[0] : undefined;
  if (Node.isClassDeclaration(declared)) return { kind: 'field', owner: declared, name: node.getName(), path };
  const isObject =
    Node.isVariableDeclaration(declared) && Node.isSourceFile(declared.getVariableStatement()?.getParent());
  return isObject ? { kind: 'global', declaration: declared, name: receiver.getText(), path } : undefined;
}

export function classAround(node: Node): ClassNode | undefined {
  return node.getFirstAncestor((one): one is ClassNode => Node.isClassDeclaration(one) || Node.isClassExpression(one));
}
