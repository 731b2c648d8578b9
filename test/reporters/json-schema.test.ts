import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportJsonSchema, reportSchema } from '../../src/cli/reporters/json/schema.ts';
import { planRewrites, type Report, reportOf, scan } from '../../src/index.ts';
import { copyOfProject, nodeProjectNames, projectNames } from '../end-to-end/tool.ts';

const isValid = new Ajv2020().compile(reportJsonSchema());

describe('the schema of the JSON report', () => {
  it.each([...projectNames, ...nodeProjectNames])('takes the report of %s', async (project) => {
    const report = await reportOfProject(project);
    expect(report.files.length).toBeGreaterThan(0);
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
    expect(reportSchema.parse(report)).toEqual(report);
  });

  it('takes no report with another key or an unknown word', async () => {
    const report = await reportOfProject('demo');
    expect(isValid({ ...report, more: true })).toBe(false);
    expect(isValid({ ...report, files: [{ ...report.files[0], kind: 'client' }] })).toBe(false);
    expect(isValid({ ...report, files: [{ ...report.files[0], path: undefined }] })).toBe(false);
  });
});

async function reportOfProject(name: string): Promise<Report> {
  const found = await scan({ paths: [copyOfProject(name)] });
  const { plan, errors } = await planRewrites(found, { unsafe: true });
  return JSON.parse(JSON.stringify(reportOf(found.analysis, plan, [...found.errors, ...errors]))) as Report;
}
