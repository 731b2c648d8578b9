import { beforeAll, describe, expect, it } from 'vitest';
import { loadPython } from '../../src/languages/python/tree/parse.ts';
import { hookOf, lifespan } from './hook-of.ts';

beforeAll(loadPython);

/** `shape callee,callee` for every step with a call. */
function shapes(source: string): string[] {
  return hookOf(source)
    .hook.steps.filter((step) => step.calls.length > 0)
    .map((step) => `${step.shape} ${step.calls.map((call) => call.callee).join(',')}`);
}

function hazards(source: string): string[] {
  return hookOf(source).hook.steps.flatMap((step) => step.hazards.map((one) => `${one.kind} ${one.severity}`));
}

describe('the startup part of a lifespan', () => {
  it('ends at the yield', () => {
    expect(hookOf(lifespan('"""Démarre."""\nawait init_db()', 'await close_db()')).steps).toEqual(['await init_db()']);
  });

  it('goes on behind an early yield that leaves', () => {
    const source = lifespan('if testing:\n    yield\n    return\nawait init_db()');
    expect(shapes(source)).toEqual(['plain-call init_db']);
    expect(hookOf(source).hook.shutdown).toEqual([]);
    expect(hookOf(source).hook.body.yields).toHaveLength(2);
  });

  it('is looked for inside the scopes around the yield', () => {
    const source =
      'async def lifespan(app):\n    async with create_pool() as pool:\n        try:\n            await warm(pool)\n            yield\n        finally:\n            await drain(pool)\n    await goodbye()\n';
    const { hook } = hookOf(source);
    expect(shapes(source)).toEqual(['statements create_pool', 'plain-call warm']);
    expect(hook.steps[0]?.hazards[0]?.kind).toBe('encloses-yield');
    expect(hook.shutdown.map((step) => step.callee)).toEqual(['drain', 'goodbye']);
  });

  it('leaves nested functions out', () => {
    expect(shapes(lifespan('async def refresh():\n    await fetch()\nawait refresh()'))).toEqual([
      'plain-call refresh',
    ]);
  });

  it('looks into conditions', () => {
    const { hook } = hookOf(lifespan('if settings.metrics:\n    await start_metrics()\nelif await ping():\n    pass'));
    expect(hook.steps.map((step) => [step.shape, step.conditional])).toEqual([
      ['inert', false],
      ['plain-call', true],
      ['statements', false],
      ['inert', true],
    ]);
    expect(hook.steps[2]?.hazards).toMatchObject([{ kind: 'control-flow', severity: 'never' }]);
  });
});

describe('shapes', () => {
  it.each([
    ['await warm(cache.main, 3, size=-1, *names)', 'plain-call warm'],
    ['await warm(load_model())', 'statements warm'],
    ['await warm(f"é{name}")', 'statements warm'],
    ['await get_service().start()', 'statements get_service().start'],
    ['asyncio.create_task(poll(str(1)))', 'detached poll'],
    ['task = asyncio.create_task(poll())', 'detached poll'],
    ['await asyncio.wait_for(asyncio.shield(warm()), timeout=5)', 'statements warm'],
    ['await asyncio.to_thread(load, "model")', 'statements load'],
    ['await loop.run_in_executor(None, partial(load, 1))', 'statements load'],
    ['async for row in rows():\n    pass', 'statements rows'],
    ['async with engine.begin() as conn:\n    await conn.run_sync(make)', 'statements conn.run_sync,engine.begin'],
    ['await asyncio.gather(*[warm(n) for n in names])', 'statements warm'],
    [
      'async with asyncio.TaskGroup() as tg:\n    tg.create_task(warm())\n    tg.create_task(poll())',
      'statements warm,poll',
    ],
  ])('%s', (statement, shape) => {
    expect(shapes(lifespan(statement))).toEqual([shape]);
  });

  it('gives every member of a plain gather a step', () => {
    const { hook, text } = hookOf(lifespan('await asyncio.gather(warm(cache), poll())'));
    expect(hook.steps.map((step) => [step.shape, step.gather?.splittable])).toEqual([
      ['gather-member', true],
      ['gather-member', true],
    ]);
    const member = hook.steps[1]?.gather?.argument;
    expect(member && text.slice(member.start, member.end)).toBe('poll()');
  });

  it('keeps a gather whole whose results are used', () => {
    const source = lifespan('first, second = await asyncio.gather(one(), two())\nprint(first)\nuse(first)');
    expect(shapes(source)).toEqual(['statements one,two']);
  });

  it('looks into a try that only raises again, and into one without awaits', () => {
    expect(
      shapes(lifespan('try:\n    await a()\n    await b()\nexcept Exception:\n    log.error("é")\n    raise')),
    ).toEqual(['plain-call a', 'plain-call b']);
    expect(shapes(lifespan('try:\n    asyncio.create_task(poll())\nexcept Exception:\n    pass'))).toEqual([
      'detached poll',
    ]);
  });

  it('keeps any other try whole', () => {
    const { hook } = hookOf(lifespan('try:\n    await a()\n    await b()\nexcept Exception:\n    log.error("é")'));
    expect(hook.steps).toMatchObject([{ shape: 'statements', failure: 'survives' }]);
  });
});

