import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { formats } from '../../src/cli/reporters/index.ts';
import { reportJsonSchema } from '../../src/cli/reporters/json/schema.ts';
import type { Report, ReportCall } from '../../src/index.ts';
import { copyOfProject, runTool } from './tool.ts';

const run = runTool(copyOfProject('demo'), '.', '--dry-run', '--format', 'json');
const report: Report = JSON.parse(run.stdout);
const file = (path: string) => report.files.find((found) => found.path === path);
const hook = file('cafe/main.py')?.hooks?.[0];
const call = (callee: string): ReportCall | undefined => hook?.calls.find((found) => found.callee === callee);

test('the report stands alone on stdout', () => {
  expect(run.status).toBe(0);
  expect(report).toMatchObject({ version: 1, root: '.', errors: [] });
  expect(file('cafe/main.py')).toMatchObject({ language: 'python', kind: 'server', changed: true });
  expect(hook).toMatchObject({ name: 'lifespan', framework: 'fastapi', form: 'lifespan', line: 26 });
});

test('it tells what was decided about each call', () => {
  const decisions = hook?.calls.map(
    ({ callee, decision, applicability }) => `${callee}: ${decision}, ${applicability}`,
  );
  expect(decisions).toEqual([
    'init_db: critical, safe',
    'start_cleanup_service: background, safe',
    'prefetch_exchange_rates: background, safe',
    'recommendations.warm_up: background, safe',
    'search_index.build: background, safe',
    'start_digest_scheduler: background, safe',
    'order_worker.start: background, safe',
    'metrics_reporter.start: background, safe',
  ]);
  expect(report.summary).toMatchObject({ hooks: 1, critical: 1, background: 7, undecided: 0 });
});

test('it names the loop of a service that never returns', () => {
  const cleanup = call('start_cleanup_service');
  expect(cleanup).toMatchObject({ line: 28, form: 'await', category: 'cleanup', cost: 'never-returns' });
  expect(cleanup?.evidence.map(({ at }) => at)).toContain('cafe/cleanup.py:18');
});

test('it lists the shutdown steps, removed remarks and the standalone script', () => {
  const steps = ['order_worker.stop', 'search_index.close', 'payment_gateway.close', 'close_db'];
  expect(hook?.shutdown.map(({ callee }) => callee)).toEqual(steps);
  expect(file('cafe/main.py')?.removedRemarks?.[0]?.text).toContain('TODO: temporarily disabled');
  expect(file('reindex_menu.py')).toMatchObject({ kind: 'standalone', changed: false });
  expect(file('reindex_menu.py')?.why).toContain('line 22');
});

test('the package has the schema that the report keeps to', () => {
  const published: unknown = createRequire(import.meta.url)('startup-codemod/report-schema.json');
  expect(published).toEqual(reportJsonSchema());
  const isValid = new Ajv2020().compile(reportJsonSchema());
  expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
});

test.each(formats)('--output writes what --format %s prints', (format) => {
  const folder = copyOfProject('demo');
  const printed = runTool(folder, '.', '--check', '--quiet', '--format', format);
  const saved = runTool(folder, '.', '--check', '--quiet', '--format', format, '--output', 'report.txt');
  expect([printed.status, saved.status, saved.stdout]).toEqual([1, 1, '']);
  expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toBe(printed.stdout);
  if (format !== 'text') expect(printed.stdout).toContain('start_cleanup_service');
});
