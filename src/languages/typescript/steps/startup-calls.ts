import { Node } from 'ts-morph';
import type { StartupCall } from '../../../core/index.ts';
import type { Definition, Modules } from '../modules/definition.ts';
import { className, moduleName } from '../modules/qualified-name.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isFunction, lineOf, rangeOf, unwrapped } from '../tree/own-nodes.ts';
import type { FoundCall } from './calls.ts';

/** The facts of a call: where it stands, what it runs and what waiting for it costs. */
export function startupCall(found: FoundCall, modules: Modules): StartupCall {
  const callee = unwrapped(found.callee);
  // `new Promise(…)` runs no function of the project.
  const definition = Node.isNewExpression(callee) ? undefined : modules.resolve(callee);
  const receiver = Node.isPropertyAccessExpression(callee) ? modules.resolve(callee.getExpression()) : undefined;
  const body = definition && modules.calleeBody(definition);
  return {
    line: lineOf(found.callee),
    range: rangeOf(found.node),
    callee: nameOf(callee),
    calleeRange: rangeOf(found.callee),
    argumentsRange: found.arguments,
    form: found.form,
    ...(found.through.length > 0 ? { through: found.through.map(wrapper) } : {}),
    ...(definition ? { qualifiedName: modules.qualifiedName(definition) } : {}),
    ...classAndModule(definition, receiver),
    // What stands behind the listen goes on for as long as the server does.
    cost: found.form === 'sync' ? 'finite' : modules.cost(definition),
    ...(body ? { body } : {}),
  };
}

/** The callee as written; a function that is called where it stands has no name. */
export function nameOf(callee: Node): string {
  if (!isFunction(callee)) return calleeText(callee);
  const name = Node.isFunctionExpression(callee) ? callee.getName() : undefined;
  return name ?? '(function)';
}

function classAndModule(
  definition: Definition | undefined,
  receiver: Definition | undefined,
): { receiverClass?: string; module?: string } {
  const owner = definition?.kind === 'function' ? definition.owner : undefined;
  const ofReceiver =
    receiver?.kind === 'instance' ? receiver.of.node : receiver?.kind === 'class' ? receiver.node : owner;
  const module = moduleOf(definition) ?? moduleOf(receiver);
  return { ...(ofReceiver ? { receiverClass: className(ofReceiver) } : {}), ...(module ? { module } : {}) };
}

function wrapper(callee: Node): { readonly callee: string; readonly line: number } {
  return { callee: nameOf(callee), line: lineOf(callee) };
}

function moduleOf(definition: Definition | undefined): string | undefined {
  if (!definition) return undefined;
  if (definition.kind === 'external')
    return definition.qualifiedName.split('.').slice(0, -1).join('.') || definition.qualifiedName;
  const { path } = definition.kind === 'instance' ? definition.of.module : definition.module;
  // Folders say where a file is kept, not what it is for: every file of an `apps/api` would be about the API.
  return moduleName(path).split('/').slice(-1)[0];
}
