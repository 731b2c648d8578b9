import { beforeAll, describe, expect, it } from 'vitest';
import type { ShutdownStep } from '../../src/core/index.ts';
import { linkCounterparts } from '../../src/languages/python/shutdown/counterparts.ts';
import { loadPython } from '../../src/languages/python/tree/parse.ts';
import { undoes } from '../../src/languages/wording/counterpart-words.ts';
import { hookOf, lifespan } from './hook-of.ts';

beforeAll(loadPython);

function stops(after: string, files: Record<string, string> = {}, before = 'await warm()'): readonly ShutdownStep[] {
  const imports = Object.keys(files).map((path) => `from ${path.replace('.py', '')} import *\n`);
  return hookOf(imports.join('') + lifespan(before, after), { files }).hook.shutdown;
}

describe('shutdown steps', () => {
  it('take the log line that announces the stop with them', () => {
    const { hook, text } = hookOf(
      lifespan('await a()', 'await manager.stop()\nlogger.info("Manager stopped é")\nlogger.info("Bye")'),
    );
    expect(hook.shutdown.map((step) => text.slice(step.range.start, step.range.end))).toEqual([
      'await manager.stop()\n    logger.info("Manager stopped é")',
      'logger.info("Bye")',
    ]);
    expect(hook.shutdown[1]).not.toHaveProperty('callee');
  });

  it.each([
    ['try:\n    await db.close()\nexcept Exception:\n    logger.exception("é")', true],
    ['with suppress(Exception):\n    await db.close()', true],
    ['try:\n    await db.close()\nexcept Exception:\n    raise', false],
    ['try:\n    await task\nexcept asyncio.CancelledError:\n    pass', false],
    ['await db.close()', false],
  ])('guarded: %s', (source, guarded) => {
    expect(stops(source)[0]?.guarded).toBe(guarded);
  });

  it('say what they do', () => {
    const [flush, unlock, gate] = stops('await buffer.flush()\nlock.release()\nif broken:\n    raise SystemExit');
    expect(flush).toMatchObject({ flushes: true, releases: false });
    expect(unlock).toMatchObject({ releases: true, leaves: false });
    expect(gate).toMatchObject({ leaves: true });
  });

  it('share the variable of a task that is cancelled and awaited', () => {
    const [cancel, wait] = stops('task.cancel()\nawait task');
    expect([cancel?.reads, wait?.reads]).toEqual([['task'], ['task']]);
  });
});

describe('counterparts', () => {
  it.each([
    ['manager.stop', 'manager.start', true],
    ['close_db', 'init_db', true],
    ['stop_cleanup_service', 'start_cleanup_service', true],
    ['api_shutdown', 'api_startup', true],
    ['redis.aclose', 'redis.initialize', true],
    ['stopWorkers', 'startWorkers', true],
    ['prisma.$disconnect', 'prisma.$connect', true],
    ['closeDB', 'connectDB', true],
    ['stop_mail', 'start_metrics', false],
    ['manager.stop', 'worker.start', false],
    ['close', 'warm', false],
  ])('%s of %s', (stop, start, expected) => {
    expect(undoes(stop, start)).toBe(expected);
  });

  it('link within a hook and across the hooks of an app', () => {
    const { hook } = hookOf(lifespan('await start_mail()', 'await stop_mail()'));
    expect(hook.shutdown[0]?.counterpartOf).toBe(hook.steps[0]?.id);
    const source =
      'async def up():\n    await db.connect()\n    logger.info("db connected é")\nasync def down():\n    await db.disconnect()\n';
    const up = hookOf(source, { name: 'up', form: 'startup-event' }).hook;
    const down = hookOf(source, { name: 'down', form: 'shutdown-event' }).hook;
    const [linked] = linkCounterparts([up, down]);
    expect(linked?.steps[0]?.hazards).toMatchObject([{ kind: 'stop-needs-start' }]);
  });
});

describe('a stop without its start', () => {
  const body = (stop: string, made = 'None') => ({
    'mail.py': `class Mail:\n    def __init__(self):\n        self._task = ${made}\n        self.running = False\n    async def start(self):\n        self._task = 1\n    async def stop(self):\n${stop}\nmail = Mail()\n`,
  });

  it.each([
    ['yes', '        self.running = False'],
    ['yes', '        if self._task:\n            self._task.cancel()'],
    ['yes', '        if not self.running:\n            return\n        await self._task.close()'],
    ['yes', '        try:\n            await self._task.close()\n        except AttributeError:\n            pass'],
    ['no', '        await self._task.close()'],
    ['no', '        if not self.running:\n            raise RuntimeError("not started")'],
  ])('%s: %s', (expected, stop) => {
    expect(stops('await mail.stop()', body(stop))[0]?.copesWithoutStart).toBe(expected);
  });

  it('copes where the object is made with its owner', () => {
    expect(stops('await mail.stop()', body('        await self._task.close()', 'Client()'))[0]?.copesWithoutStart).toBe(
      'yes',
    );
  });

  it('is not known for what stands outside the project', () => {
    expect(stops('scheduler.shutdown()')[0]?.copesWithoutStart).toBe('unknown');
  });

  it('fails where only the start makes the object', () => {
    const [step] = stops('await app.state.pool.close()', {}, 'app.state.pool = await open_pool()');
    expect(step?.copesWithoutStart).toBe('no');
  });
});
