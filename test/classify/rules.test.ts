import { describe, expect, it } from 'vitest';
import type { EvidenceRule } from '../../src/classify/evidence-rule.ts';
import { knownAs } from '../../src/classify/known-as.ts';
import { evidenceRules } from '../../src/classify/rules/index.ts';
import type { StartupStep } from '../../src/core/index.ts';
import { aBody, aCall, aHazard, aHook, anUnseenCall, aStep, someKnownCalls } from './facts.ts';

/** What a rule saw at the first call of a step: `+` for the background, `-` against it, with the category. */
function seen(id: string, step: StartupStep): string[] {
  const [call] = step.calls;
  if (!call) throw new Error('a step with a call is needed');
  const subject = { call, step, hook: aHook([step]), knownAs: knownAs(someKnownCalls) };
  return ruleOf(id)
    .observe(subject)
    .map(({ favours, category }) => `${favours === 'background' ? '+' : '-'}${category ?? ''}`);
}

function ruleOf(id: string): EvidenceRule {
  const rule = evidenceRules.find((one) => one.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}

const withBody = (body: Parameters<typeof aBody>[0], call: Parameters<typeof aCall>[1] = {}) =>
  aStep(aCall('tidy.run', { body: aBody(body), ...call }));

const anEffect = (...copes: readonly boolean[]) => ({
  target: 'src.store.VectorStore.index',
  at: { path: 'src/store.py', line: 20 },
  readers: copes.map((one) => ({
    at: { path: 'src/crud.py', line: 4 },
    copes: one,
    how: 'checked with is_initialized',
  })),
});

interface Case {
  readonly rule: string;
  readonly speaks: readonly [StartupStep, readonly string[]];
  readonly nearly: readonly StartupStep[];
}

const cases: readonly Case[] = [
  {
    rule: 'callee-loops-for-ever',
    speaks: [withBody({ costReason: 'loops for ever' }, { cost: 'never-returns' }), ['+']],
    nearly: [withBody({}, { cost: 'returns-at-once' }), aStep(anUnseenCall('run_forever'))],
  },
  {
    rule: 'callee-only-starts-a-task',
    speaks: [withBody({}, { cost: 'returns-at-once' }), ['+worker']],
    nearly: [withBody({}, { cost: 'never-returns' }), withBody({ calls: ['asyncio.sleep'] })],
  },
  {
    rule: 'callee-has-no-work',
    speaks: [withBody({ isTrivial: true }), ['-']],
    nearly: [
      withBody({}),
      withBody({ isTrivial: true }, { form: 'detached' }),
      withBody({ isTrivial: true }, { cost: 'returns-at-once' }),
    ],
  },
  {
    rule: 'callee-resets-shared-state',
    speaks: [withBody({ resetsSharedState: true }), ['-cleanup']],
    nearly: [withBody({}), withBody({ resetsSharedState: true, deletesByAge: true })],
  },
  {
    rule: 'callee-deletes-by-age',
    speaks: [aStep(aCall('tasks.remove_old', { body: aBody({ deletesByAge: true }) })), ['+cleanup']],
    nearly: [withBody({ deletesByAge: true }), withBody({ queries: ['DELETE FROM jobs'] })],
  },
  {
    rule: 'callee-defines-schema',
    speaks: [withBody({ queries: ['SELECT 1', ' create table if not exists café (id int)'] }), ['-database']],
    nearly: [withBody({ queries: ['SELECT created FROM tables'] }), aStep(anUnseenCall('create_tables'))],
  },
  {
    rule: 'callee-exits-on-failure',
    speaks: [withBody({ exitsOnFailure: true }), ['-']],
    nearly: [withBody({}), withBody({ exitsOnFailure: true }, { cost: 'never-returns' })],
  },
  {
    rule: 'callee-survives-failure',
    speaks: [withBody({ survivesFailure: true }), ['+']],
    nearly: [withBody({ survivesFailure: true, isTrivial: true }), withBody({})],
  },
  {
    rule: 'callee-is-repeated',
    speaks: [withBody({ repeatedAt: { path: 'src/rates.ts', line: 9 } }), ['+scheduler']],
    nearly: [withBody({})],
  },
  {
    rule: 'callee-only-logs',
    speaks: [withBody({ onlyLogs: true }), ['+monitoring']],
    nearly: [withBody({ onlyLogs: false }), withBody({ remarks: ['only logs'] })],
  },
  {
    rule: 'callee-makes-known-call',
    speaks: [
      withBody({ calls: ['alembic.command.upgrade', 'alembic.command.upgrade', 'prometheus_client.push_to_gateway'] }),
      ['-migration', '+metrics'],
    ],
    nearly: [
      withBody({ calls: ['my_alembic.command.upgrade', 'alembic.command.upgrade_all'] }),
      withBody({ calls: ['alembic.command.upgrade'] }, { cost: 'never-returns' }),
    ],
  },
  {
    rule: 'readers-cope-without-it',
    speaks: [withBody({ effects: [anEffect(true)] }), ['+']],
    nearly: [
      withBody({ effects: [anEffect(true), anEffect(true, false)] }),
      withBody({ effects: [anEffect()] }),
      withBody({}),
    ],
  },
  {
    rule: 'known-call',
    speaks: [aStep(anUnseenCall('command.upgrade', { qualifiedName: 'alembic.command.upgrade' })), ['-migration']],
    nearly: [
      aStep(anUnseenCall('alembic.command.upgrade')),
      aStep(anUnseenCall('upgrade', { qualifiedName: 'upgrade' })),
    ],
  },
  {
    rule: 'name-words',
    speaks: [aStep('db_manager.cleanup'), ['+cleanup', '-database']],
    nearly: [aStep('service.start'), aStep('extractor.initialize'), aStep('dbaccess.load')],
  },
  {
    rule: 'receiver-class-words',
    speaks: [aStep(aCall('service.start', { receiverClass: 'ClusterMonitor' })), ['+monitoring']],
    nearly: [aStep(aCall('service.start', { receiverClass: 'ServiceManager' })), aStep('monitor.start')],
  },
  {
    rule: 'module-words',
    speaks: [aStep(aCall('run', { module: 'src.core.metrics_export' })), ['+metrics']],
    nearly: [
      aStep(aCall('run', { module: 'src.metrics.export' })),
      aStep(aCall('run', { module: 'src.metrics', body: aBody({ at: { path: 'src/api/main.py', line: 1 } }) })),
    ],
  },
  {
    rule: 'comment-says',
    speaks: [aStep('run', { comment: 'Must be there before the first request' }), ['-', '-']],
    nearly: [aStep('run', { comment: 'Run it' }), aStep('run')],
  },
  {
    rule: 'log-line-says',
    speaks: [aStep('run', { logs: ['Cache wärmt: warming up'] }), ['+', '+cache', '+prefetch']],
    nearly: [aStep('run', { logs: ['Application started'] })],
  },
  {
    rule: 'docstring-says',
    speaks: [withBody({ docstring: 'Purge what has expired.' }), ['+cleanup', '+cleanup']],
    nearly: [withBody({ docstring: 'Run.' }), withBody({ remarks: ['purge what has expired'] })],
  },
  {
    rule: 'failure-is-survived',
    speaks: [aStep('run', { failure: 'survives' }), ['+']],
    nearly: [aStep('run', { failure: 'changes-state' }), aStep('run')],
  },
  {
    rule: 'failure-stops-startup',
    speaks: [aStep('run', { failure: 'exits' }), ['-']],
    nearly: [aStep('run', { failure: 'survives' }), aStep('run', { failure: 'propagates' })],
  },
  {
    rule: 'result-is-used',
    speaks: [aStep('run', { hazards: [aHazard('result-is-used'), aHazard('publishes-state')] }), ['-', '-']],
    nearly: [aStep('run', { hazards: [aHazard('captured-variable')], binds: ['result'] })],
  },
  {
    rule: 'step-is-a-gate',
    speaks: [aStep('run', { hazards: [aHazard('control-flow', { severity: 'never' })] }), ['-']],
    nearly: [aStep('run', { hazards: [aHazard('async-with')] })],
  },
  {
    rule: 'must-come-first',
    speaks: [
      aStep('run', { hazards: [aHazard('must-be-first'), aHazard('registers-routes')] }),
      ['-telemetry', '-core-api'],
    ],
    nearly: [aStep('tracing.run', { hazards: [aHazard('order')] })],
  },
  {
    rule: 'runs-as-a-task-already',
    speaks: [aStep(aCall('run', { form: 'detached' })), ['+']],
    nearly: [aStep(aCall('run', { form: 'gather-member' }))],
  },
];

describe('evidence rules', () => {
  it.each(cases)('$rule speaks', ({ rule, speaks: [step, expected] }) => {
    expect(seen(rule, step)).toEqual(expected);
  });

  it.each(cases)('$rule is silent where it only looks like it', ({ rule, nearly }) => {
    for (const step of nearly) expect(seen(rule, step)).toEqual([]);
  });

  it('each has its case', () => {
    expect(cases.map(({ rule }) => rule).toSorted()).toEqual(evidenceRules.map(({ id }) => id).toSorted());
  });

  it('takes the side of a known call that is not the side of its category', () => {
    expect(seen('known-call', aStep(anUnseenCall('init', { qualifiedName: 'sentry_sdk.init' })))).toEqual([
      '-telemetry',
    ]);
  });

  it('does not take non-critical for critical', () => {
    expect(seen('comment-says', aStep('run', { comment: 'Non-critical: continue without it' }))).toEqual(['+', '+']);
  });

  it('counts a word of the name once', () => {
    expect(seen('name-words', aStep('metrics.metrics_loop'))).toEqual(['+metrics', '+metrics', '+poller']);
  });
});
