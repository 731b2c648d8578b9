import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePathGlob } from '../../src/project/path-glob.ts';
import { openProject } from '../../src/project/project.ts';
import { folderWith } from './temporary-folder.ts';

const python = [{ id: 'python', extensions: ['.py'], anchors: ['lifespan'] }];
const HOOK = 'lifespan = 1  # é\n';

function candidates(
  files: Readonly<Record<string, string | Uint8Array>>,
  include: string[] = [],
  exclude: string[] = [],
) {
  const folder = folderWith(files);
  const found = openProject([folder], { include, exclude }).candidates(python);
  return { paths: found.files.map(({ path }) => path), leftAlone: found.leftAlone };
}

describe('candidates', () => {
  it('are the files of a language that hold an anchor word, sorted', () => {
    expect(candidates({ 'b.py': HOOK, 'a/c.py': HOOK, 'a/d.py': 'x = 1\n', 'readme.md': HOOK }).paths).toEqual([
      'a/c.py',
      'b.py',
    ]);
  });

  it('leave out what .gitignore files say, nested and negated', () => {
    const files = {
      '.gitignore': 'generated/\n*_old.py\n',
      'generated/a.py': HOOK,
      'app/b_old.py': HOOK,
      'app/.gitignore': '!kept_old.py\nlocal.py\n',
      'app/kept_old.py': HOOK,
      'app/local.py': HOOK,
      'local.py': HOOK,
    };
    expect(candidates(files).paths).toEqual(['app/kept_old.py', 'local.py']);
  });

  it("leave out other people's code", () => {
    const files = {
      'node_modules/a.py': HOOK,
      'env3/pyvenv.cfg': '',
      'env3/lib/a.py': HOOK,
      'vendor/a.py': HOOK,
      'a.py': HOOK,
    };
    expect(candidates(files).paths).toEqual(['a.py']);
  });

  it('keep to the globs of the selection', () => {
    const files = { 'api/main.py': HOOK, 'api/old/main.py': HOOK, 'jobs/main.py': HOOK };
    expect(candidates(files, ['api/**'], ['old']).paths).toEqual(['api/main.py']);
  });

  it('say why a file is left alone', () => {
    const { paths, leftAlone } = candidates({
      'nul.py': `${HOOK}\0`,
      'latin.py': Buffer.from('# -*- coding: latin-1 -*-\nlifespan = "é"\n', 'latin1'),
      'big.py': HOOK + '#'.repeat(1_100_000),
      'made.py': `# @generated\n${HOOK}`,
      'minified.py': `${HOOK}x = "${'y'.repeat(30_000)}"\n`,
      'bom.py': `\ufeff${HOOK}`,
      'docs.py': `"""Serves the auto-generated pages."""\n${HOOK}`,
    });
    expect(paths).toEqual(['bom.py', 'docs.py']);
    expect(Object.fromEntries(leftAlone.map(({ path, why }) => [path, why]))).toEqual({
      'big.py': expect.stringContaining('MiB'),
      'latin.py': expect.stringContaining('latin-1'),
      'made.py': expect.stringContaining('generated'),
      'minified.py': expect.stringContaining('minified'),
      'nul.py': expect.stringContaining('NUL'),
    });
  });

  it.skipIf(process.platform === 'win32')('are no links, and imports are not followed out of the root', () => {
    const outside = folderWith({ 'secret.py': HOOK });
    const folder = folderWith({ 'main.py': HOOK });
    symlinkSync(join(outside, 'secret.py'), join(folder, 'secret.py'));
    symlinkSync(outside, join(folder, 'more'));
    const project = openProject([folder], { include: [], exclude: [] });
    expect(project.candidates(python).files.map(({ path }) => path)).toEqual(['main.py']);
    expect([
      project.files.read('secret.py'),
      project.files.read('more/secret.py'),
      project.files.read('../secret.py'),
    ]).toEqual([undefined, undefined, undefined]);
  });
});

describe('path globs', () => {
  it.each([
    ['*.py', 'a/b.py', true],
    ['tests', 'a/tests/b.py', true],
    ['/tests', 'a/tests/b.py', false],
    ['a/**/c.py', 'a/c.py', true],
    ['a/**/c.py', 'a/b/b/c.py', true],
    ['a/*/c.py', 'a/b/b/c.py', false],
    ['src/', 'src/a.py', true],
    ['?.py', 'ab.py', false],
  ])('%s on %s', (pattern, path, expected) => {
    expect(compilePathGlob(pattern)(path)).toBe(expected);
  });

  it('match every path that they are made from', () => {
    const segment = fc.constantFrom('a', 'bb', 'c.py');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(segment, fc.constantFrom('same', '*', '**')), { minLength: 1, maxLength: 6 }),
        (parts) => {
          const path = parts.map(([name]) => name).join('/');
          const pattern = parts.map(([name, how]) => (how === 'same' ? name : how)).join('/');
          expect(compilePathGlob(pattern)(path)).toBe(true);
        },
      ),
    );
  });
});
