import { Node } from 'ts-morph';
import type { AppHooks, HookDefinition } from '../modules/definition.ts';
import { bodyOf } from '../tree/own-nodes.ts';
import type { ListenPoint, NodeProject } from './framework.ts';
import { functionHook } from './hook-functions.ts';
import { isTestFile } from './test-files.ts';

/**
 * The code that makes the app which is going to listen, where that is not the listening code itself: the module that exports it,
 * and the constructor of the class whose method listens.
 */
export function appConstruction(points: readonly ListenPoint[], project: NodeProject): readonly AppHooks[] {
  const found = new Map<Node, HookDefinition>();
  for (const point of points) {
    for (const definition of [...constructorOf(point, project), ...moduleOf(point, project)])
      if (!isTestFile(definition.module.path)) found.set(definition.body, definition);
  }
  return [...found.values()].map((definition) => ({
    id: `${definition.module.path}:${definition.name}`,
    startup: [definition],
    shutdown: [],
  }));
}

function constructorOf({ call, framework }: ListenPoint, { modules }: NodeProject): readonly HookDefinition[] {
  const owner = call.getFirstAncestor((one) => Node.isClassDeclaration(one));
  const made = Node.isClassDeclaration(owner) ? owner.getConstructors()[0] : undefined;
  if (!made || !Node.isBlock(bodyOf(made)) || call.getFirstAncestor((one) => one === made)) return [];
  return functionHook(made, { framework, form: 'startup-event', name: 'constructor' }, modules);
}

/** The file in which `export const app = express()` stands. */
function moduleOf({ call, framework }: ListenPoint, { modules }: NodeProject): readonly HookDefinition[] {
  const callee = call.getExpression();
  const receiver = Node.isPropertyAccessExpression(callee) ? callee.getExpression() : undefined;
  const made = Node.isIdentifier(receiver) ? modules.resolve(receiver) : undefined;
  const origin = receiver && made ? declarationOf(receiver) : undefined;
  const root = origin?.getSourceFile();
  if (!root || root === call.getSourceFile() || root.isDeclarationFile()) return [];
  return [
    {
      framework,
      form: 'startup-event',
      module: modules.of(root),
      name: '(module)',
      body: root,
      outer: root,
      notes: [],
    },
  ];
}

function declarationOf(name: Node): Node | undefined {
  const symbol = name.getSymbol();
  const target = symbol?.isAlias() ? (symbol.getAliasedSymbol() ?? symbol) : symbol;
  return target?.getDeclarations()[0];
}
