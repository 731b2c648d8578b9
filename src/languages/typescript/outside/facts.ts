import type { OutsideFacts, Sought } from '../../../core/index.ts';
import type { SourceModule } from '../modules/definition.ts';

/** What a module holds of what is sought outside of hooks. */
export function outsideFacts(_module: SourceModule, _sought: Sought): OutsideFacts {
  return { danglingTasks: [], thresholds: [] };
}

export function isEmpty({ danglingTasks, thresholds }: OutsideFacts): boolean {
  return danglingTasks.length + thresholds.length === 0;
}
