import { Node, SyntaxKind } from 'ts-morph';
import { type StartupHook, textOf } from '../../src/core/index.ts';
import type { HookDefinition } from '../../src/languages/typescript/modules/definition.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { describeHook } from '../../src/languages/typescript/steps/describe-hook.ts';
import { allNodes, bodyOf, isFunction } from '../../src/languages/typescript/tree/own-nodes.ts';
import { memoryProject } from '../memory-project.ts';

/** The facts of a function as a hook, and the text that it stands in. */
export interface Described {
  readonly hook: StartupHook;
  readonly text: string;
  /** The text of every startup step. */
  readonly steps: readonly string[];
}

export interface HookOptions {
  /** Name of the function or method; `(module)` for the top level. Default: `main`. */
  readonly name?: string;
  readonly form?: HookDefinition['form'];
  readonly framework?: string;
  readonly server?: string;
  /** Default: `main.ts`. */
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Describes the function `name` of `main.ts`; in the form `before-listen` it ends with its first call of `listen`. */
export function hookOf(source: string, options: HookOptions = {}): Described {
  const { name = 'main', form = 'before-listen', framework = 'express', server, path = 'main.ts' } = options;
  const modules = createModules(memoryProject({ [path]: source, ...options.files }));
  const module = modules.at(path);
  if (!module) throw new Error(modules.errorAt(path) ?? `no ${path}`);
  const node = name === '(module)' ? undefined : functionNamed(name, module.root);
  const body = node ? bodyOf(node) : module.root;
  if (!body) throw new Error(`${name} has no body`);
  const owner = node?.getParent();
  const listen = allNodes(body, [SyntaxKind.CallExpression]).find(isListen);
  const hook = describeHook(
    {
      framework,
      form,
      module,
      name,
      body,
      outer: node?.getFirstAncestor(Node.isStatement) ?? body,
      notes: [],
      ...(node ? { node } : {}),
      ...(Node.isClassDeclaration(owner) ? { owner } : {}),
      ...(form === 'before-listen' && listen ? { listen } : {}),
      ...(server === undefined ? {} : { server }),
    },
    modules,
  );
  const file = { path, text: module.text, bom: false, language: 'typescript' };
  return { hook, text: module.text, steps: hook.steps.map((step) => textOf(file, step.range)) };
}

/** A program whose `main` runs some lines and then listens. */
export function server(lines: string, before = ''): string {
  const body = lines
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  return `${before}async function main() {\n${body}\n  app.listen(3000);\n}\n`;
}

function isListen(node: Node): boolean {
  return Node.isCallExpression(node) && /(^|\.)listen$/.test(node.getExpression().getText());
}

function functionNamed(name: string, root: Node): Node {
  const all = allNodes(root, [
    SyntaxKind.FunctionDeclaration,
    SyntaxKind.MethodDeclaration,
    SyntaxKind.ArrowFunction,
    SyntaxKind.FunctionExpression,
    SyntaxKind.Constructor,
  ]);
  const found = all.find((node) => isFunction(node) && nameOf(node) === name);
  if (!found) throw new Error(`no function ${name}`);
  return found;
}

/** The name of a function, of the variable that it is given to, or of the event that it is registered for. */
function nameOf(node: Node): string | undefined {
  if (Node.isConstructorDeclaration(node)) return 'constructor';
  const own = Node.hasName(node) || Node.isNameable(node) ? node.getName() : undefined;
  if (own !== undefined) return own;
  const parent = node.getParent();
  if (Node.isVariableDeclaration(parent) || Node.isPropertyAssignment(parent)) return parent.getName();
  const event = Node.isCallExpression(parent) ? parent.getArguments()[0] : undefined;
  return Node.isStringLiteral(event) ? event.getLiteralText() : undefined;
}
