import { describe, expect, it } from 'vitest';
import type { StartupHook } from '../../src/core/index.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { linkCounterparts } from '../../src/languages/typescript/shutdown/counterparts.ts';
import { shutdownMethods } from '../../src/languages/typescript/shutdown/shutdown-methods.ts';
import { signalHandlers } from '../../src/languages/typescript/shutdown/signal-handlers.ts';
import { describeHook } from '../../src/languages/typescript/steps/describe-hook.ts';
import { memoryProject } from '../memory-project.ts';

function handlersOf(main: string, files: Readonly<Record<string, string>> = {}) {
  const modules = createModules(memoryProject({ ...files, 'main.ts': main }));
  const module = modules.at('main.ts');
  if (!module) throw new Error('main.ts does not parse');
  return signalHandlers(module, modules);
}

/** Name, file and line of the body of every handler. */
function found(main: string, files: Readonly<Record<string, string>> = {}): string[] {
  return handlersOf(main, files).map(({ name, module, body }) => `${name} ${module.path}:${body.getStartLineNumber()}`);
}

const shutdown = 'async function shutdown() {\n  await worker.stop();\n}\n';

describe('handlers of signals', () => {
  it.each([
    ["process.on('SIGTERM', async () => {\n  await worker.stop();\n});", 'SIGTERM handler main.ts:1'],
    ["process.once('SIGINT', function () {\n  worker.stop();\n});", 'SIGINT handler main.ts:1'],
    [`${shutdown}process.on('SIGTERM', shutdown);\nprocess.on('SIGINT', shutdown);`, 'shutdown main.ts:1'],
    [`${shutdown}process.on('SIGTERM', () => shutdown('é'));`, 'shutdown main.ts:1'],
    [`${shutdown}process.on('SIGTERM', () => void shutdown());`, 'shutdown main.ts:1'],
    [`${shutdown}process.on('SIGTERM', shutdown.bind(null, 'SIGTERM'));`, 'shutdown main.ts:1'],
    [
      `${shutdown}process.on('SIGTERM', () => {\n  logger.info('SIGTERM');\n  shutdown().then(() => process.exit(0));\n});`,
      'shutdown main.ts:1',
    ],
    [
      `${shutdown}process.on('SIGTERM', async () => {\n  try {\n    await shutdown();\n    process.exit(0);\n  } catch {\n    process.exit(1);\n  }\n});`,
      'shutdown main.ts:1',
    ],
    [
      `${shutdown}for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, shutdown);`,
      'shutdown main.ts:1',
    ],
    [
      `${shutdown}const signals = ['SIGINT', 'SIGTERM'];\nsignals.forEach((signal) => process.on(signal, shutdown));`,
      'shutdown main.ts:1',
    ],
    [
      `${shutdown}const signals = { SIGINT: 2, SIGTERM: 15 };\nObject.keys(signals).forEach((signal) => {\n  process.on(signal, () => shutdown(signal));\n});`,
      'shutdown main.ts:1',
    ],
    [`${shutdown}function register() {\n  process.once('SIGTERM', shutdown);\n}\nregister();`, 'shutdown main.ts:1'],
    [
      'function onSignal(run) {\n  process.on("SIGTERM", run);\n}\nonSignal(async () => {\n  await worker.stop();\n});',
      'SIGTERM handler main.ts:4',
    ],
    [
      "const closer = (signal) => async () => {\n  await worker.stop();\n};\nprocess.on('SIGTERM', closer('SIGTERM'));",
      'closer main.ts:1',
    ],
    [
      "import closeWithGrace from 'close-with-grace';\ncloseWithGrace({ delay: 500 }, async ({ err }) => {\n  await app.close();\n});",
      'closeWithGrace handler main.ts:2',
    ],
    [
      "import { createTerminus } from '@godaddy/terminus';\nasync function onSignal() {\n  await db.end();\n}\ncreateTerminus(server, { onSignal });",
      'onSignal main.ts:2',
    ],
    [
      "import { createTerminus } from '@godaddy/terminus';\nconst options = {\n  async onSignal() {\n    await db.end();\n  },\n};\ncreateTerminus(server, options);",
      'createTerminus handler main.ts:3',
    ],
    [`${shutdown}process.on('SIGTERM', shutdown).on('SIGINT', shutdown);`, 'shutdown main.ts:1'],
    [
      "import { asyncExitHook } from 'exit-hook';\nasyncExitHook(async () => {\n  await worker.stop();\n}, { wait: 300 });",
      'asyncExitHook handler main.ts:2',
    ],
    ["Deno.addSignalListener('SIGTERM', () => {\n  worker.stop();\n});", 'SIGTERM handler main.ts:1'],
    [
      "class App {\n  start() {\n    process.on('SIGTERM', () => this.stop());\n  }\n  async stop() {\n    await this.db.end();\n  }\n}",
      'App.stop main.ts:5',
    ],
  ])('%s', (source, expected) => {
    expect(found(source)).toEqual([expected]);
  });

  it.each([
    "process.on('exit', () => {\n  worker.stop();\n});",
    "process.on('uncaughtException', (error) => {\n  worker.stop();\n});",
    "process.on('unhandledRejection', shutdown);",
    "process.on('message', shutdown);",
    "process.on('warning', shutdown);",
    "process.on('SIGHUP', () => {\n  settings.reload();\n});",
    "child.on('SIGTERM', shutdown);",
    'socket.onExit(() => {\n  worker.stop();\n});',
    'function closeWithGrace(run) {}\ncloseWithGrace(() => {});',
    "process.on('SIGINT', () => process.exit(0));",
    "process.on('SIGINT', () => {\n  console.log('é');\n  process.exit();\n});",
    "process.removeListener('SIGTERM', shutdown);",
    "process.kill(child.pid, 'SIGTERM');",
    "process.on('SIGINT', () => {});",
    "import { onExit } from 'signal-exit';\nonExit(() => {\n  worker.stop();\n});",
  ])('none in %s', (source) => {
    expect(found(source)).toEqual([]);
  });

  it('of SIGTERM come first', () => {
    const source = "process.on('SIGINT', () => {\n  a.stop();\n});\nprocess.on('SIGTERM', () => {\n  b.stop();\n});";
    expect(found(source)).toEqual(['SIGTERM handler main.ts:4', 'SIGINT handler main.ts:1']);
  });

  it('of another file', () => {
    const files = { 'stop.ts': `export ${shutdown}` };
    expect(found("import { shutdown } from './stop';\nprocess.on('SIGTERM', shutdown);", files)).toEqual([
      'shutdown stop.ts:1',
    ]);
  });

  it('that another file registers', () => {
    const files = { 'signals.ts': "export function onShutdown(run) {\n  process.on('SIGTERM', run);\n}\n" };
    const source = "import { onShutdown } from './signals';\nonShutdown(async () => {\n  await worker.stop();\n});";
    expect(found(source, files)).toEqual(['SIGTERM handler main.ts:2']);
  });

  it('keep their own body where they call what does not end anything', () => {
    const source = "function report() {\n  warm();\n}\nprocess.on('SIGTERM', () => {\n  report();\n});";
    expect(found(source)).toEqual(['SIGTERM handler main.ts:4']);
  });

  it('are advice only where they are not found', () => {
    const advice = (source: string) => handlersOf(source)[0]?.adviceOnly;
    expect(advice("process.on('SIGTERM', () => server.close());")).toBeUndefined();
    expect(advice("import { stop } from 'somewhere';\nprocess.on('SIGTERM', stop);")).toBe(
      'the handler of SIGTERM, stop, was not found',
    );
  });
});

