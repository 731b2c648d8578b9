import type { StartupHook, StartupStep } from '../../../core/index.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { lineOf, rangeOf } from '../tree/own-nodes.ts';
import { startupCall } from './startup-calls.ts';

/** A hook that is registered by name, and whose body is in no file of the project: a single call, where it is registered. */
export function referencedHook(definition: HookDefinition, modules: Modules): StartupHook {
  const { framework, form, module, node, notes, adviceOnly } = definition;
  const name = calleeText(node);
  const line = lineOf(node);
  return {
    id: `${module.path}:${line}:${name}`,
    path: module.path,
    name,
    framework,
    form,
    line,
    range: rangeOf(node),
    steps: form === 'startup-event' ? [stepOf(definition, modules)] : [],
    shutdown: [],
    body: {
      start: node.startIndex,
      indent: '',
      end: node.endIndex,
      kind: 'function',
      isAsync: true,
      yields: [],
      returns: [],
      takenNames: [],
    },
    ...(adviceOnly === undefined ? {} : { adviceOnly }),
    notes,
  };
}

function stepOf({ module, node }: HookDefinition, modules: Modules): StartupStep {
  const call = { node, callee: node, arguments: { start: node.endIndex, end: node.endIndex }, through: [] };
  return {
    id: `${module.path}:${node.startIndex}`,
    line: lineOf(node),
    range: rangeOf(node),
    indent: '',
    shape: 'statements',
    calls: [startupCall({ ...call, form: 'await' }, module, modules)],
    attached: [],
    verbatim: [],
    binds: [],
    reads: [],
    declarations: [],
    conditional: false,
    failure: 'propagates',
    logs: [],
    hazards: [],
  };
}
