import { describe, expect, it } from 'vitest';
import type { ShutdownStep } from '../../src/core/index.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { shutdownSteps } from '../../src/languages/typescript/shutdown/shutdown.ts';
import { signalHandlers } from '../../src/languages/typescript/shutdown/signal-handlers.ts';
import { commentsOf } from '../../src/languages/typescript/tree/comments.ts';
import { memoryProject } from '../memory-project.ts';

type Files = Readonly<Record<string, string>>;

/** The shutdown steps of the first handler in `main.ts`. */
function stepsOf(main: string, files: Files = {}): readonly ShutdownStep[] {
  const modules = createModules(memoryProject({ ...files, 'main.ts': main }));
  const module = modules.at('main.ts');
  const definition = module && signalHandlers(module, modules)[0];
  if (!definition) throw new Error('no handler');
  const { body } = definition;
  return shutdownSteps({ definition, modules, body, comments: commentsOf(definition.module) });
}

const handler = (body: string) => `process.on('SIGTERM', async () => {\n${body}\n});\n`;

function stops(body: string, files: Files = {}): readonly ShutdownStep[] {
  const imports = Object.keys(files).map((path) => `import { mail } from './${path.replace('.ts', '')}';\n`);
  return stepsOf(imports.join('') + handler(body), files);
}

describe('shutdown steps', () => {
  it('take the log line that announces the stop with them', () => {
    const source = handler("  await manager.stop();\n  logger.info('Manager stopped é');\n  logger.info('Bye');");
    const steps = stepsOf(source);
    expect(steps.map(({ range }) => source.slice(range.start, range.end))).toEqual([
      "await manager.stop();\n  logger.info('Manager stopped é');",
      "logger.info('Bye');",
    ]);
    expect(steps[0]).toMatchObject({ callee: 'manager.stop', releases: true, indent: '  ' });
    expect(steps[1]).not.toHaveProperty('callee');
  });

  it.each([
    ['try { await db.close(); } catch (error) { logger.error(error); }', true],
    ['try { await db.close(); } catch {}', true],
    ['await db.close().catch((error) => logger.error(error));', true],
    ['await db.close().catch(console.error);', true],
    ['void db.close().catch(() => {});', true],
    ['await Promise.allSettled([db.close(), queue.close()]);', true],
    ['await Promise.all([db.close().catch(log), queue.close().catch(log)]);', true],
    ['if (db) { try { await db.close(); } catch { /* gone */ } }', true],
    ['try { await db.close(); } catch (error) { throw error; }', false],
    ['try { await db.close(); } catch { process.exit(1); }', false],
    ['await db.close().catch((error) => { throw error; });', false],
    ['await Promise.all([db.close().catch(log), queue.close()]);', false],
    ['await db.close();', false],
    ['if (db) await db.close();', false],
  ])('guarded: %s', (source, guarded) => {
    expect(stops(source)).toMatchObject([{ guarded }]);
  });

  it.each([
    ['await db.close();', false],
    ['if (ending) return;', true],
    ["throw new Error('é');", true],
    ['if (broken) process.exit(1);\nawait db.close();', true],
    ['return db.close();', true],
    ['try { await db.close(); process.exit(0); } catch { process.exit(1); }', true],
    ['server.close(() => process.exit(0));', true],
    ['await server.close().then(() => process.exit(0));', true],
    ['setTimeout(() => process.exit(1), 10_000).unref();', false],
    ['for (const worker of workers) { if (!worker.busy) continue; await worker.close(); }', false],
    ['await Promise.all(workers.map((worker) => { return worker.close(); }));', false],
    ['await new Promise((resolve) => { server.close(() => resolve()); });', false],
  ])('leaves: %s', (source, leaves) => {
    expect(stops(source)[0]?.leaves).toBe(leaves);
  });

  it.each([
    ['await prisma.$disconnect();', 'prisma.$disconnect'],
    ['await worker?.close();', 'worker.close'],
    ['if (worker) await worker.close();', 'worker.close'],
    ['await getAgenda().stop();', 'getAgenda().stop'],
    ['await Promise.all([closeSqlite(), closeDuckDb()]);', 'closeSqlite'],
    ['await Promise.all(workers.map((worker) => worker.close()));', 'worker.close'],
    ['await new Promise((resolve) => server.close(resolve));', 'server.close'],
    ['await db.close().catch(log);', 'db.close'],
    ['clearInterval(timer);', 'clearInterval'],
    ['stopPolling();', 'stopPolling'],
  ])('release: %s', (source, callee) => {
    expect(stops(source)).toMatchObject([{ callee, releases: true }]);
  });

  it.each(['warm();', 'await sleep(500);', "logger.info('closing');", 'closing = true;'])(
    'release nothing: %s',
    (source) => {
      expect(stops(source)).toMatchObject([{ releases: false }]);
    },
  );

  it('say what they share, and keep templates as they are', () => {
    const source = 'const jobs = await queue.pause();\nawait store.save(jobs, `a\n  b`);';
    const [pause, save] = stops(source);
    expect(pause?.binds).toEqual(['jobs']);
    expect(save).toMatchObject({ flushes: true, reads: ['store', 'jobs'] });
    expect(save?.verbatim).toHaveLength(1);
  });

  it('leave out what only declares', () => {
    expect(stops('function late() {}\nawait db.close();\nreturn;')).toHaveLength(1);
  });
});

