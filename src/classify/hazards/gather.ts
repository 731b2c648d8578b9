import type { Hazard, StartupStep, Verdict } from '../../core/index.ts';

/** A gather that cannot be taken apart moves whole, or not at all. */
export function gatherHazards(
  step: StartupStep,
  others: readonly { readonly step: StartupStep; readonly verdict?: Verdict | undefined }[],
): readonly Hazard[] {
  const gather = step.gather;
  if (gather === undefined || gather.splittable) return [];
  const staying = others.find((other) => other.step.gather?.group === gather.group && other.verdict !== 'background');
  if (staying === undefined) return [];
  const what = `${staying.step.calls[0]?.callee ?? 'a member'} stays, and the gather cannot be split`;
  return [{ kind: 'unsupported-syntax', what, severity: 'never' }];
}
