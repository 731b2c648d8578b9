import type { Sought } from '../../../core/index.ts';

/** Words without which a file holds nothing of what is sought outside of hooks. */
export function anchorsOutside({ danglingTasks, thresholds }: Sought): readonly string[] {
  return [...(danglingTasks ? ['create_task', 'ensure_future'] : []), ...thresholds.map(({ name }) => name)];
}
