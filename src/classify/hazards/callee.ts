import { formatPlace, type Hazard, type StartupCall, type StartupStep } from '../../core/index.ts';

/** What the bodies of the step's callees hold against a move. A detached call runs beside the server as it is. */
export function calleeHazards(step: StartupStep): readonly Hazard[] {
  const awaited = step.calls.filter(({ form }) => form !== 'detached');
  return awaited.flatMap((call) => [
    ...blocksLoop(call),
    ...readState(call),
    ...resetsState(call),
    ...entersScope(call),
  ]);
}

function blocksLoop({ cost, callee, body }: StartupCall): readonly Hazard[] {
  if (cost !== 'blocks-loop') return [];
  const at = body?.costAt ?? body?.at;
  const what = `${callee} would freeze the server: it ${body?.costReason ?? 'blocks the event loop'}`;
  return [{ kind: 'blocks-loop', what, severity: 'unsafe', ...(at === undefined ? {} : { at }) }];
}

function readState({ body }: StartupCall): readonly Hazard[] {
  return (body?.effects ?? []).flatMap(({ target, readers }) =>
    readers
      .filter(({ copes }) => !copes)
      .slice(0, 1)
      .map(({ at }) => ({
        kind: 'state-is-read',
        what: `${target} is read in ${formatPlace(at)}`,
        at,
        severity: 'unsafe',
      })),
  );
}

function resetsState({ body, callee }: StartupCall): readonly Hazard[] {
  if (!body?.resetsSharedState || body.deletesByAge) return [];
  const what = `${callee} resets state that live requests share`;
  return [{ kind: 'resets-shared-state', what, at: body.at, severity: 'unsafe' }];
}

/** What a task enters on a stack that it leaves behind another task would have to leave: cancel scopes forbid it. */
function entersScope({ body, callee }: StartupCall): readonly Hazard[] {
  const name = body?.calls.find((one) => /(?:^|\.)(?:enter_async_context|__aenter__|push_async_exit)$/.test(one));
  if (body === undefined || name === undefined) return [];
  const what = `${callee} enters a scope with ${name}, which the same task must leave`;
  return [{ kind: 'task-affinity', what, at: body.at, severity: 'unsafe' }];
}
