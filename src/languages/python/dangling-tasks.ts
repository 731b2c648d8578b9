import type { DanglingTask } from '../../core/index.ts';
import { isTestFile } from './hooks/test-files.ts';
import type { Modules, PythonModule } from './modules/definition.ts';
import { isAwaitedAtOnce, isDetaching, taskGroupOf } from './steps/detached-calls.ts';
import { whyTracked } from './steps/tracked-tasks.ts';
import { calleeText } from './tree/dotted-name.ts';
import { lineOf, rangeOf } from './tree/own-nodes.ts';
import type { Node } from './tree/parse.ts';
import { argumentsOf, descendants, enclosingFunction } from './tree/shapes.ts';

/** Words without which a file leaves no task behind. */
export const TASK_MAKERS = ['create_task', 'ensure_future'];

/** Tasks of functions that nobody keeps, awaits or hands on. Those of startup hooks are steps, and no matter of this. */
export function danglingTasksIn(
  module: PythonModule,
  hooks: readonly Node[],
  modules: Modules,
): readonly DanglingTask[] {
  if (!TASK_MAKERS.some((word) => module.text.includes(word)) || isTestFile(module.path)) return [];
  return descendants(module.root, 'call')
    .filter((call) => makesTask(call, module, modules) && !hooks.some((hook) => isInside(call, hook)))
    .filter((call) => {
      const body = enclosingFunction(call)?.childForFieldName('body');
      return body && !isAwaitedAtOnce(call) && whyTracked({ node: call }, body) === undefined;
    })
    .map((call) => ({ line: lineOf(call), range: rangeOf(call), callee: calleeIn(call) }));
}

/** `asyncio.create_task`, `asyncio.ensure_future`, or those of a loop; a function of the project may be called the same. */
function makesTask(call: Node, module: PythonModule, modules: Modules): boolean {
  const callee = call.childForFieldName('function');
  if (!callee || !isDetaching(call) || taskGroupOf(call) !== undefined) return false;
  if (!/(create_task|ensure_future)$/.test(calleeText(callee))) return false;
  if (callee.type !== 'identifier') return true;
  const found = modules.resolve(callee, module);
  return found?.kind === 'external' && /^asyncio\.(create_task|ensure_future)$/.test(found.qualifiedName);
}

function isInside(node: Node, outer: Node): boolean {
  return node.startIndex >= outer.startIndex && node.endIndex <= outer.endIndex;
}

/** `send_mail` of `create_task(send_mail(user))`. */
function calleeIn(call: Node): string {
  const [work] = argumentsOf(call).positional;
  const callee = work?.type === 'call' ? work.childForFieldName('function') : work;
  return callee ? calleeText(callee) : 'a task';
}