describe('what belongs to a step', () => {
  it.each([
    ['the line that announces the outcome', 'await manager.start()\nlogger.info("✅ Manager started")', 1],
    ['a flag', 'await warm()\napp.state.cache_ready = True', 1],
    ['a use of the result', 'count = await purge()\nlogger.info("%s rows", count)', 1],
    ['a local import of a whole step', 'from jobs import run\nawait run()\nlogger.info("Jobs started")', 1],
    ['not a line about the whole startup', 'await manager.start()\nlogger.info("Application startup complete")', 2],
    ['not a line before it', 'logger.info("Starting manager")\nawait manager.start()', 2],
    ['not a line behind a task', 'asyncio.create_task(poll())\nlogger.info("Poll started")', 2],
    ['not the import of a plain call', 'from jobs import run\nawait run()', 2],
    ['not a shared import', 'from jobs import run\nawait run()\nlogger.info("Jobs started")\nuse(run)', 3],
  ])('%s', (_, source, count) => {
    expect(hookOf(lifespan(source)).steps).toHaveLength(count);
  });

  it('takes comments, directives and log messages with it', () => {
    const source = lifespan(
      'logger.info("Warming é")\n# ====\n# Fills the cache\n# startup-codemod: background — nobody waits\nawait warm()  # slow',
    );
    expect(hookOf(source).hook.steps.at(-1)).toMatchObject({
      comment: 'Fills the cache\nslow',
      logs: ['Warming é'],
      directive: { verdict: 'background', reason: 'nobody waits', line: 6 },
    });
  });

  it('names directives that mean nothing', () => {
    const { hook } = hookOf(lifespan('# startup-codemod: later\nawait warm()\n\n# startup-codemod: critical'));
    expect(hook.notes).toHaveLength(2);
  });
});

describe('names', () => {
  it('gives dotted paths, receivers without the method', () => {
    const { hook } = hookOf(lifespan('app.state.pool = await db.pools.open(settings.url, size=limits["é"])'));
    expect(hook.steps[0]).toMatchObject({
      binds: ['app.state.pool'],
      reads: ['db.pools', 'settings.url', 'limits'],
    });
  });

  it('leaves out what the step binds itself, and its logger', () => {
    const { hook } = hookOf(
      lifespan('try:\n    from jobs import run\n    await run()\nexcept OSError as e:\n    logger.error(e)'),
    );
    expect(hook.steps[0]?.reads).toEqual([]);
  });

  it('knows declared globals and taken names', () => {
    const source = 'cache = None\nasync def lifespan(app):\n    global cache\n    cache = await fill()\n    yield\n';
    const { hook } = hookOf(source);
    expect(hook.steps.at(-1)?.declarations).toEqual(['global cache']);
    expect(hook.body.takenNames).toEqual(['app', 'cache', 'lifespan']);
  });
});

