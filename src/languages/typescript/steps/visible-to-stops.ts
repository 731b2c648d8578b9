import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import { signalHandlers } from '../shutdown/signal-handlers.ts';
import { allNodes, isInside } from '../tree/own-nodes.ts';

/** Whether a constant of the hook's body can be seen by every function of its file that stops something. */
export function seesLocals({ module, body }: HookDefinition, modules: Modules): boolean {
  const handlers = signalHandlers(module, modules).filter((one) => one.module.path === module.path);
  return (
    handlers.every((handler) => isInside(handler.body, body)) &&
    closingHooks(module.root).every((call) => isInside(call, body))
  );
}

/** Whether a signal handler of the file, which ends the tasks, stands outside the class and so has no `this` of it. */
export function stopsOutside({ module, owner }: HookDefinition, modules: Modules): boolean {
  const handlers = signalHandlers(module, modules).filter((one) => one.module.path === module.path);
  return owner !== undefined && handlers.some((handler) => !isInside(handler.body, owner));
}

/** `app.addHook('onClose', …)`, `server.ext('onPostStop', …)`. */
function closingHooks(root: Node): CallExpression[] {
  return allNodes(root, [SyntaxKind.CallExpression]).filter((node): node is CallExpression => {
    const event = Node.isCallExpression(node) ? node.getArguments()[0] : undefined;
    return Node.isStringLiteral(event) && /^(onClose|preClose|onPreStop|onPostStop)$/.test(event.getLiteralText());
  });
}
