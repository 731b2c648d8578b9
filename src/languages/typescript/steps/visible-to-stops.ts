import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import { allNodes, isFunction, isInside } from '../tree/own-nodes.ts';

/** Whether a constant of the hook's body can be seen by every function that stops something in its file. */
export function seesLocals({ module, body }: HookDefinition, modules: Modules): boolean {
  return stopRegistrations(module.root).every(
    (call) => isInside(call, body) && call.getArguments().every((argument) => standsIn(argument, body, modules)),
  );
}

/** The handler, and what it calls by name, is written in the hook's body or in another file. */
function standsIn(argument: Node, body: Node, modules: Modules): boolean {
  if (!isFunction(argument) && !Node.isIdentifier(argument)) return true;
  const handler = isFunction(argument) ? argument : functionAt(argument, modules);
  if (!handler) return true;
  if (handler.getSourceFile() !== body.getSourceFile()) return true;
  if (!isInside(handler, body)) return false;
  const called = allNodes(handler, [SyntaxKind.CallExpression]).flatMap((call) => {
    const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
    return Node.isIdentifier(callee) ? (functionAt(callee, modules) ?? []) : [];
  });
  return called.every((one) => one.getSourceFile() !== body.getSourceFile() || isInside(one, body) || !stops(one));
}

function functionAt(name: Node, modules: Modules): Node | undefined {
  const definition = modules.resolve(name);
  return definition?.kind === 'function' ? definition.node : undefined;
}

/** A function that closes or stops something, or ends the process. */
function stops(node: Node): boolean {
  return /\b(close|stop|quit|disconnect|shutdown|destroy|end|exit)\w*\s*\(/i.test(node.getText());
}

/** `process.on('SIGTERM', …)`, `app.addHook('onClose', …)`, `createTerminus(server, …)`. */
function stopRegistrations(root: Node): CallExpression[] {
  return allNodes(root, [SyntaxKind.CallExpression]).filter(
    (node): node is CallExpression => Node.isCallExpression(node) && isStopRegistration(node),
  );
}

function isStopRegistration(call: CallExpression): boolean {
  const callee = call.getExpression().getText();
  const event = call.getArguments()[0];
  const name = Node.isStringLiteral(event) ? event.getLiteralText() : '';
  if (/^process\.(on|once|addListener|prependListener)$/.test(callee))
    return !Node.isStringLiteral(event) || /^(SIG\w+|beforeExit|exit|message|shutdown)$/.test(name);
  if (/\.addHook$/.test(callee)) return /^(onClose|preClose)$/.test(name);
  if (/\.ext$/.test(callee)) return /^onP(re|ost)Stop$/.test(name);
  return /^(createTerminus|closeWithGrace|exitHook|asyncExitHook|gracefulShutdown|onShutdown|onExit|nodeCleanup|Deno\.addSignalListener)$/.test(
    callee,
  );
}
