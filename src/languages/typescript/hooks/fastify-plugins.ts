import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { HookDefinition, SourceModule } from '../modules/definition.ts';
import { bodyOf, isAsyncFunction, ownNodes } from '../tree/own-nodes.ts';
import type { NodeProject } from './framework.ts';
import { functionHook } from './hook-functions.ts';

/** Functions that get a Fastify instance to which they add, and that await something: `fp(async (app) => …)`. */
export function fastifyPlugins(module: SourceModule, { modules }: NodeProject): readonly HookDefinition[] {
  return functionsOf(module.root).flatMap((node) => {
    const app = isPlugin(node) ? firstParameter(node)?.getName() : undefined;
    const body = bodyOf(node);
    if (!app || !/^\w+$/.test(app) || !body || !awaits(body) || listensItself(body)) return [];
    const name = pluginName(node);
    return functionHook(
      node,
      { framework: 'fastify', form: 'startup-event', app, server: app, ...(name === undefined ? {} : { name }) },
      modules,
    );
  });
}

function functionsOf(root: Node): readonly Node[] {
  return [SyntaxKind.FunctionDeclaration, SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression].flatMap((kind) =>
    root.getDescendantsOfKind(kind),
  );
}

/** It is wrapped as a plugin, registered as one, or exported for those who register it; any other function gets an instance for reasons of its own. */
function isPlugin(node: Node): boolean {
  const first = firstParameter(node);
  if (!first || !isAsyncFunction(node)) return false;
  const user = wrapperOf(node);
  if (user && /^(fp|fastifyPlugin|fastify-plugin|plugin)$/.test(user.getExpression().getText())) return true;
  if (user && /\.register$/.test(user.getExpression().getText())) return mentionsFastify(node);
  if (/\bFastifyPlugin(Async|Callback)?\b/.test(typeOfHolder(node))) return true;
  const type = first.getTypeNode()?.getText() ?? (first.getName() === 'fastify' ? 'FastifyInstance' : '');
  return /^FastifyInstance\b/.test(type) && (isDefaultExport(node) || user !== undefined);
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

/** `module.exports = app` below `async function app(fastify) { … }`. */
function exportsByName(node: Node): boolean {
  const name = Node.isFunctionDeclaration(node) ? node.getName() : undefined;
  return (
    name !== undefined && new RegExp(`\\bmodule\\.exports\\s*=\\s*${name}\\b`).test(node.getSourceFile().getFullText())
  );
}

/** The name that the plugin gives itself, that of the value that it is, or that of its file. */
function pluginName(node: Node): string | undefined {
  if (Node.isFunctionDeclaration(node) || Node.isFunctionExpression(node)) {
    const own = node.getName();
    if (own) return own;
  }
  const options = wrapperOf(node)?.getArguments()[1];
  const property = Node.isObjectLiteralExpression(options) ? options.getProperty('name') : undefined;
  const given = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  if (Node.isStringLiteral(given)) return given.getLiteralText();
  const holder = (wrapperOf(node) ?? node).getParentIfKind(SyntaxKind.VariableDeclaration);
  return holder?.getName();
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
