import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { HookDefinition, SourceModule } from '../modules/definition.ts';
import { bodyOf, isAsyncFunction, ownNodes } from '../tree/own-nodes.ts';
import { callableName } from './call-sites.ts';
import type { NodeProject } from './framework.ts';
import { functionHook } from './hook-functions.ts';

/** Functions that get a Fastify instance to which they add, and that await something: `fp(async (app) => …)`. */
export function fastifyPlugins(module: SourceModule, project: NodeProject): readonly HookDefinition[] {
  return functionsOf(module.root).flatMap((node) => {
    const app = isPlugin(node, project) ? firstParameter(node)?.getName() : undefined;
    const body = bodyOf(node);
    if (!app || !/^\w+$/.test(app) || !body || !awaits(body) || listensItself(body)) return [];
    const name = pluginName(node);
    return functionHook(node, { framework: 'fastify', form: 'startup-event', name, app, server: app }, project.modules);
  });
}

function functionsOf(root: Node): readonly Node[] {
  return [SyntaxKind.FunctionDeclaration, SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression].flatMap((kind) =>
    root.getDescendantsOfKind(kind),
  );
}

/** It is wrapped as a plugin, registered as one, or exported for those who do; any other function gets an instance for reasons of its own. */
function isPlugin(node: Node, project: NodeProject): boolean {
  const first = firstParameter(node);
  if (!first || !isAsyncFunction(node)) return false;
  const user = wrapperOf(node)?.getExpression().getText();
  if (user !== undefined && WRAPPER.test(user)) return true;
  if (user !== undefined && /\.register$/.test(user)) return mentionsFastify(node);
  if (/\bFastifyPlugin(Async|Callback)?\b/.test(typeOfHolder(node))) return true;
  const type = first.getTypeNode()?.getText() ?? (first.getName() === 'fastify' ? 'FastifyInstance' : '');
  if (!/^FastifyInstance\b/.test(type)) return false;
  return (
    isDefaultExport(wrapperOf(node) ?? node) || isExportedValue(wrapperOf(node)) || isRegisteredByName(node, project)
  );
}

const WRAPPER = /^(fp|fastifyPlugin|plugin)$/;

/** `fp(database)` in its file, `app.register(database)` there or where it is imported. */
function isRegisteredByName(node: Node, project: NodeProject): boolean {
  const name = callableName(node);
  if (!name) return false;
  const own = node.getSourceFile().getFullText();
  if (new RegExp(`\\b(fp|fastifyPlugin|plugin|register)\\(\\s*${name}\\b`).test(own)) return true;
  return /\bexport\b|\bexports\b/.test(own) && project.containing(`register(${name}`).length > 0;
}

/** The parameter for the instance: of two at most, the second being the options. */
function firstParameter(node: Node) {
  const parameters = Node.isParametered(node) ? node.getParameters() : [];
  return parameters.length <= 2 ? parameters[0] : undefined;
}

/** The call whose first argument the function is. */
function wrapperOf(node: Node): CallExpression | undefined {
  const call = node.getParentIfKind(SyntaxKind.CallExpression);
  return call?.getArguments()[0] === node ? call : undefined;
}

function mentionsFastify(node: Node): boolean {
  return /\bfastify\b/i.test(node.getSourceFile().getFullText());
}

function typeOfHolder(node: Node): string {
  const holder = node.getParentIfKind(SyntaxKind.VariableDeclaration);
  return holder?.getTypeNode()?.getText() ?? '';
}

function isDefaultExport(node: Node): boolean {
  const holder = node.getParent();
  if (Node.isFunctionDeclaration(node)) return node.isDefaultExport() || exportsByName(node);
  if (Node.isBinaryExpression(holder)) return holder.getLeft().getText() === 'module.exports';
  return Node.isExportAssignment(holder);
}

/** `export const schedulers = definePlugin(async (app: FastifyInstance) => …)` */
function isExportedValue(made: Node | undefined): boolean {
  const holder = made?.getParentIfKind(SyntaxKind.VariableDeclaration);
  return holder?.getVariableStatement()?.isExported() ?? false;
}

/** `module.exports = app` below `async function app(fastify) { … }`. */
function exportsByName(node: Node): boolean {
  const name = Node.isFunctionDeclaration(node) ? node.getName() : undefined;
  return (
    name !== undefined && new RegExp(`\\bmodule\\.exports\\s*=\\s*${name}\\b`).test(node.getSourceFile().getFullText())
  );
}

/** The name that the plugin gives itself, that of the value that it is, or that of its file. */
function pluginName(node: Node): string {
  if (Node.isFunctionDeclaration(node) || Node.isFunctionExpression(node)) {
    const own = node.getName();
    if (own) return own;
  }
  const options = wrapperOf(node)?.getArguments()[1];
  const property = Node.isObjectLiteralExpression(options) ? options.getProperty('name') : undefined;
  const given = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  if (Node.isStringLiteral(given)) return given.getLiteralText();
  const holder = (wrapperOf(node) ?? node).getParentIfKind(SyntaxKind.VariableDeclaration);
  return holder?.getName() ?? node.getSourceFile().getBaseNameWithoutExtension();
}

function awaits(body: Node): boolean {
  return ownNodes(body, [SyntaxKind.AwaitExpression]).length > 0;
}

/** Then it is no plugin, but what starts the server. */
function listensItself(body: Node): boolean {
  return ownNodes(body, [SyntaxKind.CallExpression]).some((call) =>
    /\.listen$/.test(call.getText().split('(', 1)[0] ?? ''),
  );
}
