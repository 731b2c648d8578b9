import { describe, expect, it } from 'vitest';
import { classifyHook } from '../../src/classify/index.ts';
import type { AppStartup, CalleeBody, Config, StartupHook, StartupStep } from '../../src/core/index.ts';
import { aBody, aCall, aConfig, aHook, anApp, anInertStep, aStep } from './facts.ts';

/** Kinds of the hazards of the first step. */
function hazardsOf(
  hooks: readonly StartupHook[],
  config: Partial<Config> = {},
  app: Partial<AppStartup> = {},
): string[] {
  const [first] = hooks;
  if (!first) throw new Error('no hook');
  const context = {
    config: aConfig(config),
    knownCalls: [],
    app: anApp(hooks, app),
    hookOf: (id: string) => hooks.find((hook) => hook.id === id),
  };
  return classifyHook(first, context)[0]?.hazards.map(({ kind }) => kind) ?? [];
}

const inOrder = (...steps: readonly StartupStep[]) => hazardsOf([aHook(steps)]);
const at = (line: number) => ({ id: `step:${line}`, line });

describe('order', () => {
  const warm = aStep('cache.warm');

  it.each([
    ['reads what it binds', aStep('warm', { binds: ['model'] }), anInertStep(11, { reads: ['model.size'] })],
    ['uses the same receiver', warm, anInertStep(11, { reads: ['cache.get'] })],
    ['awaits on the same receiver', warm, aStep('cache.connect_db', at(11))],
    ['is undecided and uses the same receiver', warm, aStep('cache.run', at(11))],
    ['passes the receiver on to a call', warm, anInertStep(11, { reads: ['serve', 'cache'], binds: ['api'] })],
    ['is a service on the same receiver', warm, aStep(aCall('cache.poll', { cost: 'never-returns' }), at(11))],
    [
      'uses the task',
      aStep('warm', { binds: ['warm_task'] }),
      aStep('connect_db', { ...at(11), reads: ['warm_task'] }),
    ],
  ])('is a hazard where a later step %s', (_what, first, second) => {
    expect(inOrder(first, second)).toEqual(['order']);
  });

  it.each([
    ['has nothing to do with it', warm, aStep('init_db', at(11))],
    ['has a name that only begins like it', warm, anInertStep(11, { reads: ['cache_size'] })],
    ['moves as well', warm, aStep('cache.preload', at(11))],
    ['only hands the object on', warm, anInertStep(11, { reads: ['cache'], binds: ['app.state.cache'] })],
    ['shares only self', aStep('self.warm'), anInertStep(11, { reads: ['self.settings'] })],
    ['stands before it', aStep('warm_cache', at(12)), anInertStep(13)],
  ])('is none where the other step %s', (_what, first, second) => {
    expect(inOrder(first, second)).toEqual([]);
  });

  it('is a hazard among background steps that run beside each other', () => {
    const hooks = [aHook([warm, aStep('cache.preload', at(11))])];
    expect(hazardsOf(hooks, { options: { remarks: 'hooks', touch: 'moved', concurrency: 4 } })).toEqual(['order']);
  });

  it('is a hazard where a later background step stays for a reason of its own', () => {
    const stuck = aStep('cache.preload', {
      ...at(11),
      hazards: [{ kind: 'async-with', what: 'held', severity: 'never' }],
    });
    expect(inOrder(warm, stuck)).toEqual(['order']);
  });

  it('sees state that a later callee fills or reads', () => {
    const target = 'src.store.index';
    const filling = aStep(
      aCall('warm', { body: aBody({ effects: [{ target, at: { path: 'a.py', line: 1 }, readers: [] }] }) }),
    );
    const reading = (body: Partial<CalleeBody>) => aStep(aCall('connect_db', { body: aBody(body) }), at(11));
    expect(inOrder(filling, reading({ reads: [`${target}.size`] }))).toEqual(['order']);
    expect(inOrder(filling, reading({ effects: [{ target, at: { path: 'a.py', line: 1 }, readers: [] }] }))).toEqual([
      'order',
    ]);
    expect(inOrder(filling, reading({ reads: ['src.store.index_size'] }))).toEqual([]);
  });

  it('reaches into later hooks by the app, not by local names', () => {
    const first = (binds: string[]) => aHook([aStep('warm', { binds })]);
    const later = (reads: string[]) => aHook([anInertStep(5, { reads })], { id: 'b', path: 'b.py' });
    expect(hazardsOf([first(['app.state.index']), later(['app.state.index'])])).toEqual(['order']);
    expect(hazardsOf([first(['index']), later(['index'])])).toEqual([]);
  });
});

