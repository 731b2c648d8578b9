import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { alignedHunks, type FileChange, lineEdits, unifiedDiff } from '../../src/core/index.ts';

const scratch = mkdtempSync(join(tmpdir(), 'startup-codemod-diff-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Writes the old text, applies the diff with git, and returns what git made of it. */
function applied(change: FileChange): string {
  const root = mkdtempSync(join(scratch, 'root-'));
  const target = join(root, change.path);
  mkdirSync(dirname(target), { recursive: true });
  if (change.before !== undefined) writeFileSync(target, change.before);
  const git = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
    cwd: root,
    input: unifiedDiff(change),
    encoding: 'utf8',
  });
  expect(git.stderr).toBe('');
  return readFileSync(target, 'utf8');
}

describe('unifiedDiff is taken by git apply', () => {
  it.each([
    ['LF', 'a\nb\nc\n', 'a\nx\nc\n'],
    ['CRLF', 'a\r\nb\r\nc\r\n', 'a\r\nx\r\nc\r\n'],
    ['mixed line ends', 'a\r\nb\nc\r\n', 'a\r\nb\nx\r\n'],
    ['no final newline', 'a\nb', 'a\nc'],
    ['a byte order mark', '\ufeffa\nb\n', '\ufeffx\nb\n'],
    ['a lone carriage return', 'a\rb\nc\n', 'a\rb\nd\n'],
    ['line separators of Unicode', 'a\u2028b\nc\n', 'a\u2028b\nd\n'],
    ['a form feed', 'a\f\nb\n', 'a\f\nc\n'],
    ['an empty file', '', 'a\n'],
  ])('%s', (_, before, after) => {
    expect(applied({ path: 'main.py', before, after })).toBe(after);
  });

  it('a new file', () => {
    expect(applied({ path: 'app/startup_tasks.py', after: 'a\nb\n' })).toBe('a\nb\n');
  });

  it.each([
    'a b.py',
    'quo"te.py',
    'back\\slash.py',
    'tab\there.py',
    'new\nline.py',
    'é/ü.py',
    '-leading.py',
    'a b/"c".py',
    "it's.py",
  ])('the name %j', (path) => {
    expect(applied({ path, before: 'a\n', after: 'b\n' })).toBe('b\n');
    expect(applied({ path: `new/${path}`, after: 'b\n' })).toBe('b\n');
  });

  it('any two texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '', '\r', '  c', '\\ No newline at end of file'), {
      maxLength: 12,
    });
    const ends = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(text, text, ends, fc.boolean(), (before, after, eol, final) => {
        const join = (lines: readonly string[]) => lines.join(eol) + (final ? eol : '');
        fc.pre(join(before) !== join(after) && join(before) !== '');
        expect(applied({ path: 'main.py', before: join(before), after: join(after) })).toBe(join(after));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the edits of whole lines', () => {
  it('make the new text of the old one', () => {
    fc.assert(
      fc.property(linesOfText(), linesOfText(), (before, after) => {
        const edits = lineEdits(before, after);
        const made = edits.reduceRight(
          (made, { range, text: by }) => made.slice(0, range.start) + by + made.slice(range.end),
          before,
        );
        expect(made).toBe(after);
      }),
    );
  });

  it('touch only the lines that change', () => {
    expect(lineEdits('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([
      { range: { start: 2, end: 4 }, text: 'x\n' },
      { range: { start: 6, end: 6 }, text: 'd\n' },
    ]);
  });
});

describe('lines side by side', () => {
  it('stand beside those that they replace', () => {
    expect(alignedHunks({ path: 'a.py', before: 'a\nb\nc\nd\n', after: 'a\nx\ny\nd\n' })).toEqual([
      [
        { before: 1, after: 1, changed: false },
        { before: 2, after: 2, changed: true },
        { before: 3, after: 3, changed: true },
        { before: 4, after: 4, changed: false },
      ],
    ]);
  });

  it('tell of every line that is new or gone, and pair only equal ones besides', () => {
    fc.assert(
      fc.property(linesOfText(), linesOfText(), (before, after) => {
        const [old, young] = [before.split('\n'), after.split('\n')];
        const rows = alignedHunks({ path: 'a.py', before, after }).flat();
        for (const row of rows.filter(({ changed }) => !changed))
          expect(old[(row.before ?? 0) - 1]).toBe(young[(row.after ?? 0) - 1]);
        const added = rows.flatMap((row) => (row.changed && row.after !== undefined ? [young[row.after - 1]] : []));
        const lines = unifiedDiff({ path: 'a.py', before, after }).split('\n').slice(3);
        expect(added).toEqual(lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1)));
      }),
    );
  });
});

/** Lines from so few letters that many are equal. */
function linesOfText() {
  return fc
    .array(fc.constantFrom('a', 'b', 'é', '', 'c'), { maxLength: 12 })
    .map((lines) => lines.map((line) => `${line}\n`).join(''));
}
