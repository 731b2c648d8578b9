import { describe, expect, it } from 'vitest';
import { pageFor, programsFor } from '../../src/project/repository/forge.ts';
import { addressIn } from '../../src/project/repository/remote.ts';

describe('the address of a remote', () => {
  it.each([
    ['git@github.com:team/cafe.git', 'github.com', 'team/cafe'],
    ['https://github.com/team/cafe', 'github.com', 'team/cafe'],
    ['https://user:secret@github.com/team/cafe.git', 'github.com', 'team/cafe'],
    ['ssh://git@ssh.github.com:443/team/cafe.git', 'github.com', 'team/cafe'],
    ['ssh://git@gitlab.example.com:2222/group/sub/cafe.git/', 'gitlab.example.com', 'group/sub/cafe'],
    ['gitlab.com:group/sub/cafe', 'gitlab.com', 'group/sub/cafe'],
  ])('%s', (url, host, path) => {
    expect(addressIn(url)).toEqual({ host, path });
  });

  it.each(['/srv/git/cafe.git', '../cafe.git', 'file:///srv/git/cafe.git', 'C:\\git\\cafe', ''])(
    '%s has none',
    (url) => {
      expect(addressIn(url)).toBeUndefined();
    },
  );
});

describe('the page of a pull request', () => {
  it('compares branches on GitHub, names encoded', () => {
    const page = pageFor('gh', { host: 'github.com', path: 'team/cafe' }, 'startup/ä#1', 'main');
    expect(page).toBe('https://github.com/team/cafe/compare/main...startup/%C3%A4%231?expand=1');
  });

  it('is a new merge request on GitLab', () => {
    const page = new URL(pageFor('glab', { host: 'gitlab.com', path: 'a/b/cafe' }, 'startup/x&y', 'main'));
    expect(page.pathname).toBe('/a/b/cafe/-/merge_requests/new');
    expect(Object.fromEntries(page.searchParams)).toEqual({
      'merge_request[source_branch]': 'startup/x&y',
      'merge_request[target_branch]': 'main',
    });
  });

  it('belongs to the program that knows the host', () => {
    expect(programsFor({ host: 'github.com', path: '' })).toEqual(['gh']);
    expect(programsFor({ host: 'git.gitlab.example.com', path: '' })).toEqual(['glab']);
    expect(programsFor({ host: 'git.example.com', path: '' })).toEqual(['gh', 'glab']);
  });
});
