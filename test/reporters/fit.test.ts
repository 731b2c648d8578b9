import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitted, type Section } from '../../src/cli/reporters/markdown/fit.ts';

const section = fc.record({
  head: fc.array(fc.string({ maxLength: 30, unit: 'binary' }), { maxLength: 3 }),
  items: fc.array(fc.string({ maxLength: 30, unit: 'binary' }), { maxLength: 20 }),
  noun: fc.constant('calls'),
  rank: fc.integer({ min: 1, max: 4 }),
});

it('a text that fits is whole', () => {
  expect(fitted([part('a', 3, 1), part('b', 1, 2)], 1000)).toBe('# a\na 0\na 1\na 2\n\n# b\nb 0\n');
});

it('what has the highest rank is cut first, and is said', () => {
  const text = fitted([part('a', 90, 2), part('b', 3, 1), part('c', 90, 3)], 400);
  expect(text).toContain('# a\na 0\n');
  expect(text).toMatch(/and \d\d more lines, cut here/);
  expect(text).toContain('# b\nb 0\nb 1\nb 2\n');
  expect(text).not.toContain('# c');
  expect(text).toContain('and 1 more part of this report');
});

it('no text is longer than its limit', () => {
  fc.assert(
    fc.property(fc.array(section, { maxLength: 12 }), fc.integer({ min: 100, max: 900 }), (sections, limit) => {
      expect(Buffer.byteLength(fitted(sections, limit))).toBeLessThanOrEqual(limit);
    }),
  );
});

function part(name: string, items: number, rank: number): Section {
  return { head: [`# ${name}`], items: Array.from({ length: items }, (_, at) => `${name} ${at}`), noun: 'lines', rank };
}
