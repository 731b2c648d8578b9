import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { HookDefinition, Modules, SourceModule } from '../modules/definition.ts';
import { bodyOf, statementAround } from '../tree/own-nodes.ts';
import { type HandlerFunction, handlerFunction, onlyExits } from './handler-functions.ts';
import { handlerNotes } from './handler-notes.ts';
import { type Registration, registrations } from './registrations.ts';

/**
 * The functions that run when the process is told to end: handlers of SIGTERM and SIGINT, those of the libraries that wait for them,
 * and the one function that such a handler only calls. One that is registered for several signals is one definition.
 */
export function signalHandlers(module: SourceModule, modules: Modules, framework = 'node'): HookDefinition[] {
  const found = new Map<Node, HookDefinition>();
  for (const registration of registrations(module, modules)) {
    const handler = handlerFunction(registration.handler, modules);
    if (handler && (onlyExits(handler) || ignores(handler))) continue;
    const body = handler ? bodyOf(handler.node) : undefined;
    const key = handler?.node ?? registration.handler;
    if (!found.has(key)) found.set(key, definitionOf(registration, handler, body, { module, modules, framework }));
  }
  return [...found.values()];
}

interface Context {
  readonly module: SourceModule;
  readonly modules: Modules;
  readonly framework: string;
}

function definitionOf(
  registration: Registration,
  handler: HandlerFunction | undefined,
  body: Node | undefined,
  { module, modules, framework }: Context,
): HookDefinition {
  const place = handler ? modules.of(handler.node) : module;
  return {
    framework,
    form: 'shutdown-event',
    module: place,
    name: handler?.name ?? `${registration.what} handler`,
    body: body ?? registration.handler,
    ...(handler ? { node: handler.node } : {}),
    outer: outerOf(handler?.node, registration.call),
    ...(handler?.owner ? { owner: handler.owner } : {}),
    ...(handler
      ? {}
      : {
          adviceOnly: `the handler of ${registration.what}, ${shortened(registration.handler.getText())}, was not found`,
        }),
    notes: handler && Node.isBlock(body) ? handlerNotes(body, registration) : [],
  };
}

/** `() => {}`: someone else sees to the end of the process. */
function ignores({ node }: HandlerFunction): boolean {
  const body = bodyOf(node);
  return Node.isBlock(body) && body.getStatements().length === 0;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 37)}...` : line;
}

/** The statement or class member that holds the function; for one that is written into the registration, that statement. */
function outerOf(node: Node | undefined, call: CallExpression): Node {
  if (!node) return statementAround(call);
  if (Node.isFunctionDeclaration(node) || Node.isMethodDeclaration(node)) return node;
  const member = node.getFirstAncestorByKind(SyntaxKind.PropertyDeclaration);
  return member ?? statementAround(node);
}
