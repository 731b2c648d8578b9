import { type DanglingTask, type Edit, type FileFacts, insert } from '../../../core/index.ts';
import { helperImport } from './set-up.ts';

/** `StartupTasks.keep(asyncio.create_task(send_mail(user)))`: the task is made where it was, and its value stays what it was. */
export function keepTask({ range }: DanglingTask, facts: FileFacts): readonly Edit[] {
  return [insert(range.start, 'StartupTasks.keep('), insert(range.end, ')'), ...helperImport(facts)];
}
