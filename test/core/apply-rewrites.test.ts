import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  applyRewrites,
  type Edit,
  insert,
  type Rewrite,
  remove,
  replace,
  type SourceFile,
} from '../../src/core/index.ts';

const TEXT = 'await warm()\nawait connect()\n';
const file: SourceFile = { path: 'main.py', text: TEXT, bom: false, language: 'python' };

function rewrite(title: string, ...edits: readonly Edit[]): Rewrite {
  const placed = edits.map((edit) => ({ ...edit, path: file.path }));
  return { transform: 'test', title, applicability: 'safe', edits: placed, creates: [] };
}

function apply(...rewrites: readonly Rewrite[]) {
  return applyRewrites(new Map([[file.path, file]]), rewrites);
}

describe('applyRewrites', () => {
  it('applies an edit that two rewrites share once', () => {
    const result = apply(
      rewrite('a', insert(0, 'import x\n'), replace({ start: 0, end: 5 }, 'start')),
      rewrite('b', insert(0, 'import x\n'), replace({ start: 13, end: 18 }, 'start')),
    );
    expect(result.texts.get('main.py')).toBe('import x\nstart warm()\nstart connect()\n');
  });

  it('sets a rewrite aside whole when one of its edits overlaps an applied one', () => {
    const result = apply(
      rewrite('a', replace({ start: 0, end: 5 }, 'start')),
      rewrite('b', replace({ start: 3, end: 8 }, '…'), insert(TEXT.length, '# end\n')),
    );
    expect(result.texts.get('main.py')).toBe('start warm()\nawait connect()\n');
    expect(result.setAside.map((item) => item.title)).toEqual(['b']);
  });

  it('orders insertions at one offset by rank, then by rewrite', () => {
    const result = apply(
      rewrite('a', { ...insert(0, 'second '), rank: 1 }),
      rewrite('b', insert(0, 'first ')),
      rewrite('c', { ...insert(0, 'third '), rank: 1 }),
    );
    expect(result.texts.get('main.py')).toMatch(/^first second third await/);
  });

  it('drops the indentation of a line that is deleted', () => {
    expect(applyEdits('# TODO\nf()\n', [remove({ start: 0, end: 7 }), insert(0, '    '), insert(7, '    ')])).toBe(
      '    f()\n',
    );
  });

  it('writes new lines with the line end of the file', () => {
    expect(applyEdits('a\r\nb\r\n', [insert(3, 'x\ny\n')])).toBe('a\r\nx\r\ny\r\nb\r\n');
  });

  it('keeps every character outside the edits, whatever they are', () => {
    const cuts = fc.uniqueArray(fc.nat(40), { minLength: 2, maxLength: 8 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        fc.string({ minLength: 41, maxLength: 60, unit: fc.constantFrom('a', 'é', '\u{1f600}', ' ') }),
        cuts,
        (text, offsets) => {
          const edits: Edit[] = [];
          for (let i = 0; i + 1 < offsets.length; i += 2) {
            edits.push(replace({ start: offsets[i] ?? 0, end: offsets[i + 1] ?? 0 }, '·'));
          }
          const kept = edits.reduceRight(
            (rest, edit) => rest.slice(0, edit.range.start) + rest.slice(edit.range.end),
            text,
          );
          expect(applyEdits(text, edits).replaceAll('·', '')).toBe(kept);
        },
      ),
    );
  });
});
