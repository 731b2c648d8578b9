import { beforeAll, describe, expect, test } from 'vitest';
import { compiled, copyOfNodeProject, type NodeProject, rewrittenNodeProject, startNodeServer } from './node-server.ts';
import { inOrder, isOpen, type Server } from './server.ts';
import { filesOf } from './tool.ts';

const demos: readonly (NodeProject & { readonly rewritten: readonly string[] })[] = [
  { name: 'node-express', main: 'src/server.js', rewritten: ['src/server.js', 'src/startup-tasks.js'] },
  { name: 'node-fastify', main: 'dist/main.js', rewritten: ['src/app.ts', 'src/startup-tasks.ts'] },
  {
    name: 'node-nestjs',
    main: 'dist/main.js',
    rewritten: ['src/fraud.service.ts', 'src/office.service.ts', 'src/price.service.ts', 'src/startup-tasks.ts'],
  },
];

const portOpens = 'open for orders';
const begins = ['price cache begun', 'fraud model begun', 'exchange rates begun', 'invoice poller begun'];
const ends = ['price cache warm', 'fraud model loaded'];

/** Services that take no time worth mentioning, and rates that are there. */
const quick = { WARM_UP_SECONDS: '0.1', TRAINING_SECONDS: '0.1', RATES_URL: 'data:application/json,{"CHF":0.93}' };

/** What ends in one line of the log when a promise is rejected and nothing handles it. */
const crash = /unhandled|triggerUncaughtException|Node\.js v\d/i;

describe.each(demos)('$name before', ({ name, main }) => {
  let folder: string;

  beforeAll(() => {
    folder = compiled(copyOfNodeProject(name));
  });

  test('ends when a service rejects', async () => {
    const server = await startNodeServer(folder, main, { ...quick, RATES_URL: 'http://127.0.0.1:1/rates' });
    expect(await server.ended()).toBe(1);
    expect(server.output()).toMatch(crash);
    expect(server.output()).not.toContain(portOpens);
  });

  test('never opens its port when a service never returns', async () => {
    const server = await startNodeServer(folder, main, quick);
    await server.says('invoice poller begun');
    expect(server.output()).toContain('database ready');
    expect(server.output()).not.toContain(portOpens);
    expect(await isOpen(server.port)).toBe(false);
  });

  test('else opens it when every service has finished', async () => {
    const server = await startNodeServer(folder, main, { ...quick, INVOICES: 'off' });
    await server.says(portOpens);
    const marks = [...ends, 'exchange rates fetched', portOpens];
    expect(inOrder(server.output(), marks)).toHaveLength(marks.length);
    expect(inOrder(server.output(), marks).at(-1)).toBe(portOpens);
  });
});

describe.each(demos)('$name after --write', ({ name, main, rewritten }) => {
  let folder: string;
  let server: Server;
  let output: string;
  let ended: number | string;
  let seconds: number;
  let asked: Awaited<ReturnType<typeof askAround>>;

  beforeAll(async () => {
    folder = rewrittenNodeProject(name);
    server = await startNodeServer(folder, main);
    asked = await askAround(server);
    const asksToEnd = performance.now();
    server.signal('SIGTERM');
    ended = await server.ended();
    seconds = (performance.now() - asksToEnd) / 1000;
    output = server.output();
  });

  test('opens its port after the critical steps and before anything else begins', () => {
    const marks = ['database ready', portOpens, ...begins];
    expect(inOrder(output, marks).slice(0, 2)).toEqual(['database ready', portOpens]);
    expect(inOrder(output, marks)).toHaveLength(marks.length);
  });

  test('begins nothing when the metrics port opens, which is earlier', () => {
    const marks = ['metrics listening', portOpens, ...begins];
    expect(inOrder(output, marks).slice(0, 2)).toEqual(['metrics listening', portOpens]);
  });

  test('answers while the services start', () => {
    expect(asked.orders).toEqual([expect.objectContaining({ id: 1, title: 'Das Café am Rande der Welt' })]);
    expect(asked.rate).toEqual({ rate: null });
    expect(asked.events).toContain('orders asked for');
    expect(asked.events).not.toContain('price cache warm');
  });

  test('runs every service in the end', () => {
    expect(inOrder(output, ends)).toHaveLength(ends.length);
    expect(asked.late).toEqual([expect.objectContaining({ id: 1, suspicion: expect.any(Number) })]);
  });

  test('logs the rejection and lives on', () => {
    expect(output).toMatch(/prefetchExchangeRates: failed after/);
    expect(output).toContain('fetch failed');
    expect(output).not.toMatch(crash);
  });

  test('ends on SIGTERM, although one service never returns', () => {
    expect([0, 'SIGTERM']).toContain(ended);
    expect(output).toContain('database closed');
    expect(seconds).toBeLessThan(15);
  });

  test('ends on SIGTERM while a service starts', async () => {
    const early = await startNodeServer(folder, main, { ...quick, WARM_UP_SECONDS: '300' });
    await early.says('price cache begun');
    early.signal('SIGTERM');
    expect([0, 'SIGTERM']).toContain(await early.ended());
    expect(early.output()).toContain('database closed');
    expect(early.output()).toMatch(/warmPriceCache: still running, no longer waited for/);
    expect(early.output()).not.toMatch(crash);
  });

  test('does everything before the port opens with STARTUP_TASKS=inline', async () => {
    const inline = await startNodeServer(folder, main, { ...quick, STARTUP_TASKS: 'inline' });
    await inline.says(portOpens);
    const marks = ['database ready', ...ends, 'exchange rates fetched', 'invoice poller begun', portOpens];
    expect(inOrder(inline.output(), marks)).toHaveLength(marks.length);
    expect(inOrder(inline.output(), marks).at(-1)).toBe(portOpens);
  });

  test('is changed where its hooks stand, and nowhere else', () => {
    const before = filesOf(copyOfNodeProject(name));
    const changed = [...filesOf(folder)].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed.filter((path) => !path.startsWith('dist/'))).toEqual(rewritten);
  });
});

async function askAround(server: Server) {
  await server.says(portOpens);
  const orders = await server.get('/orders');
  const rate = await server.get('/rates/CHF');
  const events = await server.get('/events');
  for (const mark of [...ends, 'prefetchExchangeRates: failed']) await server.says(mark);
  const late = await server.get('/orders');
  return { orders, rate, events, late };
}