describe('notes of handlers', () => {
  const notes = (body: string, listen = 'on') =>
    handlersOf(`process.${listen}('SIGTERM', async () => {\n${body}\n});`)[0]?.notes;

  it.each([
    [
      'await worker.stop();',
      'on',
      ['a second signal runs the handler in line 1 again while the first run is under way'],
    ],
    ['await worker.stop();', 'once', []],
    ['if (isShuttingDown) return;\nisShuttingDown = true;\nawait worker.stop();', 'on', []],
    ['worker.stop();', 'on', []],
    [
      "process.removeAllListeners('SIGTERM');\nworker.stop();",
      'on',
      ['line 2 removes the listeners that other code has added for SIGTERM'],
    ],
    [
      'await prisma.$disconnect();\nawait worker.close();',
      'once',
      ['prisma.$disconnect in line 2 comes before worker.close in line 3, which may still need it'],
    ],
    ['await worker.close();\nawait prisma.$disconnect();', 'once', []],
  ])('%s (%s)', (body, listen, expected) => {
    expect(notes(body, listen)).toEqual(expected);
  });
});

describe('shutdown methods', () => {
  it('are those of the class, by their names', () => {
    const modules = createModules(
      memoryProject({
        'cache.ts': 'export class Cache {\n  async onModuleDestroy() {\n    await this.é.quit();\n  }\n}\n',
      }),
    );
    const module = modules.at('cache.ts');
    const owner = module?.root.getClass('Cache');
    const hooks =
      module && owner ? shutdownMethods(owner, ['onModuleDestroy', 'onApplicationShutdown'], module, 'nestjs') : [];
    expect(hooks.map(({ name, form }) => [name, form])).toEqual([['Cache.onModuleDestroy', 'shutdown-event']]);
  });
});

describe('counterparts', () => {
  function linked(main: string, stop: string): readonly StartupHook[] {
    const text = `async function main() {\n  ${main}\n}\nprocess.on('SIGTERM', async () => {\n  ${stop}\n});\n`;
    const modules = createModules(memoryProject({ 'main.ts': text }));
    const module = modules.at('main.ts');
    const node = module?.root.getFunction('main');
    const body = node?.getBody();
    const handler = module && signalHandlers(module, modules)[0];
    if (!module || !node || !body || !handler) throw new Error('no hooks');
    const start = {
      framework: 'express',
      form: 'startup-event' as const,
      module,
      name: 'main',
      body,
      node,
      outer: node,
      notes: [],
    };
    return linkCounterparts([describeHook(start, modules), describeHook(handler, modules)]);
  }

  it.each([
    ['await worker.start();', 'await worker.stop();', true],
    ['await prisma.$connect();', 'await prisma.$disconnect();', true],
    ['await connectDb();', 'await closeDb();', true],
    ['await bot.launch();', "bot.stop('SIGTERM');", true],
    ['await consumer.subscribe();', 'await consumer.unsubscribe();', true],
    ['await this.cache.init();', 'await this.cache.destroy();', true],
    ['await worker.start();', 'await poller.stop();', false],
    ['await warm();', 'await close();', false],
    ['worker = await createWorker();', 'await worker.close();', true],
    ['worker = await createWorker();', 'await worker.drainLogs();', false],
  ])('%s %s', (start, stop, expected) => {
    const [up, down] = linked(start, stop);
    expect(down?.shutdown[0]?.counterpartOf === up?.steps[0]?.id).toBe(expected);
  });

  it('name the start that a stop needs and that cannot be asked for', () => {
    const [up] = linked('await worker.start();', 'return worker.stop();');
    expect(up?.steps[0]?.hazards).toMatchObject([{ kind: 'stop-needs-start', severity: 'unsafe' }]);
  });
});
