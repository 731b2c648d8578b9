import { formatPlace, type Hazard, type StartupCall, type StartupStep } from '../../core/index.ts';

/** What the bodies of the step's callees hold against a move. A detached call runs beside the server as it is. */
export function calleeHazards(step: StartupStep): readonly Hazard[] {
  const awaited = step.calls.filter(({ form }) => form !== 'detached');
  return awaited.flatMap((call) => [...blocksLoop(call), ...readState(call), ...resetsState(call)]);
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
