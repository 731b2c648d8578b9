import { spawnSync } from 'node:child_process';
import type { Repository } from './open.ts';
import { type RemoteAddress, upstreamOf } from './remote.ts';

/** A program that opens pull requests. */
export type ForgeProgram = 'gh' | 'glab';

export interface PullRequest {
  readonly title: string;
  /** The branch with the commits. */
  readonly branch: string;
  /** The branch that it goes into; missing for the default one. */
  readonly target?: string;
  readonly body: string;
  readonly bodyFile: string;
  readonly draft: boolean;
}

/** What a program can do here. */
export type ForgeState = 'ready' | 'not installed' | 'not signed in';

/** The programs that speak to a host, the likeliest first. */
export function programsFor({ host }: RemoteAddress): readonly ForgeProgram[] {
  if (/(^|\.)github\./.test(host)) return ['gh'];
  if (/(^|\.)gitlab\./.test(host)) return ['glab'];
  return ['gh', 'glab'];
}

/** Whether a program is installed, and signed in at the host. */
export function stateOf(program: ForgeProgram, { host }: RemoteAddress, cwd: string): ForgeState {
  const { missing, status } = run(program, ['auth', 'status', '--hostname', host], cwd);
  if (missing) return 'not installed';
  return status === 0 ? 'ready' : 'not signed in';
}

/** The arguments with which a program opens a pull request; one from a fork goes to the remote `upstream`. */
export function openingArguments(
  program: ForgeProgram,
  request: PullRequest,
  address: RemoteAddress,
  repository: Repository,
): readonly string[] {
  const upstream = upstreamOf(repository);
  const parent = upstream?.host === address.host && upstream.path !== address.path ? upstream : undefined;
  const { title, branch, target, body, bodyFile, draft } = request;
  const urlOf = ({ host, path }: RemoteAddress) => `https://${host}/${path}`;
  const common = ['--title', title, ...(draft ? ['--draft'] : [])];
  if (program === 'gh') {
    const head = parent ? `${address.path.split('/', 1)[0]}:${branch}` : branch;
    const base = target === undefined ? [] : ['--base', target];
    return [
      'pr',
      'create',
      '--repo',
      urlOf(parent ?? address),
      '--head',
      head,
      ...base,
      ...common,
      '--body-file',
      bodyFile,
    ];
  }
  const into = target === undefined ? [] : ['--target-branch', target];
  const from = ['--source-branch', branch, ...(parent ? ['--head', urlOf(address)] : [])];
  return [
    'mr',
    'create',
    '--repo',
    urlOf(parent ?? address),
    ...from,
    ...into,
    ...common,
    '--description',
    body,
    '--yes',
  ];
}

/** Opens a pull request. Gives its address, or what the program said instead. */
export function openPullRequest(
  program: ForgeProgram,
  args: readonly string[],
  cwd: string,
): { readonly address: string } | { readonly failed: string } {
  const { status, output, said } = run(program, args, cwd);
  if (status !== 0) return { failed: said.trim() || output.trim() || 'it failed' };
  return { address: /https?:\/\/\S+/.exec(output)?.[0] ?? output.trim() };
}

/** The page on which a person opens it. */
export function pageFor(program: ForgeProgram, { host, path }: RemoteAddress, branch: string, target = ''): string {
  const encoded = (name: string) => name.split('/').map(encodeURIComponent).join('/');
  if (program === 'gh') {
    const range = target === '' ? encoded(branch) : `${encoded(target)}...${encoded(branch)}`;
    return `https://${host}/${path}/compare/${range}?expand=1`;
  }
  const query = new URLSearchParams({ 'merge_request[source_branch]': branch });
  if (target !== '') query.set('merge_request[target_branch]', target);
  return `https://${host}/${path}/-/merge_requests/new?${query}`;
}

/** Runs a program that is never to ask anything. */
function run(program: ForgeProgram, args: readonly string[], cwd: string) {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GH_PROMPT_DISABLED: '1', NO_PROMPT: '1', NO_COLOR: '1' },
  });
  const missing = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  return { missing, status, output: stdout ?? '', said: stderr ?? '' };
}
