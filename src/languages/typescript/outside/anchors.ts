import type { Sought } from '../../../core/index.ts';

/** Words without which a file holds nothing of what is sought outside of hooks. Any call may leave a promise behind. */
export function anchorsOutside({ danglingTasks, thresholds }: Sought): readonly string[] {
  return [...(danglingTasks ? ['('] : []), ...thresholds.map(({ name }) => name)];
}
