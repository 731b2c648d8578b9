// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the fixtures are programs with templates
import { describe, expect, it } from 'vitest';
import { type HookOptions, hookOf, server } from './hook-of.ts';

/** `shape callee,callee` for every step with a call. */
function shapes(source: string, options?: HookOptions): string[] {
  return hookOf(source, options)
    .hook.steps.filter((step) => step.calls.length > 0)
    .map((step) => `${step.shape} ${step.calls.map((call) => call.callee).join(',')}`);
}

describe('the statements before a listen', () => {
  it('end where the server listens', () => {
    const source = 'async function main() {\n  await initDb();\n  app.listen(1);\n  await warmCache();\n}\n';
    expect(hookOf(source).steps).toEqual(['await initDb();']);
  });

  it('are looked for in the blocks that hold the listen', () => {
    const source = `async function main() {
  await connectDb();
  try {
    await warm();
    if (config.http) {
      await prepare();
      app.listen(80, () => console.log('à l’écoute'));
    }
    await never();
  } catch (error) {
    process.exit(1);
  }
}
`;
    const { hook } = hookOf(source);
    expect(shapes(source)).toEqual(['plain-call connectDb', 'plain-call warm', 'plain-call prepare']);
    expect(hook.steps.map(({ failure }) => failure)).toEqual(['propagates', 'propagates', 'propagates', 'propagates']);
    expect(hook.steps.at(-1)?.conditional).toBe(true);
  });

  it('leave out branches that do not listen', () => {
    const source = `async function main() {
  if (cluster.isPrimary) {
    await forkWorkers();
  } else {
    await connect();
    app.listen(3000);
  }
}
`;
    expect(shapes(source)).toEqual(['plain-call connect']);
  });

  it('of a module are those at its top', () => {
    const source = "import './env.js';\nawait migrate();\nfunction later() {}\napp.listen(3000);\nawait after();\n";
    const { hook, steps } = hookOf(source, { name: '(module)' });
    expect(steps).toEqual(['await migrate();']);
    expect(hook.body).toMatchObject({ kind: 'module', isAsync: true });
  });

  it('include what the listening statement awaits first, which never moves', () => {
    const { hook } = hookOf(server('app.listen(await freePort());'));
    expect(hook.steps.map(({ calls, hazards }) => [calls[0]?.callee, hazards[0]?.severity])).toEqual([
      ['freePort', 'never'],
    ]);
    const chain = hookOf('connectDb().then(() => app.listen(3000));\n', { name: '(module)' });
    expect(chain.hook.steps[0]).toMatchObject({
      calls: [{ callee: 'connectDb' }],
      hazards: [{ kind: 'control-flow' }],
    });
  });

  it('name the call that listens where startup waits for it', () => {
    const awaited = hookOf(server('await app.listen(80);')).hook.steps[0];
    expect(awaited).toMatchObject({
      calls: [{ callee: 'app.listen', form: 'sync' }],
      hazards: [{ severity: 'never' }],
    });
    expect(hookOf(server('app.listen(80);')).hook.steps).toEqual([]);
  });

  it('leave the functions to which the listening statement comes to themselves', () => {
    const source = '(async () => {\n  await init();\n  app.listen(3000);\n})();\n';
    expect(shapes(source, { name: '(module)' })).toEqual([]);
  });

  it('leave handlers and other nested functions out', () => {
    const lines =
      "app.get('/users', async (req, res) => res.json(await findUsers()));\nio.on('connection', async () => { await join(); });\nconst stop = async () => { await close(); };\nsetInterval(async () => { await poll(); }, 10);";
    expect(shapes(server(lines))).toEqual([]);
  });
});