describe('hazards', () => {
  it.each([
    ['pool = await open_pool()\nuse(pool)', 'result-is-used never'],
    ['app.state.pool = await open_pool()', 'publishes-state unsafe'],
    ['registry["db"] = await open_pool()', 'publishes-state unsafe'],
    ['try:\n    await warm()\nexcept Exception:\n    sys.exit(1)', 'handler-changes-state never'],
    ['try:\n    await warm()\nexcept Exception:\n    degraded = True', 'handler-changes-state unsafe'],
    ['while True:\n    await warm()\n    return', 'control-flow never'],
    ['await stack.enter_async_context(session())', 'task-affinity never'],
    ['metrics = asyncio.create_task(poll())\nmetrics.cancel()', 'already-tracked never'],
    ['tasks.add(asyncio.create_task(poll()))', 'already-tracked never'],
    ['async with engine.begin() as conn:\n    asyncio.create_task(sync(conn))', 'async-with never'],
    ['await plugins.load(app)\nawait later()\napp.ready = True', 'readiness-flag unsafe'],
    ['await mail.start()\nqueue.open()\nlogger.info("Mail and queue started é")', 'readiness-flag unsafe'],
    ['await asyncio.sleep(1)', 'order unsafe'],
    ['await setup_logging()', 'must-be-first unsafe'],
    ['if debug: await warm(); await more()', 'unsupported-syntax never'],
    ['name = "é"\nawait warm(str(name))\nname = "b"', 'captured-variable unsafe'],
    ['total = 0\ntotal += await count()', 'captured-variable never'],
    ['await super().startup()', 'unsupported-syntax never'],
    ['async with scope():\n    await add(app)\n    app.include_router(router)', 'registers-routes never'],
  ])('%s', (source, hazard) => {
    expect(hazards(lifespan(source))).toContain(hazard);
  });

  it.each([
    ['a plain call', 'await warm(settings.size)'],
    ['a line that speaks of another step', 'await mail.start()\nopen_queue()\nlogger.info("Queue started é")'],
    ['tasks of a group that it waits for', 'async with asyncio.TaskGroup() as tg:\n    tg.create_task(warm(1))'],
    ['a dangling task', 'asyncio.create_task(poll())'],
    ['a task under a name that nothing reads', '_ = asyncio.create_task(poll())'],
    [
      'a try that logs',
      'try:\n    from jobs import run\n    await run()\nexcept Exception:\n    logger.exception("é")',
    ],
    [
      'a retry loop',
      'for turn in range(3):\n    try:\n        await connect()\n        break\n    except OSError:\n        pass',
    ],
    [
      'a name that is imported again',
      'try:\n    from jobs import run\n    await run()\nexcept Exception:\n    pass\nfrom jobs import run\nuse(run)',
    ],
  ])('none for %s', (_, source) => {
    expect(hazards(lifespan(source))).toEqual([]);
  });
});

describe('odd text', () => {
  it('keeps offsets right with CRLF, and insides of long strings apart', () => {
    const source = lifespan('await run("""SELECT\n  ünicode\n""")\nawait warm()').replaceAll('\n', '\r\n');
    const { hook, steps, text } = hookOf(source);
    expect(steps[1]).toBe('await warm()');
    const inside = hook.steps[0]?.verbatim[0];
    expect(inside && text.slice(inside.start, inside.end)).toMatch(/^"""SELECT\r\n {2,}ünicode[\s\S]*"""$/);
  });

  it('does not overflow on deep nesting', () => {
    const deep = `await warm(${'('.repeat(1500)}1${')'.repeat(1500)})\nx = a${'.b'.repeat(1500)}`;
    expect(hookOf(lifespan(deep)).steps).toHaveLength(2);
  });
});
