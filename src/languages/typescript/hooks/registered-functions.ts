import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { HookForm } from '../../../core/index.ts';
import type { HookDefinition } from '../modules/definition.ts';
import { dottedName } from '../tree/dotted-name.ts';
import { isAsyncFunction, isFunction, scopeOf, statementAround, unwrapped } from '../tree/own-nodes.ts';
import type { NodeProject } from './framework.ts';
import { functionHook } from './hook-functions.ts';

/** How a framework takes functions for its events: `app.addHook('onReady', …)`, `server.ext('onPreStart', …)`. */
export interface Registering {
  readonly framework: string;
  readonly method: string;
  readonly event: string;
  readonly form: HookForm;
}

/** A function that is registered for an event, with the function or file in which that is done. */
export interface Registered {
  readonly hook: HookDefinition;
  readonly scope: Node;
}

/** The functions that code at or below a node registers for an event, whether written there or named. */
export function registeredFunctions(root: Node, how: Registering, project: NodeProject): readonly Registered[] {
  return root.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const callee = unwrapped(call.getExpression());
    const [first, second] = call.getArguments();
    if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== how.method || !second) return [];
    if (!Node.isStringLiteral(first) || first.getLiteralText() !== how.event) return [];
    const handler = handlerAt(second, project);
    const app = dottedName(callee.getExpression());
    const hooks = handler ? hookOf(handler, call, app, how, project) : [];
    return hooks.map((hook) => ({ hook, scope: scopeOf(call) }));
  });
}

function hookOf(
  handler: Node,
  call: CallExpression,
  app: string | undefined,
  { framework, form, event }: Registering,
  { modules }: NodeProject,
): readonly HookDefinition[] {
  const isInline = unwrapped(handler).getParent() === call;
  const seesApp = isInline || scopeOf(handler) === scopeOf(call);
  const adviceOnly = takesCallback(handler) ? 'it tells by a callback that it is done' : undefined;
  return functionHook(
    handler,
    {
      framework,
      form,
      ...(isInline ? { name: event, outer: statementAround(call), ...(app === undefined ? {} : { app }) } : {}),
      ...(seesApp && app !== undefined ? { server: app } : {}),
      adviceOnly,
    },
    modules,
  );
}

function handlerAt(argument: Node, { modules }: NodeProject): Node | undefined {
  const value = unwrapped(argument);
  if (isFunction(value)) return value;
  const found = modules.resolve(value);
  return found?.kind === 'function' ? found.node : undefined;
}

/** `(done) => …`: it is not done when it returns. */
function takesCallback(handler: Node): boolean {
  const parameters = Node.isParametered(handler) ? handler.getParameters() : [];
  return !isAsyncFunction(handler) && parameters.some((one) => /^(done|next|cb|callback)$/.test(one.getName()));
}
