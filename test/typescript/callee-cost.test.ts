import { describe, expect, it } from 'vitest';
import { readCallee } from './callee-of.ts';

describe('never-returns', () => {
  it.each([
    ['a loop without an exit', 'async function start() {\n  while (true) {\n    await purge();\n  }\n}', 2],
    ['a loop without a condition', 'async function start() {\n  for (;;) {\n    await sleep(60);\n  }\n}', 2],
    [
      'a loop that a flag ends',
      'class Poller {\n  running = true;\n  async run() {\n    while (this.running) {\n      await sleep(5);\n    }\n  }\n}\nconst poller = new Poller();\nconst start = () => poller.run();',
      4,
    ],
    [
      'a loop that a signal ends',
      'const start = async () => {\n  while (!controller.signal.aborted) {\n    await poll();\n  }\n};',
      2,
    ],
    [
      'a loop that is left when it is stopped',
      'async function start() {\n  while (true) {\n    if (stopping) break;\n    await poll();\n  }\n}',
      2,
    ],
    [
      'messages of a consumer',
      'async function start() {\n  for await (const message of consumer) {\n    handle(message);\n  }\n}',
      2,
    ],
    [
      'events of a subscription that is kept',
      'async function start() {\n  const stream = client.subscribe("é");\n  for await (const event of stream) handle(event);\n}',
      3,
    ],
    [
      'a promise that nothing settles',
      'async function start() {\n  await connect();\n  await new Promise(() => {});\n}',
      3,
    ],
    [
      'a wait for a signal',
      'async function start() {\n  await new Promise((resolve) => process.once("SIGTERM", resolve));\n}',
      2,
    ],
    [
      'a bot',
      "import { Telegraf } from 'telegraf';\nconst bot = new Telegraf(token);\nasync function start() {\n  await bot.launch();\n}",
      4,
    ],
    [
      'a worker that is run',
      "import { Worker } from 'bullmq';\nclass Jobs {\n  private worker = new Worker('mail', send, { autorun: false });\n  async run() {\n    return this.worker.run();\n  }\n}\nconst jobs = new Jobs();\nconst start = () => jobs.run();",
      5,
    ],
    [
      'a callee that loops',
      'async function loop() {\n  while (true) {\n    await sleep(1);\n  }\n}\nasync function start() {\n  await loop();\n}',
      2,
    ],
    [
      'one of several that loops',
      'async function loop() {\n  while (true) await sleep(1);\n}\nasync function start() {\n  await Promise.all([warm(), loop()]);\n}',
      2,
    ],
    [
      'a function that calls itself',
      'async function start() {\n  await purge();\n  await sleep(60);\n  await start();\n}',
      4,
    ],
  ])('%s', (_, code, line) => {
    const { cost, body } = readCallee(code);
    expect(cost).toBe('never-returns');
    expect(body?.costAt).toEqual({ path: 'src/main.ts', line });
    expect(body?.costReason).toBeTruthy();
  });
});

describe('returns-at-once', () => {
  it.each([
    ['a timer', 'function start() {\n  logger.info("démarré");\n  setInterval(() => purge(), 1000);\n}'],
    [
      'a timer that is kept',
      'class Poller {\n  async run() {\n    if (this.timer) return;\n    this.timer = setInterval(() => this.poll(), 1000);\n    this.timer.unref();\n  }\n  async poll() {\n    await fetch(url);\n  }\n}\nconst poller = new Poller();\nconst start = () => poller.run();',
    ],
    [
      'a scheduled job',
      "import cron from 'node-cron';\nasync function start() {\n  cron.schedule('0 * * * *', async () => {\n    await purge();\n  });\n}",
    ],
    [
      'a worker',
      "import { Worker } from 'bullmq';\nasync function start() {\n  const worker = new Worker('mail', async (job) => send(job));\n  worker.on('failed', report);\n}",
    ],
    [
      'work that is not waited for',
      'async function loop() {\n  while (true) await sleep(1);\n}\nasync function start() {\n  void loop();\n}',
    ],
    [
      'a floating promise',
      'async function loop() {\n  while (true) await sleep(1);\n}\nasync function start() {\n  loop().catch(console.error);\n}',
    ],
    [
      'a floating call of an async function',
      'async function loop() {\n  await sleep(1);\n}\nasync function start() {\n  loop();\n}',
    ],
    [
      'a function that is called where it stands',
      'async function start() {\n  (async () => {\n    await warm();\n  })();\n}',
    ],
    [
      'services that each start a timer',
      'class Service {\n  async start() {\n    this.timer = setInterval(this.poll, 5);\n  }\n}\nconst one = new Service();\nasync function start() {\n  try {\n    await one.start();\n  } catch (error) {\n    logger.error(error);\n  }\n}',
    ],
  ])('%s', (_, code) => {
    expect(readCallee(code).cost).toBe('returns-at-once');
  });
});

