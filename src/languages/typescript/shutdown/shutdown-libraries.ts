import { type CallExpression, Node } from 'ts-morph';
import type { Modules } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { unwrapped } from '../tree/own-nodes.ts';

/** A function that a library calls once the process is told to end, with the call that hands it over. */
export interface LibraryHandler {
  readonly handler: Node;
  readonly callee: string;
}

/** `closeWithGrace(async () => …)`, `createTerminus(server, { onSignal })`, `asyncExitHook(…)`. */
export function libraryHandler(call: CallExpression, modules: Modules): LibraryHandler | undefined {
  const callee = calleeText(call.getExpression());
  const library = LIBRARIES.find(({ name }) => name.test(callee));
  if (!library || !isFromPackage(call, library.package, modules)) return undefined;
  const handler = library.option ? optionOf(call, library.option, modules) : lastFunction(call);
  return handler && { handler, callee };
}

function isFromPackage(call: CallExpression, name: RegExp, modules: Modules): boolean {
  const definition = modules.resolve(call.getExpression());
  return definition?.kind === 'external' && name.test(definition.qualifiedName);
}

function optionOf(call: CallExpression, option: RegExp, modules: Modules): Node | undefined {
  for (const argument of call.getArguments()) {
    const named = Node.isIdentifier(unwrapped(argument)) ? modules.resolve(argument) : undefined;
    const object = unwrapped(named?.kind === 'value' ? named.node : argument);
    if (!Node.isObjectLiteralExpression(object)) continue;
    const property = object.getProperties().find((one) => 'getName' in one && option.test(one.getName()));
    if (Node.isPropertyAssignment(property)) return property.getInitializer();
    if (Node.isShorthandPropertyAssignment(property)) return property.getNameNode();
    if (Node.isMethodDeclaration(property)) return property;
  }
  return undefined;
}

function lastFunction(call: CallExpression): Node | undefined {
  return call.getArguments().findLast((one) => !Node.isObjectLiteralExpression(unwrapped(one)));
}

interface Library {
  readonly name: RegExp;
  readonly package: RegExp;
  /** The property that holds the function; without it, the function is the last argument. */
  readonly option?: RegExp;
}

/** Those that wait for what their handlers promise: signal-exit does not, as the `exit` event of a process. */
const LIBRARIES: readonly Library[] = [
  { name: /^closeWithGrace$/i, package: /^close-with-grace\b/ },
  { name: /(^|\.)createTerminus$|^terminus$/, package: /^@godaddy\/terminus\b/, option: /^onSignal$/ },
  { name: /^(gracefulShutdown|GracefulShutdown\w*)$/, package: /^http-graceful-shutdown\b/, option: /^onShutdown$/ },
  { name: /^asyncExitHook$/, package: /^exit-hook\b/ },
  { name: /^\w+\.on$/, package: /^node-graceful\b/ },
  { name: /(^|\.)registerShutdownHandler$/, package: /^lightship\b/ },
];
