import type { StartupCall } from '../core/index.ts';
import { type DecidedStep, decidedSteps, type TrapKind, trapAt } from './trap-kind.ts';

/** A call that blocks the event loop, in an async hook or in what it starts. */
export const blocksInHook: TrapKind = {
  code: 'SC110',
  id: 'blocks-in-hook',
  title: 'A call blocks the event loop while the server starts',
  level: 'note',
  why: 'While it runs, nothing else does: other startup work waits, timeouts do not fire, a signal to stop is not heard. As a task it would keep the server from answering instead.',
  instead:
    'Use the asynchronous version of the library, or run it in a thread: `await asyncio.to_thread(f)`, a worker thread in Node.',
  find: (analysis) =>
    decidedSteps(analysis)
      .filter(({ step }) => step.calls.some(blocks))
      .map((one) => trapAt(one, 'SC110', whatBlocks(one))),
};

/** What is handed to a thread blocks nobody else. */
function blocks({ cost, through = [] }: StartupCall): boolean {
  return cost === 'blocks-loop' && !through.some(({ callee }) => THREAD.test(callee));
}

const THREAD = /(^|\.)(to_thread|run_in_executor|run_in_threadpool|run_sync|sync_to_async)$/;

function whatBlocks({ step }: DecidedStep): string {
  const call = step.calls.find(blocks);
  const { costReason, costAt } = call?.body ?? {};
  const place = costAt === undefined ? '' : ` (${costAt.path}:${costAt.line})`;
  return `${call?.callee} blocks the event loop${costReason === undefined ? '' : `: it ${costReason}${place}`}`;
}
