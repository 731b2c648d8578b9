import { Node, SyntaxKind } from 'ts-morph';
import type { ProjectFiles, StateEffect } from '../../../core/index.ts';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { unwrapped } from '../tree/own-nodes.ts';
import { isWritten, wholeAccess } from './accesses.ts';
import { type Filled, filledBy } from './filled-state.ts';
import { type FunctionDefinition, functionKey } from './functions.ts';
import type { Reached } from './reached.ts';
import { createReaderSearch, remembers } from './readers.ts';
import { runNodes } from './run-nodes.ts';
import { isOwnObject, sharedState, stateKey, targetName } from './shared-state.ts';

const MAX_EFFECTS = 40;
const MAX_READS = 150;

/** What a callee leaves behind with those who read it, and what it reads itself. */
export interface EffectReader {
  effectsOf(reached: readonly Reached[]): readonly StateEffect[];
  readsOf(reached: readonly Reached[]): readonly string[];
}

export function createEffectReader(project: ProjectFiles, modules: Modules): EffectReader {
  const { readersOf, isMemory } = createReaderSearch(project, modules);
  const names = new WeakMap<SourceModule, ReadonlySet<string>>();

  function namesOf(module: SourceModule): ReadonlySet<string> {
    const known = names.get(module) ?? namesOfModule(module);
    names.set(module, known);
    return known;
  }

  function effectsOf(reached: readonly Reached[]): readonly StateEffect[] {
    const filled = new Map<string, Filled>();
    for (const { of } of visible(reached)) {
      for (const found of filledBy(of, modules)) {
        const key = stateKey(found.state);
        const isKept = remembers(of, key, modules) && isMemory(found.state);
        if (!filled.has(key) && !isKept) filled.set(key, found);
      }
    }
    return [...filled.values()].slice(0, MAX_EFFECTS).map(({ state, at }) => ({
      target: targetName(state),
      at,
      readers: readersOf(state, at, reached),
    }));
  }

  function readsOf(reached: readonly Reached[]): readonly string[] {
    const read = new Set<string>();
    let asked = 0;
    for (const { of } of visible(reached)) {
      for (const access of accessesIn(of, namesOf(of.module))) {
        if (asked++ >= MAX_READS) return [...read];
        const state = isWritten(access, modules) ? undefined : sharedState(access, of, modules);
        if (state) read.add(targetName(state));
      }
    }
    return [...read];
  }

  return { effectsOf, readsOf };
}

/**
 * The functions whose effects the caller waits for. What is spawned was never waited for, and an object that was made on the way
 * is nobody else's yet.
 */
function visible(reached: readonly Reached[]): readonly Reached[] {
  const onOwnObject = new Set<string>();
  for (const { of, call, from } of reached) {
    if (call && from && isOnOwnObject(call.node, from, onOwnObject)) onOwnObject.add(functionKey(of));
  }
  return reached.filter((one) => !one.isSpawned && !onOwnObject.has(functionKey(one.of)));
}

function isOnOwnObject(call: Node, from: FunctionDefinition, onOwnObject: ReadonlySet<string>): boolean {
  if (Node.isNewExpression(call)) return true;
  const callee = Node.isCallExpression(call) ? unwrapped(call.getExpression()) : undefined;
  if (!Node.isPropertyAccessExpression(callee)) return false;
  const object = unwrapped(callee.getExpression());
  return Node.isThisExpression(object) ? onOwnObject.has(functionKey(from)) : isOwnObject(object, from);
}

/** Variables of a module and what it imports: any other name is not shared. */
function namesOfModule({ root }: SourceModule): ReadonlySet<string> {
  const variables = root.getVariableDeclarations().filter((one) => !isFunctionOrConstant(one.getInitializer()));
  const imports = root
    .getImportDeclarations()
    .flatMap((one) => [
      one.getDefaultImport()?.getText(),
      one.getNamespaceImport()?.getText(),
      ...one.getNamedImports().map((named) => named.getAliasNode()?.getText() ?? named.getName()),
    ]);
  return new Set([...variables.map((one) => one.getName()), ...imports.filter((one) => one !== undefined)]);
}

function isFunctionOrConstant(made: Node | undefined): boolean {
  if (!made) return false;
  const value = unwrapped(made);
  return (
    Node.isArrowFunction(value) ||
    Node.isFunctionExpression(value) ||
    Node.isStringLiteral(value) ||
    Node.isNumericLiteral(value)
  );
}

/** Names and properties that may be shared state; what is called is a function. */
function accessesIn(of: FunctionDefinition, names: ReadonlySet<string>): readonly Node[] {
  return runNodes(of, [SyntaxKind.Identifier, SyntaxKind.PropertyAccessExpression]).filter((node) => {
    if (Node.isIdentifier(node)) return names.has(node.getText()) && wholeAccess(node) === node;
    const outer = node.getParent();
    if (!Node.isPropertyAccessExpression(node) || (Node.isCallExpression(outer) && outer.getExpression() === node))
      return false;
    const receiver = unwrapped(node.getExpression());
    return (
      Node.isThisExpression(receiver) ||
      (Node.isIdentifier(receiver) && names.has(receiver.getText())) ||
      /\.(locals|state)$/.test(receiver.getText())
    );
  });
}
