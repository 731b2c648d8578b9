import type { HookDefinition } from '../modules/definition.ts';
import { enclosingLoop } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { nodesOfFunction, outerOf } from '../tree/shapes.ts';
import { isAsync, named, nameOf } from '../tree/tree.ts';
import type { PythonProject } from './framework.ts';
import { isSameFunction } from './hook-functions.ts';

/** Fewer awaits than this are told well enough by the call itself. */
const FEWEST_AWAITS = 2;

/**
 * Functions of the same file that only hold a part of a hook: `await _start_services()`. What they await, the server waits for;
 * which of it can wait is advice, since the function returns before its hook has reached the end.
 */
export function delegatesOf(definition: HookDefinition, project: PythonProject): readonly HookDefinition[] {
  if (definition.form === 'shutdown-event') return [];
  return startupAwaits(definition).flatMap((expression): readonly HookDefinition[] => {
    const call = named(expression)[0];
    const callee = call?.type === 'call' ? call.childForFieldName('function') : undefined;
    const target = callee ? project.modules.resolve(callee, definition.module) : undefined;
    if (target?.kind !== 'function' || target.module.path !== definition.module.path) return [];
    if (isSameFunction(target, definition) || !holdsSteps(target.node)) return [];
    return [
      {
        framework: definition.framework,
        form: 'startup-event',
        module: target.module,
        node: target.node,
        outer: outerOf(target.node),
        kind: 'function',
        adviceOnly: `it is a part of ${nameOf(definition.node)}, which awaits it`,
        notes: [],
      },
    ];
  });
}

/** Awaits of a handler, of a lifespan before its last `yield`, of a program before it listens. */
function startupAwaits({ node, form, serving }: HookDefinition): readonly Node[] {
  const [listen] = serving?.listens ?? [];
  if (listen) return nodesOfFunction(node, 'await').filter((expression) => expression.endIndex <= listen.startIndex);
  const end = form === 'lifespan' ? (nodesOfFunction(node, 'yield').at(-1)?.startIndex ?? 0) : node.endIndex;
  return nodesOfFunction(node, 'await').filter((expression) => expression.endIndex <= end);
}

function holdsSteps(definition: Node): boolean {
  const isPlain = isAsync(definition) && nodesOfFunction(definition, 'yield').length === 0;
  // What stands in a `while` is the work of a service, not a step of the startup.
  const steps = nodesOfFunction(definition, 'await').filter((node) => enclosingLoop(node)?.type !== 'while_statement');
  return isPlain && steps.length >= FEWEST_AWAITS;
}
