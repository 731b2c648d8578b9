import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { expect, it } from 'vitest';
import { reporters } from '../../src/cli/reporters/index.ts';
import { reportSchema } from '../../src/cli/reporters/json/schema.ts';
import { summary } from '../../src/cli/reporters/summary.ts';
import { sourceOf } from './findings.ts';

const POLLER = readFileSync(join(import.meta.dirname, '../../fixtures/traps/task-failure-unread/poller.py'), 'utf8');
const source = await sourceOf({ 'app/main.py': POLLER });

const said = 'app.state.poller is kept, and nothing reads its exception';

it.each(['json', 'markdown', 'html', 'sarif', 'github'] as const)('%s names the trap and its code', async (format) => {
  const report = await reporters[format](source);
  expect(report).toContain(format === 'github' ? 'title=A task is kept' : 'SC104');
  expect(report).toContain(said);
});

it('the JSON report keeps to its schema', () => {
  const { files } = reportSchema.parse(JSON.parse(reporters.json(source)));
  expect(files[0]?.traps).toEqual([
    {
      code: 'SC104',
      line: 17,
      title: 'A task is kept, and nothing reads its exception while the server runs',
      what: said,
    },
  ]);
});

it('the summary names it below the hooks', () => {
  const text = summary(source.report, { colors: pc.createColors(false), verbose: false, closing: [] });
  expect(text).toContain(`app/main.py:17  SC104 ${said}`);
});

it('SARIF has a rule for it', () => {
  const [run] = JSON.parse(reporters.sarif(source)).runs;
  const [result] = run.results.filter(({ ruleId }: { ruleId: string }) => ruleId === 'SC104');
  expect(result.locations[0].physicalLocation.region.startLine).toBe(17);
  expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({
    id: 'SC104',
    defaultConfiguration: { level: 'warning' },
  });
});
