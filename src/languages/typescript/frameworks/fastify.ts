import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { Framework, NodeProject } from '../hooks/framework.ts';
import { appHooks, functionHook } from '../hooks/hook-functions.ts';
import { methodListens } from '../hooks/listen-calls.ts';
import type { AppHooks, HookDefinition, SourceModule } from '../modules/definition.ts';
import { dottedName } from '../tree/dotted-name.ts';
import {
  bodyOf,
  isAsyncFunction,
  isFunction,
  ownNodes,
  scopeOf,
  statementAround,
  unwrapped,
} from '../tree/own-nodes.ts';

/**
 * Fastify: `await app.listen({ port })`, `onReady` hooks, and plugins, all of which it waits for before it listens
 * (fastify.dev/docs/latest/Reference/Hooks). What stands in `onListen` runs afterwards, and is right already.
 */
export const fastify: Framework = {
  id: 'fastify',
  anchors: ['listen', 'fastify', 'onReady'],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'fastify',
      methods: ['listen'],
      made: /^fastify(\.fastify)?\(\)/,
      types: /^(fastify\.)?FastifyInstance\b/,
    }),
  findHooks: (module, project) => [...readyHooks(module, project), ...plugins(module, project)],
};

function readyHooks(module: SourceModule, project: NodeProject): readonly AppHooks[] {
  return hooksNamed('onReady', module.root).flatMap(({ call, app, handler }) => {
    const adviceOnly = takesCallback(handler) ? 'it tells by a callback that it is done' : undefined;
    const startup = functionHook(
      handler,
      {
        framework: 'fastify',
        form: 'startup-event',
        name: 'onReady',
        outer: statementAround(call),
        app,
        server: app,
        adviceOnly,
      },
      project.modules,
    );
    return appHooks(startup, closeHooks(scopeOf(call), project));
  });
}

/** Functions that get an instance to which they add: `fp(async (app) => …)`, `app.register(async (child) => …)`. */
function plugins(module: SourceModule, project: NodeProject): readonly AppHooks[] {
  const functions = [...ownFunctions(module.root)].filter((node) => isPlugin(node));
  return functions.flatMap((node) => {
    const app = Node.isParametered(node) ? node.getParameters()[0]?.getName() : undefined;
    const body = bodyOf(node);
    if (!app || !body || ownNodes(body, [SyntaxKind.AwaitExpression]).length === 0 || listensItself(body)) return [];
    const startup = functionHook(
      node,
      { framework: 'fastify', form: 'startup-event', app, server: app },
      project.modules,
    );
    return appHooks(startup, closeHooks(node, project));
  });
}

function ownFunctions(root: Node): readonly Node[] {
  return [SyntaxKind.FunctionDeclaration, SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression].flatMap((kind) =>
    root.getDescendantsOfKind(kind),
  );
}

function isPlugin(node: Node): boolean {
  if (!isAsyncFunction(node) || !Node.isParametered(node)) return false;
  const [first, ...more] = node.getParameters();
  if (!first || more.length > 1) return false;
  const user = node.getParentIfKind(SyntaxKind.CallExpression);
  if (user && /^(fp|fastifyPlugin|plugin)$/.test(user.getExpression().getText())) return true;
  if (user && /\.register$/.test(user.getExpression().getText()))
    return user.getArguments()[0] === node && mentionsFastify(node);
  const type = first.getTypeNode()?.getText() ?? '';
  const isTyped = /\bFastifyPlugin(Async|Callback)?\b/.test(typeOfHolder(node)) || /^FastifyInstance\b/.test(type);
  return isTyped && (isExported(node) || user !== undefined);
}

function mentionsFastify(node: Node): boolean {
  return /\bfastify\b/i.test(node.getSourceFile().getFullText());
}

function typeOfHolder(node: Node): string {
  const holder = node.getParentIfKind(SyntaxKind.VariableDeclaration);
  return holder?.getTypeNode()?.getText() ?? '';
}

/** A plugin is registered by those that import it; any other function gets an instance for reasons of its own. */
function isExported(node: Node): boolean {
  if (Node.isFunctionDeclaration(node)) return node.isDefaultExport();
  const holder = node.getParent();
  if (Node.isExportAssignment(holder)) return true;
  return /\bFastifyPlugin/.test(typeOfHolder(node));
}

function listensItself(body: Node): boolean {
  return ownNodes(body, [SyntaxKind.CallExpression]).some((call) =>
    /\.listen$/.test(call.getText().split('(', 1)[0] ?? ''),
  );
}

interface AddedHook {
  readonly call: CallExpression;
  readonly app: string;
  readonly handler: Node;
}

/** `app.addHook('onReady', handler)`, and handlers that are functions of the same file. */
function hooksNamed(name: string, root: Node): readonly AddedHook[] {
  return root.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const callee = unwrapped(call.getExpression());
    const [first, second] = call.getArguments();
    if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'addHook') return [];
    if (!Node.isStringLiteral(first) || first.getLiteralText() !== name || !second) return [];
    const app = dottedName(callee.getExpression());
    const handler = isFunction(second) ? second : undefined;
    return app && handler ? [{ call, app, handler }] : [];
  });
}

function closeHooks(scope: Node, { modules }: NodeProject): readonly HookDefinition[] {
  return ['preClose', 'onClose'].flatMap((name) =>
    hooksNamed(name, scope)
      .filter(({ handler }) => !takesCallback(handler))
      .flatMap(({ call, app, handler }) =>
        functionHook(
          handler,
          { framework: 'fastify', form: 'shutdown-event', name, outer: statementAround(call), app },
          modules,
        ),
      ),
  );
}

/** `(done) => …`: it is not done when it returns. */
function takesCallback(handler: Node): boolean {
  const parameters = Node.isParametered(handler) ? handler.getParameters() : [];
  return !isAsyncFunction(handler) && parameters.some((one) => /^(done|next|cb|callback)$/.test(one.getName()));
}
