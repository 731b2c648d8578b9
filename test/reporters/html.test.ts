import { beforeAll, describe, expect, it } from 'vitest';
import { courseAfter, courseBefore } from '../../src/cli/reporters/html/timeline.ts';
import { type ReportSource, reporters } from '../../src/cli/reporters/index.ts';
import type { FileChange, ReportCall, ReportFile } from '../../src/core/index.ts';
import { SERVER, sourceOf } from './findings.ts';

let source: ReportSource;
beforeAll(async () => {
  source = await sourceOf({ 'app/main.py': SERVER });
});

describe('the page', () => {
  it('is the same for the same findings', async () => {
    expect(await reporters.html(source)).toBe(await reporters.html(source));
  });

  it('shows the lines as they were when they were read, also after they were written', async () => {
    const written = { ...source, read: () => 'not what was read\n' };
    expect(await reporters.html(written)).toBe(await reporters.html(source));
  });

  it.each([
    ['calls', { files: 1, calls: 6000, changes: 0 }],
    ['files and hooks', { files: 3000, calls: 1, changes: 0 }],
    ['changes', { files: 1, calls: 1, changes: 400 }],
  ])('stays below a megabyte with very many %s, and says what it leaves out', async (_, sizes) => {
    const page = await reporters.html(multiplied(source, sizes));
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
    expect(page).toMatch(/not shown here|not drawn|Too long to be shown/);
    expect(page).not.toMatch(/width="-|\d\.\d{4}|NaN/);
  });

  it('colours each line of a text of several lines by itself', async () => {
    const text = SERVER.replace('"""🔌"""', '"""Eins.\n\n    Zwei 🔌.\n    """');
    const page = await reporters.html(await sourceOf({ 'app/main.py': text }));
    const cells = [...page.matchAll(/<code>(.*?)<\/code><\/td>/g)].map((match) => match[1] ?? '');
    expect(cells).toContain('<span class="hljs-string">    Zwei 🔌.</span>');
    for (const cell of cells) expect(cell.match(/<span/g)?.length).toBe(cell.match(/<\/span>/g)?.length);
  });

  it('writes texts with line ends of Windows and a byte order mark as others', async () => {
    const windows = await sourceOf({ 'app/main.py': `\ufeff${SERVER.replaceAll('\n', '\r\n')}` });
    const page = await reporters.html(windows);
    expect(page).not.toContain('\\x0d');
    expect(page).not.toContain('\\ufeff');
    expect(linesOf(page)).toEqual(linesOf(await reporters.html(source)));
  });
});

describe('a timeline', () => {
  it('draws awaited calls one after the other, and after the change only those that startup needs', () => {
    const calls = [call('connect'), call('warm', { decision: 'background', moves: true }), call('check')];
    expect(courseBefore(calls, undefined)).toEqual({
      bars: [bar(0, 'waits'), bar(1, 'needless'), bar(2, 'waits')],
      listensAt: 3,
    });
    expect(courseAfter(calls, undefined)).toEqual({
      bars: [bar(0, 'waits'), bar(2, 'background'), bar(1, 'waits')],
      listensAt: 2,
    });
  });

  it('draws nothing behind a call that never returns, and services beside the others once they have moved', () => {
    const service = call('poll', { decision: 'background', moves: true, cost: 'never-returns' });
    const calls = [service, call('warm', { decision: 'background', moves: true }), call('connect')];
    expect(courseBefore(calls, undefined)).toEqual({
      bars: [{ ...bar(0, 'never'), isOpen: true }, bar(1, 'unreached'), bar(2, 'unreached')],
    });
    expect(courseAfter(calls, undefined)).toEqual({
      bars: [{ ...bar(1, 'background'), isOpen: true }, bar(1, 'background'), bar(0, 'waits')],
      listensAt: 1,
    });
  });

  it('never listens after the change either where the call that never returns stays', () => {
    const calls = [call('poll', { cost: 'never-returns' }), call('warm', { decision: 'background', moves: true })];
    const { bars, listensAt } = courseAfter(calls, undefined);
    expect(listensAt).toBeUndefined();
    expect(bars.map(({ kind }) => kind)).toEqual(['never', 'unreached']);
  });

  it('lets a started task take no time of startup', () => {
    const calls = [call('send', { form: 'detached', decision: 'background' }), call('connect')];
    expect(courseBefore(calls, undefined)).toEqual({ bars: [bar(0, 'background'), bar(0, 'waits')], listensAt: 1 });
  });

  it('draws the members of a gather at one time', async () => {
    const gathered = SERVER.replace(
      '    await warm_photo_cache()\n    await prepare()\n',
      '    await asyncio.gather(warm_photo_cache(), prepare())\n',
    );
    const { report, analysis } = await sourceOf({ 'app/main.py': gathered });
    const hook = [...analysis.hooks.values()][0]?.hook;
    const calls = (report.files[0]?.hooks?.[0]?.calls ?? []).filter(({ wraps }) => wraps === undefined);
    const members = calls.map(({ form }, at) => (form === 'gather-member' ? at : -1)).filter((at) => at >= 0);
    const starts = courseBefore(calls, hook).bars.map(({ start }) => start);
    expect(members).toHaveLength(2);
    expect(new Set(members.map((at) => starts[at])).size).toBe(1);
  });
});

function bar(start: number, kind: string) {
  return { start, kind, isOpen: false };
}

function call(callee: string, changes: Partial<ReportCall> = {}): ReportCall {
  return {
    line: 1,
    callee,
    form: 'await',
    decision: 'critical',
    category: 'other',
    confidence: 1,
    decidedBy: 'heuristics',
    applicability: 'safe',
    moves: false,
    hazards: [],
    cost: 'finite',
    reason: '',
    evidence: [],
    ...changes,
  };
}

interface Sizes {
  readonly files: number;
  readonly calls: number;
  readonly changes: number;
}

function multiplied(from: ReportSource, sizes: Sizes): ReportSource {
  const [file] = from.report.files;
  const [hook] = file?.hooks ?? [];
  if (!file || !hook) throw new Error('no hook was found');
  const calls = Array.from({ length: sizes.calls }, () => hook.calls).flat();
  const files = Array.from(
    { length: sizes.files },
    (_, at): ReportFile => ({ ...file, path: `${at}/${file.path}`, hooks: [{ ...hook, calls, notes: ['Vorsicht'] }] }),
  );
  const changes = Array.from(
    { length: sizes.changes },
    (_, at): FileChange => ({ path: `${at}.py`, before: SERVER, after: SERVER.replaceAll('await', 'await  ') }),
  );
  return { ...from, report: { ...from.report, files }, changes: [...from.changes, ...changes] };
}

/** The lines of code on a page, without their marks and colours. */
function linesOf(page: string): readonly string[] {
  return [...page.matchAll(/<td[^>]*>(?:<span class="said">[^<]*<\/span>)?<code>(.*?)<\/code><\/td>/g)].map((match) =>
    (match[1] ?? '').replace(/<[^>]+>/g, ''),
  );
}