describe('calls', () => {
  it.each([
    ['await warm(cache.main, load(3), `${name}`);', 'plain-call warm'],
    ['await getService().start();', 'plain-call getService().start'],
    ['await new Worker(queue).start();', 'plain-call new Worker.start'],
    ['await client?.connect();', 'plain-call client.connect'],
    ['const size = await measure(disk);', 'statements measure'],
    ['await f(await g());', 'statements f,g'],
    ['await (await pool()).query(sql);', 'statements pool().query,pool'],
    ['await (cold ? load() : restore());', 'statements load,restore'],
    ['const app = { db: await connect() };', 'statements connect'],
    ['await withTimeout(warm(), 5000);', 'statements warm'],
    ['await retry(() => connect(url), { retries: 3 });', 'statements connect'],
    ['await pRetry(connect, { retries: 3 });', 'statements connect'],
    ['await Promise.race([warm(), new Promise((r) => setTimeout(r, 50))]);', 'statements warm'],
    ['await warm().catch((error) => console.error(error));', 'statements warm'],
    ['await users.init().then(() => users.migrate());', 'statements users.init,users.migrate'],
    ['await Promise.all(bots.map((bot) => bot.launch()));', 'statements bot.launch'],
    ['await Promise.all(bots.map(async (bot) => { await bot.launch(); }));', 'statements bot.launch'],
    ['await sql`select 1`;', 'statements sql'],
    ["await import('./telemetry.js');", 'plain-call import'],
    ['await new Promise((resolve) => setTimeout(resolve, 10));', 'statements new Promise'],
    ['for await (const row of rows()) use(row);', 'statements rows'],
    ['for (const bot of bots) await bot.launch();', 'statements bot.launch'],
    ['switch (mode) { case 1: await one(); break; default: await two(); }', 'statements one,two'],
    ['await (async () => { await load(); })();', 'statements load'],
    ['await flags.ready;', 'statements flags.ready'],
    ['void warm(region);', 'detached warm'],
    ['warm(region).catch(console.error);', 'detached warm'],
    ['loadModel().then((model) => { state.model = model; });', 'detached loadModel'],
    ['setImmediate(() => { warm().catch(log); });', 'detached warm'],
    ['process.nextTick(warm);', 'detached warm'],
    ['(async () => { await warm(); })();', 'detached warm'],
    ['void Promise.all([warm(), poll()]);', 'detached warm,poll'],
    ['mongoose.connect(url);', 'detached mongoose.connect'],
    ['config.bot && bot.launch();', 'statements bot.launch'],
    ['await db.transaction(async (tx) => { await seed(tx); });', 'statements db.transaction,seed'],
    ['await cron.schedule(daily, async () => { await purge(); });', 'plain-call cron.schedule'],
    ['await Promise.all([warm(), ready]);', 'statements warm,ready'],
    ['await Promise.all(tasks.flat());', 'plain-call Promise.all'],
  ])('%s', (statement, shape) => {
    expect(shapes(server(statement))).toEqual([shape]);
  });

  it.each([
    'app.use(cors());',
    'console.log(await1());',
    'const router = createRouter();',
    'emitter.on("start", async () => { await poll(); });',
    'items.map((item) => item.id);',
    'const load = async () => { await fetchAll(); };',
    'client.connect;',
  ])('takes no call in %s', (statement) => {
    expect(shapes(server(statement))).toEqual([]);
  });

  it('passes over what an earlier run has written', () => {
    const lines =
      "const startupTasks = new StartupTasks(logger);\nstartupTasks.start('warm', () => warm());\nawait startupTasks.holdUntilListening(app);";
    expect(shapes(server(lines))).toEqual([]);
    expect(shapes(server('void startupTasks.holdUntilListening();'))).toEqual([]);
  });

  it('knows async functions of the project', () => {
    const files = { 'jobs.ts': 'export async function run() {}\nexport function count() {}\n' };
    const source = server('run();\ncount();', "import { count, run } from './jobs';\n");
    expect(shapes(source, { files })).toEqual(['detached run']);
  });

  it('knows how it got to a call', () => {
    const { hook } = hookOf(server('await withTimeout(warm(), 5000);'));
    expect(hook.steps[0]?.calls[0]?.through).toEqual([{ callee: 'withTimeout', line: 2 }]);
  });

  it('gives every member of a plain Promise.all a step', () => {
    const { hook, text } = hookOf(server('await Promise.all([warm(cache), poll()]);'));
    expect(hook.steps.map((step) => [step.shape, step.gather?.splittable])).toEqual([
      ['gather-member', true],
      ['gather-member', true],
    ]);
    const member = hook.steps[1]?.gather?.argument;
    expect(member && text.slice(member.start, member.end)).toBe('poll()');
  });

  it('keeps a Promise.all whole whose results are used', () => {
    expect(shapes(server('const [a, b] = await Promise.all([one(), two()]);\nuse(a, b);'))).toEqual([
      'statements one,two',
    ]);
  });
});

