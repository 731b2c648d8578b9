import { describe, expect, it } from 'vitest';
import { codeOwners, ownersIn } from '../../src/project/repository/code-owners.ts';
import { folderWith } from './temporary-folder.ts';

describe('owners of files', () => {
  const owners = ownersIn(
    [
      '# the rules of everybody',
      '* @everybody',
      '*.js    @js-owner # not @nobody',
      '/build/logs/ @doctocat',
      'docs/* docs@example.com',
      'apps/ @octocat',
      '/scripts/ @doctocat @octocat',
      '**/logs @logs',
      '/apps/github',
      'path\\ with\\ spaces/ @space',
      '\\#notes.md @hash',
      '/Upper/ @upper',
    ].join('\n'),
  );

  it.each([
    ['main.py', ['@everybody']],
    ['src/deep/index.js', ['@js-owner']],
    ['build/logs/today.txt', ['@logs']],
    ['docs/start.md', ['docs@example.com']],
    ['docs/build/trouble.md', ['@everybody']],
    ['src/apps/x.py', ['@octocat']],
    ['scripts/run.py', ['@doctocat', '@octocat']],
    ['apps/github/main.py', []],
    ['path with spaces/a.py', ['@space']],
    ['#notes.md', ['@hash']],
    ['upper/a.py', ['@everybody']],
    ['Upper/a.py', ['@upper']],
  ])('%s: %j', (path, expected) => {
    expect(owners(path)).toEqual(expected);
  });

  it('come from every section of GitLab, with the default of the section', () => {
    const gitlab = ownersIn(
      [
        '* @general',
        '[Docs][2] @docs-team',
        'docs/',
        'README.md @readme',
        '^[Database] @dba',
        'model/db/',
        '!model/db/x.rb',
        '[docs]',
        '*.txt',
      ].join('\n'),
    );
    expect(gitlab('docs/a.md')).toEqual(['@general', '@docs-team']);
    expect(gitlab('README.md')).toEqual(['@general', '@readme']);
    expect(gitlab('model/db/y.rb')).toEqual(['@general', '@dba']);
    expect(gitlab('model/db/x.rb')).toEqual(['@general']);
    expect(gitlab('a.txt')).toEqual(['@general']);
  });

  it('are read from the first file that GitHub or GitLab knows', () => {
    const folder = folderWith({ '.github/CODEOWNERS': '* @a\n', CODEOWNERS: '* @b\n' });
    expect(codeOwners(folder)?.('main.py')).toEqual(['@a']);
    expect(codeOwners(folderWith({ '.gitlab/CODEOWNERS': '* @c\n' }))?.('main.py')).toEqual(['@c']);
    expect(codeOwners(folderWith({ 'main.py': '' }))).toBeUndefined();
  });
});
