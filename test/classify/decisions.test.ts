import { describe, expect, it } from 'vitest';
import { classifyHook } from '../../src/classify/index.ts';
import type { Config, Decision, StartupStep } from '../../src/core/index.ts';
import { aBody, aCall, aConfig, aHazard, aHook, anInertStep, anUnseenCall, aStep, someKnownCalls } from './facts.ts';

function decide(steps: readonly StartupStep[], config: Partial<Config> = {}): readonly Decision[] {
  const context = { config: aConfig(config), knownCalls: someKnownCalls, hookOf: () => undefined };
  return classifyHook(aHook(steps), context);
}

function decideOne(step: StartupStep, config: Partial<Config> = {}): Decision {
  const [decision] = decide([step], config);
  if (!decision) throw new Error('no decision');
  return decision;
}

const verdictOf = (step: StartupStep) => {
  const { verdict, category } = decideOne(step);
  return `${verdict} ${category}`;
};

describe('verdicts', () => {
  it.each([
    ['init_db', 'critical database'],
    ['database.connect', 'critical database'],
    ['run_migrations', 'critical migration'],
    ['auth.load_permissions', 'critical auth'],
    ['load_settings', 'critical config'],
    ['keys.load_secrets', 'critical secrets'],
    ['register_plugins', 'critical core-api'],
    ['init_cache_db', 'critical database'],
    ['connect_queue', 'critical database'],
    ['db_manager.health_check', 'critical database'],
    ['clear_worker_sessions', 'critical cleanup'],
    ['recover_stuck_user_files', 'critical cleanup'],
    ['cleanup_expired_chats', 'background cleanup'],
    ['cache_warmer.warm_all', 'background prefetch'],
    ['metrics_collector.start', 'background metrics'],
    ['health_monitor.start', 'background monitoring'],
    ['start_scheduler', 'background scheduler'],
    ['start_background_worker', 'background worker'],
    ['mail_poller.start', 'background poller'],
    ['warm_up_connections', 'background prefetch'],
    ['log_redis_diagnostics', 'background monitoring'],
    ['is_worker_process', 'undecided core-api'],
    ['purge_database', 'undecided database'],
    ['start', 'undecided other'],
    ['service.initialize', 'undecided other'],
    ['extractor.load', 'undecided other'],
  ])('%s is %s', (callee, expected) => {
    expect(verdictOf(aStep(callee))).toBe(expected);
  });

  it('leaves a lone weak word undecided', () => {
    expect(decideOne(aStep('load_models')).verdict).toBe('undecided');
  });

  it('never awaits what never returns, whatever its name', () => {
    const decision = decideOne(aStep(aCall('sync_database', { cost: 'never-returns', body: aBody() })));
    expect(decision).toMatchObject({ verdict: 'background', applicability: 'safe', cost: 'never-returns' });
  });

  it('keeps clean-up that resets shared state', () => {
    const decision = decideOne(aStep(aCall('cleanup_jobs', { body: aBody({ resetsSharedState: true }) })));
    expect(decision).toMatchObject({ verdict: 'critical', category: 'cleanup' });
  });

  it('never blocks on a task that runs already', () => {
    const body = aBody({ resetsSharedState: true });
    expect(decideOne(aStep(aCall('recover_jobs_from_db', { form: 'detached', body }))).verdict).toBe('background');
  });

  it('lets clean-up by age go', () => {
    const decision = decideOne(aStep(aCall('registry.remove_old', { body: aBody({ deletesByAge: true }) })));
    expect(decision).toMatchObject({ verdict: 'background', category: 'cleanup', applicability: 'safe' });
  });

  it('takes the most critical call of a step', () => {
    const step = aStep('warm_cache', { calls: [aCall('warm_cache'), aCall('connect_db')] });
    expect(decideOne(step)).toMatchObject({ verdict: 'critical', category: 'database' });
  });

  it('gives inert steps no decision', () => {
    expect(decide([anInertStep(4), aStep('init_db')])).toHaveLength(1);
  });

  it('names the evidence by its rules, the heaviest first', () => {
    const call = aCall('service.run', { cost: 'never-returns', receiverClass: 'CacheWarmer' });
    expect(decideOne(aStep(call)).evidence.map(({ rule }) => rule)).toEqual([
      'callee-loops-for-ever',
      'receiver-class-words',
      'receiver-class-words',
    ]);
  });

  it('is undecided below the threshold and decided at it', () => {
    const step = aStep('cleanup');
    const { confidence } = decideOne(step);
    expect(decideOne(step, { confidenceThreshold: confidence }).verdict).toBe('background');
    expect(decideOne(step, { confidenceThreshold: confidence + 0.001 })).toMatchObject({
      verdict: 'undecided',
      category: 'cleanup',
      confidence,
    });
  });

  it('decides with a probability', () => {
    for (const callee of ['init_db', 'warm_cache', 'start']) {
      const { confidence } = decideOne(aStep(callee));
      expect(confidence).toBeGreaterThanOrEqual(0.5);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });
});

describe('precedence', () => {
  const directive = { verdict: 'critical', line: 9, reason: 'alte Läufe zuerst' } as const;
  const rule = { callee: 'cleanup*', decision: 'background', reason: 'purges only' } as const;

  it('takes the directive before a config rule', () => {
    const decision = decideOne(aStep('cleanup_runs', { directive }), { rules: [rule] });
    expect(decision).toMatchObject({
      verdict: 'critical',
      decidedBy: 'directive',
      reason: 'alte Läufe zuerst',
      confidence: 1,
    });
  });

  it('takes a config rule before the evidence, with its reason', () => {
    const decision = decideOne(aStep('init_db'), {
      rules: [{ callee: 'init_*', decision: 'background', reason: 'lazy' }],
    });
    expect(decision).toMatchObject({
      verdict: 'background',
      decidedBy: 'config',
      reason: 'lazy',
      category: 'database',
    });
  });

  it('takes the first config rule that matches', () => {
    const rules = [rule, { ...rule, decision: 'critical' as const }];
    expect(decideOne(aStep('cleanup_runs'), { rules }).verdict).toBe('background');
    expect(decideOne(aStep('cleanup_runs'), { rules: rules.toReversed() }).verdict).toBe('critical');
  });

  it('matches the name as written and as resolved', () => {
    const step = aStep(aCall('run', { qualifiedName: 'src.jobs.run' }));
    expect(decideOne(step, { rules: [{ callee: 'src.jobs.*', decision: 'critical' }] }).decidedBy).toBe('config');
    expect(decideOne(step, { rules: [{ callee: 'run', decision: 'critical' }] }).decidedBy).toBe('config');
    expect(decideOne(step, { rules: [{ callee: 'jobs.*', decision: 'critical' }] }).decidedBy).toBe('heuristics');
  });

  it('matches callee and category together where both are given', () => {
    const both = { callee: '*.start', category: 'metrics', decision: 'critical' } as const;
    expect(decideOne(aStep('metrics.start'), { rules: [both] }).decidedBy).toBe('config');
    expect(decideOne(aStep('worker.start'), { rules: [both] }).decidedBy).toBe('heuristics');
    expect(decideOne(aStep('metrics.begin'), { rules: [both] }).decidedBy).toBe('heuristics');
  });

  it('matches a category alone', () => {
    const rules = [{ category: 'database', decision: 'background' } as const];
    expect(decideOne(aStep('init_db'), { rules }).verdict).toBe('background');
    expect(decideOne(aStep('load_settings'), { rules }).verdict).toBe('critical');
  });

  it('gives a category reason where a rule has none', () => {
    const decision = decideOne(aStep('init_db'), { rules: [{ callee: 'init_db', decision: 'critical' }] });
    expect(decision.reason).toBe('the database must be ready before the first request.');
  });

  it('keeps a never-returning step awaited when a directive says so', () => {
    const step = aStep(aCall('serve', { cost: 'never-returns' }), { directive });
    expect(decideOne(step).verdict).toBe('critical');
  });

  it('leaves steps that only start a task alone where the config says so', () => {
    const step = aStep(aCall('worker.start', { cost: 'returns-at-once' }));
    expect(decideOne(step).verdict).toBe('background');
    expect(decideOne(step, { leaveReturnsAtOnce: true })).toMatchObject({ verdict: 'critical', decidedBy: 'config' });
    const detached = aStep(aCall('worker.start', { cost: 'returns-at-once', form: 'detached' }));
    expect(decideOne(detached, { leaveReturnsAtOnce: true }).verdict).toBe('background');
  });
});

describe('applicability', () => {
  it('is safe for a background step whose body was found', () => {
    expect(decideOne(aStep('warm_cache')).applicability).toBe('safe');
  });

  it('is unsafe where only the name is known', () => {
    const decision = decideOne(aStep(anUnseenCall('warm_cache')));
    expect(decision).toMatchObject({ verdict: 'background', applicability: 'unsafe' });
    expect(decision.hazards.map(({ kind }) => kind)).toEqual(['body-not-found']);
  });

  it('is safe without a body for a known call, a running task, or by a person', () => {
    const known = { qualifiedName: 'prometheus_client.push_to_gateway' };
    expect(decideOne(aStep(anUnseenCall('push_metrics', known))).applicability).toBe('safe');
    expect(decideOne(aStep(anUnseenCall('poll', { form: 'detached' }))).applicability).toBe('safe');
    expect(decideOne(aStep(anUnseenCall('warm_cache'), { comment: 'Non-blocking' })).applicability).toBe('unsafe');
    const directive = { verdict: 'background', line: 9 } as const;
    expect(decideOne(aStep(anUnseenCall('warm_cache'), { directive })).applicability).toBe('safe');
  });

  it('follows the gravest hazard of the step', () => {
    const unsafe = aHazard('task-affinity');
    const never = aHazard('async-with', { severity: 'never' });
    expect(decideOne(aStep('warm_cache', { hazards: [unsafe] })).applicability).toBe('unsafe');
    expect(decideOne(aStep('warm_cache', { hazards: [unsafe, never] })).applicability).toBe('display-only');
  });

  it('does not let a directive lift a hazard that was seen', () => {
    const directive = { verdict: 'background', line: 9 } as const;
    const step = aStep('warm_cache', { directive, hazards: [aHazard('result-is-used')] });
    expect(decideOne(step)).toMatchObject({ verdict: 'background', applicability: 'unsafe' });
  });

  it('is advice where the hook cannot be rewritten', () => {
    const context = { config: aConfig(), knownCalls: [], hookOf: () => undefined };
    const hook = aHook([aStep('warm_cache')], { adviceOnly: 'it runs on trio.' });
    expect(classifyHook(hook, context)[0]?.applicability).toBe('display-only');
  });
});
