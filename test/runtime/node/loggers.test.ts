import { afterEach, expect, test, vi } from 'vitest';
import { type StartupLogger, StartupTasks } from '../../../src/runtime/typescript/startup-tasks.ts';

type Call = readonly [method: string, ...values: unknown[]];

afterEach(() => {
  vi.restoreAllMocks();
});

/** A logger with these methods, each of which must be called on it. */
function loggerWith(methods: readonly string[], extra: object, calls: Call[]): StartupLogger {
  const logger = { ...extra };
  for (const method of methods) {
    Object.assign(logger, {
      [method](this: unknown, ...values: unknown[]) {
        if (this !== logger) throw new TypeError('called without its logger');
        calls.push([method, ...values]);
      },
    });
  }
  return logger as StartupLogger;
}

const error = new RangeError('höher');
const line = expect.stringMatching(/^warmCache: failed after \d\.\d s$/);
const lineWithStack = expect.stringMatching(/^warmCache: failed after \d\.\d s\nRangeError: höher\n {4}at /);
const stack = expect.stringMatching(/^RangeError: höher\n {4}at /);

const common = ['error', 'warn', 'info', 'debug'];
const kinds: readonly [string, readonly string[], object, Call, string][] = [
  ['pino', [...common, 'fatal', 'trace', 'child'], { bindings: () => ({}) }, ['error', { err: error }, line], 'info'],
  ['winston', [...common, 'log', 'child', 'verbose'], { transports: [] }, ['error', lineWithStack], 'info'],
  ["Nest's Logger", ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'], {}, ['error', line, stack], 'log'],
  ['console', [...common, 'log', 'trace'], {}, ['error', lineWithStack], 'info'],
];

test.each(kinds)('%s', async (_, methods, extra, failure, tells) => {
  const calls: Call[] = [];
  const tasks = new StartupTasks(loggerWith(methods, extra, calls), { grace: 0, required: ['loadModel'] });
  tasks.start('warmCache', () => Promise.reject(error));
  tasks.release();
  await tasks.waitReady(5);
  expect(calls).toEqual([
    [tells, 'In the background: warmCache'],
    ['warn', 'loadModel: required, not recorded'],
    [tells, 'warmCache: started'],
    failure,
  ]);
});

test('one that has nothing but error', async () => {
  const calls: Call[] = [];
  const tasks = new StartupTasks(loggerWith(['error'], {}, calls), { grace: 0, required: ['loadModel'] });
  tasks.start('warmCache', () => Promise.reject(error));
  tasks.release();
  await tasks.waitReady(5);
  expect(calls).toEqual([['error', line, stack]]);
});

test('none: the console', async () => {
  const info = vi.spyOn(console, 'info').mockReturnValue();
  const tasks = new StartupTasks(undefined, { grace: 0 });
  tasks.start('warmCache', () => undefined);
  tasks.release();
  await tasks.waitReady(5);
  expect(info).toHaveBeenCalledWith('In the background: warmCache');
});