describe('what a function gives back', () => {
  const options: HookOptions = { form: 'startup-event' };

  it('is awaited by the framework that calls it', () => {
    expect(shapes('function main() {\n  return loadAll();\n}\n', options)).toEqual(['statements loadAll']);
    expect(shapes('const main = () => loadAll();\n', options)).toEqual(['statements loadAll']);
    expect(hookOf('const main = () => loadAll();\n', options).hook.adviceOnly).toBe(
      'the body of main is an expression',
    );
  });

  it('is no call where it is a value', () => {
    expect(shapes('function main() {\n  return service;\n}\n', options)).toEqual([]);
  });
});

describe('try and if', () => {
  it('looks into a try that only throws again or ends the process', () => {
    const lines =
      'try {\n  await a();\n  await b();\n} catch (error) {\n  console.error(error);\n  process.exit(1);\n}';
    expect(shapes(server(lines))).toEqual(['plain-call a', 'plain-call b']);
  });

  it('keeps any other try whole', () => {
    const lines = 'try {\n  await a();\n  await b();\n} catch (error) {\n  console.error("é", error);\n}';
    expect(hookOf(server(lines)).hook.steps).toMatchObject([{ shape: 'statements', failure: 'survives' }]);
  });

  it('looks into conditions, whose awaits decide what runs', () => {
    const lines = 'if (settings.metrics) await startMetrics();\nelse if (await ping()) {\n  await wake();\n}';
    const { hook } = hookOf(server(lines));
    expect(hook.steps.map((step) => [step.shape, step.conditional])).toEqual([
      ['inert', false],
      ['plain-call', true],
      ['statements', true],
      ['plain-call', true],
    ]);
    expect(hook.steps[2]?.hazards).toMatchObject([{ kind: 'control-flow', severity: 'never' }]);
  });

  it.each([
    ['await warm().catch((error) => { logger.error(error); });', 'survives'],
    ['await warm().catch(console.error);', 'survives'],
    ['await warm().catch(() => {});', 'survives'],
    ['await warm().catch(() => process.exit(1));', 'exits'],
    ['await warm().catch(() => useFallback());', 'changes-state'],
    ['try { await warm(); } catch { degraded = true; }', 'changes-state'],
    ['try { await warm(); } catch (error) { throw new Error("no cache", { cause: error }); }', 'exits'],
    ['try { await warm(); } finally { done(); }', 'propagates'],
    ['await Promise.allSettled([warm()]);', 'survives'],
    ['await warm();', 'propagates'],
  ])('%s: %s', (statement, failure) => {
    expect(hookOf(server(statement)).hook.steps[0]?.failure).toBe(failure);
  });
});

describe('what belongs to a step', () => {
  it.each([
    ['the line that announces the outcome', "await manager.start();\nlogger.info('✅ Manager started');", 1],
    ['a flag', 'await warm();\napp.locals.cacheReady = true;', 1],
    ['a use of the result', 'const count = await purge();\nconsole.log(`${count} rows`);', 1],
    ['not a line about the whole startup', "await manager.start();\nlogger.info('Application startup complete');", 2],
    ['not a line before it', "logger.info('Starting manager');\nawait manager.start();", 2],
    ['not a line behind a floating promise', "void poll();\nlogger.info('Poll started');", 2],
    ['not another statement', 'await warm();\napp.use(cors());', 2],
  ])('%s', (_, lines, count) => {
    expect(hookOf(server(lines)).hook.steps).toHaveLength(count);
  });

  it('has a comment, log lines and a directive', () => {
    const lines =
      "// Préchauffe le cache\n// startup-codemod: background — slow\nlogger.info('Warming');\n// second\nawait warm(); // startup-codemod: critical";
    const { hook } = hookOf(server(lines));
    expect(hook.steps[1]).toMatchObject({ comment: 'second', logs: ['Warming'], directive: { verdict: 'critical' } });
    expect(hook.notes).toEqual([]);
  });

  it('reads and binds dotted names', () => {
    const { hook } = hookOf(
      server('const { pool, cfg: { port } } = await open(settings.db, { region }, `${this.name}`);'),
    );
    expect(hook.steps[0]).toMatchObject({
      binds: ['pool', 'port'],
      reads: ['open', 'settings.db', 'region', 'this.name'],
    });
  });
});