describe('blocks-loop', () => {
  it.each([
    [
      'a process that is waited for',
      "import { execSync } from 'node:child_process';\nasync function start() {\n  execSync('npm run build');\n  await connect();\n}",
    ],
    ['a busy loop', 'async function start() {\n  const end = Date.now() + 3000;\n  while (Date.now() < end) {}\n}'],
    [
      'a function that blocks',
      "import bcrypt from 'bcrypt';\nfunction hash() {\n  return bcrypt.hashSync(secret, 12);\n}\nasync function start() {\n  hash();\n}",
    ],
    [
      'files that are read one by one',
      "import fs from 'fs';\nasync function start() {\n  for (const name of names) fs.readFileSync(name);\n}",
    ],
    [
      'an await that gives nobody a turn',
      "import { spawnSync } from 'child_process';\nasync function none() {}\nasync function start() {\n  await none();\n  spawnSync('é');\n}",
    ],
    [
      'a library that is required late',
      "const start = async () => {\n  const tf = require('@tensorflow/tfjs-node');\n};",
    ],
  ])('%s', (_, code) => {
    expect(readCallee(code).cost).toBe('blocks-loop');
  });
});

describe('finite', () => {
  it.each([
    [
      'a retry that succeeds',
      'async function start() {\n  while (true) {\n    try {\n      await connect();\n      break;\n    } catch {\n      await sleep(1);\n    }\n  }\n}',
    ],
    [
      'a retry that returns',
      'async function start() {\n  for (;;) {\n    try {\n      return await connect();\n    } catch {\n      await sleep(1);\n    }\n  }\n}',
    ],
    [
      'pages until the last',
      'async function start() {\n  while (true) {\n    const page = await list(cursor);\n    if (!page.next) break;\n  }\n}',
    ],
    ['a wait for readiness', 'async function start() {\n  while (!broker.connected) {\n    await sleep(1);\n  }\n}'],
    [
      'a flag that the loop clears',
      'async function start() {\n  let running = true;\n  while (running) {\n    running = await more();\n  }\n}',
    ],
    ['a counted loop', 'async function start() {\n  for (let at = 0; at < 5; at++) await connect();\n}'],
    ['rows of a cursor', 'async function start() {\n  for await (const row of db.users.find()) print(row);\n}'],
    [
      'chunks of a file',
      "async function start() {\n  const stream = fs.createReadStream('é');\n  for await (const chunk of stream) print(chunk);\n}",
    ],
    ['work and a timer', 'async function start() {\n  await connect();\n  setInterval(poll, 1000);\n}'],
    [
      'a promise that settles',
      'async function start() {\n  await new Promise((resolve) => server.listen(3000, resolve));\n}',
    ],
    ['a child that ends', "async function start() {\n  await new Promise((resolve) => child.on('exit', resolve));\n}"],
    [
      'a loop with a time limit around it',
      'async function loop() {\n  while (true) await sleep(1);\n}\nasync function start() {\n  await Promise.race([loop(), sleep(5)]);\n}',
    ],
    [
      'a loop in a handler',
      "async function start() {\n  await connect();\n  app.get('/é', async () => {\n    while (true) await sleep(1);\n  });\n}",
    ],
    [
      'a promise of a library that floats',
      "import mongoose from 'mongoose';\nasync function start() {\n  mongoose.connect(url).then(() => console.log('é'));\n}",
    ],
    ['handlers only', "async function start() {\n  events.on('é', async () => {\n    await purge();\n  });\n}"],
    [
      'a walk over a tree',
      'async function start(node) {\n  if (!node) return;\n  await visit(node);\n  await start(node.next);\n}',
    ],
    ['a generator', 'async function* start() {\n  while (true) yield await sleep(1);\n}'],
    [
      'blocking work after others had a turn',
      "import { execSync } from 'child_process';\nasync function start() {\n  await connect();\n  execSync('é');\n}",
    ],
  ])('%s', (_, code) => {
    expect(readCallee(code).cost).toBe('finite');
  });
});

describe('unknown', () => {
  it.each([
    [
      'a body outside the project',
      "import { createClient } from 'redis';\nconst client = createClient();\nconst start = client.connect;",
    ],
    [
      'an abstract method',
      'abstract class Base {\n  abstract run(): Promise<void>;\n}\nlet base: Base;\nconst start = base.run;',
    ],
    [
      'a method that subclasses must write',
      "class Base {\n  async run() {\n    throw new Error('Not implemented');\n  }\n}\nconst start = new Base().run;",
    ],
    ['a value', 'const start = 5;'],
  ])('%s', (_, code) => {
    const { cost, body } = readCallee(code);
    expect(cost).toBe('unknown');
    expect(body).toBeUndefined();
  });
});

describe('a promise', () => {
  it.each([
    ['an async function', 'async function start() {}', true],
    ['one by its annotation', 'function start(): Promise<void> {\n  return load();\n}', true],
    ['one that is made', 'const start = () => new Promise((resolve) => setTimeout(resolve, 5));', true],
    ['a chain', 'const start = () => load().then(keep);', true],
    ['what an async function gives', 'async function load() {}\nfunction start() {\n  return load();\n}', true],
    ['either', 'async function load() {}\nfunction start() {\n  return cached ? cached : load();\n}', true],
    ['nothing', 'function start() {\n  timers.push(1);\n}', false],
    ['a number', 'const start = (): number => size();', false],
    ['what a library gives', "import { load } from 'é';\nconst start = () => load();", undefined],
    ['what may be one', 'function start(): void | Promise<void> {\n  return load();\n}', undefined],
  ])('%s', (_, code, expected) => {
    expect(readCallee(code).isAsync).toBe(expected);
  });
});
