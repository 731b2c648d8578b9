import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isFunction, unwrapped } from '../tree/own-nodes.ts';
import { libraryHandler } from './shutdown-libraries.ts';
import { signalsOf } from './signals.ts';

/** A call that asks for a function to be run when the process is told to end. */
export interface Registration {
  readonly call: CallExpression;
  /** The function, as it is written: an arrow function, a name. */
  readonly handler: Node;
  /** What it waits for: `SIGTERM`, `closeWithGrace`. */
  readonly what: string;
  /** It is run for the first signal only. */
  readonly once: boolean;
}

/** The registrations of a module, and those that a function makes to which the module hands its handler. */
export function registrations(module: SourceModule, modules: Modules): readonly Registration[] {
  const known = remembered.get(module);
  if (known) return known;
  const found = MAY_REGISTER.test(module.text) ? findRegistrations(module, modules) : [];
  remembered.set(module, found);
  return found;
}

const remembered = new WeakMap<SourceModule, readonly Registration[]>();

function findRegistrations(module: SourceModule, modules: Modules): readonly Registration[] {
  const calls = module.root.getDescendantsOfKind(SyntaxKind.CallExpression);
  const direct = calls.flatMap((call) => registrationOf(call, modules) ?? []);
  const own = direct.flatMap((one) => handedIn(one, calls, modules));
  return [...own, ...calls.flatMap((call) => registeredElsewhere(call, module, modules))].toSorted(bySignal);
}

function registrationOf(call: CallExpression, modules: Modules): Registration | undefined {
  const handed = libraryHandler(call, modules);
  return processListener(call) ?? (handed && { call, handler: handed.handler, what: handed.callee, once: true });
}

/** `process.on('SIGTERM', …)`, `process.once(signal, …)` in a loop over signals, `Deno.addSignalListener('SIGINT', …)`. */
function processListener(call: CallExpression): Registration | undefined {
  const match = LISTENER.exec(calleeText(call.getExpression()));
  const [event, handler] = call.getArguments();
  if (!match || !event || !handler) return undefined;
  const signals = signalsOf(event);
  if (!signals.some((signal) => ENDING.has(signal))) return undefined;
  const once = /once/i.test(match[1] ?? '');
  return { call, handler, what: signals[0] ?? 'SIGTERM', once };
}

/** A handler that is a parameter of the function around the registration: what the module's calls of that function hand in. */
function handedIn(one: Registration, calls: readonly CallExpression[], modules: Modules): readonly Registration[] {
  const parameter = parameterOf(one.handler);
  if (!parameter) return [one];
  return calls.flatMap((call) => {
    const handler = call.getArguments()[parameter.index];
    if (!handler || call === one.call || !Node.isIdentifier(unwrapped(call.getExpression()))) return [];
    const called = modules.resolve(call.getExpression());
    return called?.kind === 'function' && called.node === parameter.owner ? [{ ...one, call, handler }] : [];
  });
}

function parameterOf(handler: Node): { readonly owner: Node; readonly index: number } | undefined {
  const node = unwrapped(handler);
  const declaration = Node.isIdentifier(node) ? node.getSymbol()?.getDeclarations()[0] : undefined;
  const owner = declaration?.getParent();
  if (!Node.isParameterDeclaration(declaration) || !owner || !isFunction(owner) || !Node.isParametered(owner))
    return undefined;
  return { owner, index: owner.getParameters().indexOf(declaration) };
}

/** `registerShutdown(async () => …)` or `registerShutdown(server)` of another file that listens for the signals. */
function registeredElsewhere(call: CallExpression, module: SourceModule, modules: Modules): readonly Registration[] {
  const name = calleeText(call.getExpression());
  if (!MAY_REGISTER.test(name) && !REGISTERS.test(name)) return [];
  const called = modules.resolve(call.getExpression());
  if (called?.kind !== 'function' || called.module === module) return [];
  const inside = called.node.getDescendantsOfKind(SyntaxKind.CallExpression);
  return inside.flatMap((one) => {
    const found = registrationOf(one, modules);
    return found ? handedIn(found, [call], modules) : [];
  });
}

/** SIGTERM is what asks a server to end: its handler comes first. */
function bySignal(left: Registration, right: Registration): number {
  return rank(left) - rank(right);
}

function rank({ what }: Registration): number {
  return what === 'SIGTERM' ? 0 : /^SIG/.test(what) ? 1 : 0;
}

const LISTENER =
  /^(?:globalThis\.)?(?:process(?:\.\w+\(\))*\.(on|once|addListener|prependListener|prependOnceListener)|Deno\.(addSignalListener))$/;

/** What ends a server; SIGHUP and SIGUSR2 are for reloading and restarting as a rule. */
const ENDING: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGBREAK']);

/** Words without which a module registers nothing. */
const MAY_REGISTER = /SIG(TERM|INT|QUIT|BREAK)|shutdown|graceful|terminus|closeWithGrace|exitHook|signal/i;

const REGISTERS =
  /(register|setup|init|handle|attach|install|add|on).*(signal|exit|shutdown|stop|clos|terminat|cleanup)/i;
