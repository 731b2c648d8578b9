import type { StartupCall } from '../../../core/index.ts';
import type { Definition, Modules, PythonModule } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { lineOf, rangeOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import type { FoundCall } from './calls.ts';

/** The facts of a call: where it stands, what it runs and what waiting for it costs. */
export function startupCall(found: FoundCall, module: PythonModule, modules: Modules): StartupCall {
  const definition = modules.resolve(found.callee, module);
  const receiver = found.callee.type === 'attribute' ? found.callee.childForFieldName('object') : null;
  const receiverDefinition = receiver ? modules.resolve(receiver, module) : undefined;
  const body = definition && modules.calleeBody(definition);
  return {
    line: lineOf(found.callee),
    range: rangeOf(found.node),
    callee: calleeText(found.callee),
    calleeRange: rangeOf(found.callee),
    argumentsRange: found.arguments,
    form: found.form,
    ...(found.through.length > 0 ? { through: found.through.map(wrapper) } : {}),
    ...(definition ? { qualifiedName: modules.qualifiedName(definition) } : {}),
    ...classAndModule(definition, receiverDefinition),
    cost: modules.cost(definition),
    ...(body ? { body } : {}),
  };
}

function classAndModule(
  definition: Definition | undefined,
  receiver: Definition | undefined,
): { receiverClass?: string; module?: string } {
  const owner = definition?.kind === 'function' ? definition.owner : undefined;
  const ofReceiver = receiver?.kind === 'instance' ? receiver.of : receiver?.kind === 'class' ? receiver : owner;
  const name = ofReceiver?.node.childForFieldName('name')?.text;
  const module = moduleOf(definition) ?? moduleOf(receiver);
  return { ...(name ? { receiverClass: name } : {}), ...(module ? { module } : {}) };
}

function wrapper(callee: Node): { readonly callee: string; readonly line: number } {
  return { callee: calleeText(callee), line: lineOf(callee) };
}

function moduleOf(definition: Definition | undefined): string | undefined {
  if (!definition) return undefined;
  if (definition.kind === 'external')
    return definition.qualifiedName.split('.').slice(0, -1).join('.') || definition.qualifiedName;
  return definition.module.name;
}