describe('a handler without braces', () => {
  it.each([
    ['server.close()', { callee: 'server.close', releases: true, guarded: false, leaves: false }],
    ['void app.close().catch(log)', { callee: 'app.close', guarded: true }],
    ['app.close().then(() => process.exit(0))', { callee: 'app.close', leaves: true }],
  ])('%s', (expression, expected) => {
    expect(stepsOf(`process.on('SIGTERM', () => ${expression});`)).toMatchObject([expected]);
  });
});

describe('what is looked into', () => {
  const callees = (source: string) => stops(source).map(({ callee, guarded }) => [callee, guarded]);

  it('the callback of a close runs after what stands behind the close', () => {
    const source = 'server.close(async () => {\n  await worker.stop();\n  process.exit(0);\n});\nawait db.close();';
    expect(callees(source)).toEqual([
      ['server.close', true],
      ['db.close', false],
      ['worker.stop', false],
      [undefined, false],
    ]);
  });

  it('a close under a condition', () => {
    expect(callees('if (server) {\n  server.close(async () => {\n    await db.close();\n  });\n}')).toEqual([
      ['server.close', true],
      ['db.close', false],
    ]);
  });

  it('what follows a promise', () => {
    const [head, exit] = stops('sdk.shutdown().then(() => {\n  process.exit(0);\n});');
    expect(head).toMatchObject({ callee: 'sdk.shutdown', guarded: false, leaves: true });
    expect(exit).toMatchObject({ leaves: true });
  });

  it('a try in which one stop that fails would skip the next', () => {
    const source =
      'try {\n  await worker.stop();\n  await db.close();\n  logger.info("é");\n} catch (error) {\n  logger.error(error);\n}';
    expect(callees(source)).toEqual([
      ['worker.stop', false],
      ['db.close', true],
      [undefined, true],
    ]);
  });

  it('a try whose handler ends the process stays one step', () => {
    expect(stops('try { await a.stop(); await b.stop(); } catch { process.exit(1); }')).toHaveLength(1);
  });

  it('several stops under one condition', () => {
    expect(callees('if (enabled) {\n  await a.stop();\n  await b.stop();\n} else {\n  c.stop();\n}')).toHaveLength(3);
  });
});

describe('a stop without its start', () => {
  const mail = (stop: string, field = 'private timer?: NodeJS.Timeout;') => ({
    'mail.ts': `class Mail {\n  ${field}\n  private running = false;\n  async start() { this.timer = make(); }\n  async stop() {\n    ${stop}\n  }\n}\nexport const mail = new Mail();\n`,
  });

  it.each([
    ['yes', 'this.running = false;'],
    ['yes', 'this.timer?.unref();'],
    ['yes', 'clearInterval(this.timer);'],
    ['yes', 'if (this.timer) this.timer.unref();'],
    ['yes', 'if (!this.running) return;\n await this.timer.close();'],
    ['yes', 'this.timer && this.timer.unref();'],
    ['yes', 'try { await this.timer.close(); } catch {}'],
    ['no', 'await this.timer.close();'],
    ['no', 'await this.timer!.close();'],
    ['no', "if (!this.running) throw new Error('not started é');"],
  ])('%s: %s', (expected, stop) => {
    expect(stops('await mail.stop();', mail(stop))[0]?.copesWithoutStart).toBe(expected);
  });

  it('copes where the object is made with its owner', () => {
    const files = mail('await this.timer.close();', 'private timer = makeTimer();');
    expect(stops('await mail.stop();', files)[0]?.copesWithoutStart).toBe('yes');
  });

  it.each([
    ['let pool: Pool | null = null;', 'await pool.end();', 'no'],
    ['let pool: Pool | undefined;', 'await pool?.end();', 'yes'],
    ['let pool;', 'if (pool) await pool.end();', 'yes'],
    ["import { Pool } from 'pg';\nconst pool = new Pool();", 'await pool.end();', 'yes'],
    ["import { Telegraf } from 'telegraf';\nconst bot = new Telegraf(token);", 'bot.stop();', 'no'],
    ["import { scheduler } from 'somewhere';", 'await scheduler.stop();', 'unknown'],
  ])('%s %s', (before, stop, expected) => {
    expect(stepsOf(`${before}\n${handler(stop)}`)[0]?.copesWithoutStart).toBe(expected);
  });
});