describe('hazards of the callee', () => {
  const effects = (copes: boolean) => [
    {
      target: 'src.store.index',
      at: { path: 'src/store.py', line: 3 },
      readers: [{ at: { path: 'r.py', line: 4 }, copes }],
    },
  ];

  it('names state that handlers read without a guard', () => {
    expect(inOrder(aStep(aCall('warm', { body: aBody({ effects: effects(false) }) })))).toEqual(['state-is-read']);
    expect(inOrder(aStep(aCall('warm', { body: aBody({ effects: effects(true) }) })))).toEqual([]);
  });

  it('names a body that blocks the event loop', () => {
    expect(inOrder(aStep(aCall('warm', { cost: 'blocks-loop' })))).toEqual(['blocks-loop']);
  });

  it('names a scope that the task would have to leave', () => {
    const entering = (calls: string[]) => aStep(aCall('warm', { body: aBody({ calls }) }));
    expect(inOrder(entering(['contextlib.AsyncExitStack.enter_async_context']))).toEqual(['task-affinity']);
    expect(inOrder(entering(['contextlib.ExitStack.enter_context']))).toEqual([]);
  });

  it('names a reset of shared state, unless it goes by age', () => {
    expect(inOrder(aStep(aCall('warm', { body: aBody({ resetsSharedState: true }) })))).toEqual([
      'resets-shared-state',
    ]);
    expect(inOrder(aStep(aCall('warm', { body: aBody({ resetsSharedState: true, deletesByAge: true }) })))).toEqual([]);
  });
});

describe('what a detached call does already', () => {
  it('is no hazard', () => {
    const call = aCall('warm', { form: 'detached', cost: 'blocks-loop', body: aBody({ resetsSharedState: true }) });
    expect(inOrder(aStep(call))).toEqual([]);
  });
});

describe('what never ran before', () => {
  const service = aStep(aCall('serve_mail', { cost: 'never-returns' }));
  const wipe = (body: Partial<CalleeBody>) => aStep(aCall('wipe_uploads', { body: aBody(body) }), at(11));

  it('is a hazard where it destroys something', () => {
    expect(inOrder(service, wipe({ resetsSharedState: true }))).toEqual(['never-ran-before']);
    expect(inOrder(service, wipe({ resetsSharedState: true, deletesByAge: true }))).toEqual([]);
    expect(inOrder(service, wipe({}))).toEqual([]);
  });

  it('is listed in the evidence', () => {
    const context = { config: aConfig(), knownCalls: [], hookOf: () => undefined };
    const [first, second] = classifyHook(aHook([service, wipe({})]), context);
    expect(first?.evidence.map(({ rule }) => rule)).toContain('never-ran-before');
    expect(second?.evidence.map(({ rule }) => rule)).not.toContain('never-ran-before');
  });

  it('does not hold for a task that runs already', () => {
    const task = aStep(aCall('serve_mail', { cost: 'never-returns', form: 'detached' }));
    expect(inOrder(task, wipe({ resetsSharedState: true }))).toEqual([]);
  });
});

describe('the order of the hooks of an app', () => {
  const hooks = [aHook([aStep('warm_cache')]), aHook([], { id: 'b', path: 'b.py' })];

  it('must be known where there are several', () => {
    expect(hazardsOf(hooks, {}, { orderKnown: false })).toEqual(['hook-order-unknown']);
    expect(hazardsOf(hooks)).toEqual([]);
    expect(hazardsOf(hooks.slice(0, 1), {}, { orderKnown: false })).toEqual([]);
  });
});

describe('a gather', () => {
  const member = (callee: string, line: number, splittable: boolean) =>
    aStep(aCall(callee, { form: 'gather-member' }), {
      ...at(line),
      shape: 'gather-member',
      gather: { group: 'g', statement: { start: 0, end: 9 }, argument: { start: 0, end: 9 }, splittable },
    });

  it('that cannot be split moves whole or not at all', () => {
    expect(inOrder(member('warm_cache', 10, false), member('init_db', 11, false))).toEqual(['unsupported-syntax']);
    expect(inOrder(member('warm_cache', 10, false), member('preload_prompts', 11, false))).toEqual([]);
    expect(inOrder(member('warm_cache', 10, true), member('init_db', 11, true))).toEqual([]);
  });
});
