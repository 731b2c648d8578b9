import type { Edit, FileFacts, StartupHook, TaskRole } from '../../../core/index.ts';
import { holdEdits } from './hold.ts';
import { instanceEdits } from './instance.ts';
import { addedShutdown, stopInHandler } from './stop.ts';

/** Instance, hold, stop and imports for one hook. What an earlier run has written is not written again. */
export function trackTasks(hook: StartupHook, facts: FileFacts, role: TaskRole): readonly Edit[] | undefined {
  const parts = [
    instanceEdits(hook, facts, role),
    role.releases ? holdEdits(hook, facts) : [],
    role.stops && hook.form === 'shutdown-event' ? stopInHandler(hook, facts) : [],
    role.addsShutdown ? addedShutdown(hook, facts) : [],
  ];
  const edits: Edit[] = [];
  for (const part of parts) {
    if (!part) return undefined;
    edits.push(...part);
  }
  return edits;
}
