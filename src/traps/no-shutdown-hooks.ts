import type { TrapKind } from './trap-kind.ts';

/** A Nest app that never calls `enableShutdownHooks()`. */
export const noShutdownHooks: TrapKind = {
  code: 'SC108',
  id: 'no-shutdown-hooks',
  title: 'On SIGTERM the shutdown methods of providers are never called',
  level: 'warning',
  why: 'Nest does not listen for signals unless the app says so (docs.nestjs.com/fundamentals/lifecycle-events): when the process is stopped, `onModuleDestroy` and its kin do not run, connections stay open and messages are lost.',
  instead: 'Call `app.enableShutdownHooks()` before `app.listen()`.',
};
