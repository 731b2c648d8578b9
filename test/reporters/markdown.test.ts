import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ReportSource, reporters } from '../../src/cli/reporters/index.ts';
import { markdownReport } from '../../src/cli/reporters/markdown.ts';
import type { ReportCall } from '../../src/core/index.ts';
import { hostile, SERVER, sourceOf, UNSEEN } from './findings.ts';

let source: ReportSource;
beforeAll(async () => {
  source = await sourceOf({ 'app/main.py': SERVER });
});

describe('the body of a pull request', () => {
  it('says first what never returns', () => {
    const body = reporters.markdown(source);
    const alert = body.indexOf('> [!CAUTION]');
    expect(alert).toBeGreaterThan(0);
    expect(alert).toBeLessThan(body.indexOf('### '));
    expect(body).toContain(
      '> - `purge_expired_sessions` at `app/main.py:44`, its body at `app/main.py:15`: runs in the',
    );
  });

  it('has a row for every call, with place, reason, evidence, applicability and who decided', () => {
    const rows = rowsOf(rendered(reporters.markdown(source)));
    expect(rows.map((cells) => cells[1])).toEqual([
      '<code>connect_db</code>',
      '<code>purge_expired_sessions</code>',
      '<code>warm_photo_cache</code>',
      '<code>prepare</code>',
      '<code>send_usage_metrics</code>',
    ]);
    expect(rows[2]).toEqual([
      '<code>app/main.py:47</code>',
      '<code>warm_photo_cache</code>',
      'background<br>prefetch, 73 %',
      'warming up only makes the first requests faster.',
      expect.stringContaining('its name says “warm”'),
      'moves, safe',
      'evidence',
    ]);
  });

  it.each([
    ['directive', 'a directive in the code'],
    ['config', 'a rule of the configuration'],
    ['review', 'a person in a review'],
  ] as const)('says that it was decided by %s', (decidedBy, said) => {
    const rows = rowsOf(rendered(reporters.markdown(withCalls(source, (call) => ({ ...call, decidedBy })))));
    expect(rows.map((cells) => cells[6])).toEqual(rows.map(() => said));
  });

  it('lists what was left alone and why, removed remarks, a checklist and the way back', () => {
    const body = reporters.markdown(source);
    expect(body).toContain('1 undecided call, still awaited');
    expect(body).toMatch(/### Removed remarks[\s\S]+`app\/main.py:45`.+disabled/);
    expect(rendered(body).match(/<input type="checkbox" disabled="" \/>/g)?.length).toBeGreaterThan(4);
    expect(body).toMatch(
      /### The checklist, before this change[^#]+- \*\*failed\*\*: Nothing that can wait[^#]+`app\/main.py:44` purge/,
    );
    expect(body).toContain('`git revert`');
    expect(body).toContain('`startup-codemod undo`');
  });

  it('names unsafe moves with their hazards, and what could not be handled', () => {
    const pending = withCalls(source, (call) => ({
      ...call,
      applicability: 'unsafe' as const,
      moves: false,
      hazards: ['app.state.photos is read in app/routes.py:41'],
    }));
    const errors = [{ path: 'bad.py', message: 'syntax error at line 3' }];
    const body = reporters.markdown({ ...pending, report: { ...pending.report, errors } });
    expect(body).toContain('- `warm_photo_cache` at `app/main.py:47`, unsafe: app.state.photos is read');
    expect(body).toContain('- `bad.py`: syntax error at line 3');
  });

  it('needs no facts but the report, the changes and the checklist', () => {
    const { report, changes, mode, checklist = [] } = source;
    expect(markdownReport({ report, changes, mode, checklist })).toBe(reporters.markdown(source));
  });

  it('keeps its form whatever stands in the source', () => {
    const page = rendered(reporters.markdown(hostile(source)));
    const own = headingsOf(rendered(reporters.markdown(source)));
    expect(headingsOf(page)).toEqual(own.toSpliced(-2, 0, 'Files that could not be handled'));
    expect(rowsOf(page).map((cells) => cells.length)).toEqual([7, 7, 7, 7, 7]);
    const tags = new Set([...page.matchAll(/<(\w+)/g)].map((match) => match[1]));
    const known = [
      'h2',
      'h3',
      'p',
      'blockquote',
      'ul',
      'li',
      'strong',
      'em',
      'code',
      'br',
      'input',
      'details',
      'summary',
    ];
    expect([...tags].filter((tag) => !tag?.startsWith('t') && !known.includes(tag ?? ''))).toEqual([]);
    expect(page).not.toMatch(/<a |<img|<script|<del|<em>x/);
  });

  it('calls nobody, refers to no issue and shows no control character', () => {
    const body = reporters.markdown(hostile(source));
    expect(body).not.toMatch(UNSEEN);
    expect(body).toContain('&#92;u202egnp');
    const prose = rendered(body).replace(/<code>.*?<\/code>/g, '');
    expect(prose).not.toMatch(/@octocat|#\d|GH-\d|:tada:/);
  });

  it('is no longer than GitHub takes, and says what was cut', () => {
    const [file] = source.report.files;
    const hook = file?.hooks?.[0];
    const calls = Array.from({ length: 400 }, () => hook?.calls ?? []).flat();
    const files = [{ ...file, hooks: [{ ...hook, calls }] }] as unknown as ReportSource['report']['files'];
    const body = reporters.markdown(hostile({ ...source, report: { ...source.report, files } }));
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(body)).toBeGreaterThan(50_000);
    expect(body).toMatch(/and \d{3,4} more calls, cut here/);
    expect(body).toContain('### Taking it back');
    expect(rowsOf(rendered(body)).every((cells) => cells.length === 7)).toBe(true);
  });
});

function rendered(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** The cells of every row, apart from the heads. */
function rowsOf(page: string): readonly (readonly string[])[] {
  const rows = [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map((match) => match[1] ?? '');
  return rows
    .filter((row) => row.includes('<td'))
    .map((row) => [...row.matchAll(/<td>(.*?)<\/td>/gs)].map((match) => match[1] ?? ''));
}

function headingsOf(page: string): readonly string[] {
  return [...page.matchAll(/<h[1-6]>(.*?)<\/h/g)].map((match) => match[1] ?? '');
}

function withCalls(from: ReportSource, change: (call: ReportCall) => ReportCall): ReportSource {
  const files = from.report.files.map((file) => ({
    ...file,
    hooks: (file.hooks ?? []).map((hook) => ({ ...hook, calls: hook.calls.map(change) })),
  }));
  return { ...from, report: { ...from.report, files } };
}
