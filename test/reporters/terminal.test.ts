import pc from 'picocolors';
import { beforeAll, describe, expect, it } from 'vitest';
import { printable } from '../../src/cli/printable.ts';
import { colouredPatch } from '../../src/cli/reporters/diff.ts';
import { type ReportSource, reporters } from '../../src/cli/reporters/index.ts';
import { summary } from '../../src/cli/reporters/summary.ts';
import { HOSTILE, hostile, SERVER, sourceOf, UNSEEN } from './findings.ts';

let source: ReportSource;
beforeAll(async () => {
  source = hostile(await sourceOf({ 'app/main.py': SERVER }));
});

describe('hostile text', () => {
  it('controls no terminal from the summary', () => {
    const colors = pc.createColors(false);
    const text = summary(source.report, { colors, verbose: true, closing: [] });
    expect(HOSTILE).toMatch(UNSEEN);
    expect(text).not.toMatch(UNSEEN);
    expect(text).toContain('\\x1b[2J');
    expect(text).toContain('\\u202egnp.exe');
  });

  it('controls no terminal from the diff', () => {
    const text = colouredPatch(source.changes, pc.createColors(false));
    expect(text).not.toMatch(UNSEEN);
    expect(text).toContain('+# \\x1b[2J');
  });

  it.each(['json', 'sarif'] as const)('controls no terminal from %s, and reads as what it was', (format) => {
    const text = reporters[format](source);
    expect(text).not.toMatch(UNSEEN);
    expect(text).toContain('\\u202egnp.exe');
    if (format === 'json') expect(JSON.parse(text)).toEqual(source.report);
  });

  it('is shown with what it hides, and other text as it is', () => {
    expect(printable('a\u202eb\u001b[2J\u{e0041}')).toBe('a\\u202eb\\x1b[2J\\u{e0041}');
    const plain = 'naïve 日本語 می‌خواهم 👩‍🚀\tx\n';
    expect(printable(plain)).toBe(plain);
  });
});
