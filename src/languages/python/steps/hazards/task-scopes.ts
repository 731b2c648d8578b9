import type { Hazard } from '../../../../core/index.ts';
import { lastPart } from '../../../wording/dotted-path.ts';
import { calleeText } from '../../tree/dotted-name.ts';
import { ownNodes } from '../../tree/own-nodes.ts';
import { isAsync } from '../calls.ts';
import { whyTracked } from '../tracked-tasks.ts';
import type { StepContext } from './context.ts';

/** Tasks that are held already, tasks that would outlive their scope, and scopes that only their own task may leave. */
export function taskScopes(step: StepContext): Hazard[] {
  return [...trackedTasks(step), ...outlivedScopes(step), ...boundToTask(step)];
}

function trackedTasks({ found, body }: StepContext): Hazard[] {
  return found
    .filter((call) => call.form === 'detached')
    .flatMap((call) => {
      const why = whyTracked(call, body);
      return why ? [{ kind: 'already-tracked', what: why, severity: 'never' } as const] : [];
    });
}

/** A task made inside a `with` goes on after the session or connection is closed. */
function outlivedScopes({ leaf, found, shape, body }: StepContext): Hazard[] {
  const dangling = found.filter((call) => call.form === 'detached' && !whyTracked(call, body));
  if (dangling.length === 0 || shape === 'detached') return [];
  const scope = ownNodes(leaf.node, ['with_statement'])[0];
  const what = scope
    ? 'a task that it makes outlives the scope around it'
    : 'a task that it makes would stay untracked';
  return [{ kind: scope && isAsync(scope) ? 'async-with' : 'unsupported-syntax', what, severity: 'never' }];
}

/** Cancel scopes and exit stacks must be left by the task that entered them. */
function boundToTask({ found, calls }: StepContext): Hazard[] {
  return found.flatMap((call, index) => {
    const names = [calls[index]?.callee ?? '', ...call.through.map(calleeText)];
    const name = names.find((one) => ENTERS.test(lastPart(one)) || STARTS_IN_GROUP.test(one));
    if (call.form === 'detached' || !name) return [];
    return [
      { kind: 'task-affinity', what: `what ${name} enters must be left by the same task`, severity: 'never' } as const,
    ];
  });
}

const ENTERS = /^(enter_async_context|__aenter__|push_async_exit|push_async_callback)$/;
const STARTS_IN_GROUP = /(^|[._])(tg|task_group|taskgroup|nursery|portal)\.start$/i;
