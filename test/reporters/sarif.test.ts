import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { ArtifactChange, Log, Region, Result, Run } from 'sarif';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ReportSource, reporters } from '../../src/cli/reporters/index.ts';
import { applyEdits, textOf } from '../../src/core/index.ts';
import { installed } from '../npm-environment.ts';
import { SERVER, sourceOf } from './findings.ts';

const packages = await installed('report-packages');
const schemaFile = join(packages, '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const isValid = validator();
let source: ReportSource;
beforeAll(async () => {
  source = await sourceOf({ 'app/main.py': SERVER });
});

describe('the SARIF log', () => {
  it('is valid against the schema of SARIF 2.1.0, which takes no other log', () => {
    expect(isValid(logOf(source)), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid({ ...logOf(source), version: '2.0.0' })).toBe(false);
  });

  it('has a result for every kind of finding, and calls what never returns an error', () => {
    const levels = Object.fromEntries(runOf(source).results?.map(({ ruleId, level }) => [ruleId, level]) ?? []);
    expect(levels).toEqual({
      'startup-never-returns': 'error',
      'startup-background': 'warning',
      'startup-untracked-task': 'warning',
      'startup-undecided': 'note',
      'shutdown-unguarded': 'note',
      'temporary-remark': 'note',
    });
  });

  it('explains every rule that a result names', () => {
    const { results = [], tool } = runOf(source);
    const { rules = [] } = tool.driver;
    for (const { ruleId, ruleIndex = -1 } of results) {
      expect(rules[ruleIndex]).toMatchObject({ id: ruleId, help: { text: expect.stringMatching(/\w{4}/) } });
    }
  });

  it('marks the call, and links what was seen elsewhere', () => {
    const never = resultOf(source, 'startup-never-returns');
    expect(marked(never, SERVER)).toBe('await purge_expired_sessions()');
    expect(never.message.text).toContain('[its body loops for ever](1)');
    expect(never.relatedLocations?.[0]).toMatchObject({ id: 1, physicalLocation: { region: { startLine: 15 } } });
  });

  it.each([
    ['LF', SERVER],
    ['CRLF', SERVER.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${SERVER}`],
    ['characters of two code units before the call', SERVER.replaceAll('    await purge', '    "🔌🔌"; await purge')],
  ])('marks the same call in a text with %s', async (_, text) => {
    const never = resultOf(await sourceOf({ 'app/main.py': text }), 'startup-never-returns');
    expect(marked(never, text.replace('\ufeff', ''))).toBe('await purge_expired_sessions()');
  });

  it.each([
    ['LF', SERVER],
    ['CRLF', SERVER.replaceAll('\n', '\r\n')],
    ['no line end at the end', SERVER.trimEnd()],
  ])('suggests exactly the edits of the rewrite in a text with %s', async (_, text) => {
    const found = await sourceOf({ 'app/main.py': text });
    const moves = found.plan.rewrites.filter(({ transform }) => transform === 'run-in-background');
    const fixes = runOf(found).results?.flatMap(({ fixes: own = [] }) => own) ?? [];
    expect(moves.length).toBeGreaterThan(0);
    for (const rewrite of moves) {
      const fix = fixes.find(({ description }) => description?.text === rewrite.title);
      const change = fix?.artifactChanges.find(({ artifactLocation }) => artifactLocation.uri === 'app/main.py');
      const own = rewrite.edits.filter(({ path }) => path === 'app/main.py');
      expect(change && replaced(text, change)).toBe(applyEdits(text, own));
      const helper = fix?.artifactChanges.find(({ artifactLocation }) =>
        artifactLocation.uri?.endsWith('startup_tasks.py'),
      );
      expect(helper && replaced('', helper)).toBe(rewrite.creates[0]?.text);
    }
  });

  it('knows a finding again wherever its line is, and tells two calls of one callee apart', async () => {
    const moved = await sourceOf({ 'app/main.py': `# zuerst\n\n${SERVER}` });
    expect(printsOf(moved)).toEqual(printsOf(source));
    const twice = await sourceOf({
      'app/main.py': SERVER.replace('    await warm_photo_cache()\n', '$&    await warm_photo_cache()\n'),
    });
    expect(new Set(printsOf(twice)).size).toBe(printsOf(twice).length);
    expect(printsOf(twice)).toEqual(expect.arrayContaining([...printsOf(source)]));
  });

  it('tells of files that could not be handled', () => {
    const errors = [{ path: 'bad file.py', message: 'syntax error at line 3' }];
    const log = logOf({ ...source, report: { ...source.report, errors } });
    expect(isValid(log)).toBe(true);
    expect(log.runs[0]?.invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { locations: [{ physicalLocation: { artifactLocation: { uri: 'bad%20file.py' } } }] },
      ],
    });
  });
});

/** The schema that Microsoft ships with its own matchers: of draft 4, one of its patterns without the u flag. */
function validator() {
  const ajv = new AjvDraft04.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
}

function logOf(from: ReportSource): Log {
  return JSON.parse(reporters.sarif(from)) as Log;
}

function runOf(from: ReportSource): Run {
  const [run] = logOf(from).runs;
  if (!run) throw new Error('the log has no run');
  return run;
}

function resultOf(from: ReportSource, rule: string): Result {
  const result = runOf(from).results?.find(({ ruleId }) => ruleId === rule);
  if (!result) throw new Error(`no result of ${rule}`);
  return result;
}

function printsOf(from: ReportSource): readonly (string | undefined)[] {
  return runOf(from).results?.map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash) ?? [];
}

function marked(result: Result, text: string): string {
  const region = result.locations?.[0]?.physicalLocation?.region ?? {};
  return textOf({ text, path: '', bom: false, language: '' }, rangeOf(region, text));
}

/** The text with the replacements made, last first. */
function replaced(text: string, { replacements }: ArtifactChange): string {
  return replacements.reduceRight((result, { deletedRegion, insertedContent }) => {
    const { start, end } = rangeOf(deletedRegion, text);
    return result.slice(0, start) + (insertedContent?.text ?? '') + result.slice(end);
  }, text);
}

/** Lines as the log says that they end, columns in UTF-16 code units. */
function rangeOf({ startLine = 1, startColumn = 1, endLine = startLine, endColumn = 1 }: Region, text: string) {
  const starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map(({ index, 0: end }) => index + end.length)];
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  return { start: offset(startLine, startColumn), end: offset(endLine, endColumn) };
}
