import type { TrapKind } from './trap-kind.ts';

/** `async with asyncio.TaskGroup() as group: … yield` in a lifespan. */
export const taskGroupAroundYield: TrapKind = {
  code: 'SC103',
  id: 'task-group-around-yield',
  title: 'A task group encloses the yield of a lifespan',
  level: 'warning',
  why: 'Where one task of the group fails, the group cancels the lifespan at its `yield`: what the lifespan has opened is closed while the server goes on answering requests, and a task that runs for ever keeps the group, and the shutdown, from ending.',
  instead:
    'Start each task with a helper that keeps it and logs its failure, and stop them after the `yield`; keep a task group for work that ends before the `yield`.',
};
