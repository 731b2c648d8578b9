/** Calls that come back only when they are stopped, by qualified name; `*` stands for anything. */
export const ENDLESS_CALLS: readonly string[] = [
  'telegraf*.launch',
  '*bot.launch',
  'grammy.Bot.start',
  '@mtcute/*.run',
  'bullmq.Worker.run',
  'bullmq.WorkerPro.run',
  '@taskforcesh/bullmq-pro.WorkerPro.run',
  '@temporalio/worker.*.run',
  '@hatchet-dev/typescript-sdk*.start',
  'graphile-worker.run().promise',
  'graphile-worker.runTaskList().promise',
  '*.serveForever',
  '*.runForever',
  '*.waitForShutdown',
  '*.waitForTermination',
  '*.waitUntilExit',
];
