import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOfProject, filesOf, runTool, type ToolRun, temporaryFolder } from '../end-to-end/tool.ts';

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

/** A server file that the tool rewrites, and that is no longer itself once it did. */
const server = readFileSync('fixtures/projects/single-lifespan/main.py', 'utf8');

describe('paths', () => {
  test('one that does not exist is wrong usage', () => {
    const run = runTool(temporaryFolder(), 'no-such-folder', '--dry-run');
    expectError(run, 2, 'no-such-folder');
  });

  test('one that is a file is rewritten like a folder with that file', () => {
    const folder = copyOfProject('single-lifespan');
    const run = runTool(folder, 'main.py', '--write');
    expect(run.status, run.stderr).toBe(0);
    expect(contentOf(folder, 'main.py')).toContain('startup_tasks.start(warm_cover_cache)');
  });

  test('a folder without Python is nothing to do', () => {
    const folder = folderWith({ 'README.md': '# Bücher\n' });
    const run = runTool(folder, '.', '--dry-run');
    expect(run).toMatchObject({ status: 0, stdout: '' });
    expect(run.stderr).toContain('Nothing to change');
  });

  test.skipIf(isWindows)('a link out of the root is neither read nor written through', () => {
    const outside = folderWith({ 'main.py': server, 'more/admin.py': server });
    const folder = folderWith({ 'app.py': server });
    symlinkSync(join(outside, 'main.py'), join(folder, 'linked.py'));
    symlinkSync(join(outside, 'more'), join(folder, 'more'));
    const run = runTool(folder, '.', '--write');
    expect(run.status, run.stderr).toBe(0);
    expect(contentOf(folder, 'app.py')).not.toBe(server);
    expect(contentOf(outside, 'main.py')).toBe(server);
    expect(contentOf(outside, 'more/admin.py')).toBe(server);
    expect([...filesOf(outside).keys()]).toEqual(['main.py', 'more/admin.py']);
  });
});

/** Files that cannot be rewritten, each in one piece with what a careless tool would change. */
const bad: Readonly<Record<string, { readonly bytes: string | Buffer; readonly status: number }>> = {
  'a syntax error': { bytes: `${server}\ndef broken(:\n    pass\n`, status: 3 },
  'Python 2': { bytes: `${server}\nprint "été"\nexec "1"\n`, status: 3 },
  'a NUL byte': { bytes: `${server}\n# \0\n`, status: 0 },
  'invalid UTF-8': { bytes: Buffer.concat([Buffer.from(server), Buffer.from([0x23, 0xff, 0xfe, 0x0a])]), status: 0 },
  'Latin-1 with a coding line': {
    bytes: Buffer.from(`# -*- coding: latin-1 -*-\n${server}# \u00e9\n`, 'latin1'),
    status: 0,
  },
  '5 MB': { bytes: `${server}\nDATA = """${'x'.repeat(5 * 1024 * 1024)}"""\n`, status: 0 },
};

describe.each(Object.entries(bad))('a file with %s', (_, { bytes, status }) => {
  const folder = folderWith({ 'bad.py': bytes, 'good.py': server });
  const run = runTool(folder, '.', '--write', '--verbose');

  test('stays as it is', () => {
    expect(readFileSync(join(folder, 'bad.py')).equals(Buffer.from(bytes))).toBe(true);
  });

  test('is named', () => {
    expect(run.stderr).toContain('bad.py');
    expect(run.status, run.stderr).toBe(status);
  });

  test('does not stop the others', () => {
    expect(contentOf(folder, 'good.py')).toContain('startup_tasks.start(warm_cover_cache)');
  });
});

describe('files', () => {
  test('2,000 nested brackets neither crash nor stop the others', () => {
    const nested = `${server}\nDEEP = ${'['.repeat(2000)}${']'.repeat(2000)}\n`;
    const folder = folderWith({ 'deep.py': nested, 'good.py': server });
    const run = runTool(folder, '.', '--write', '--verbose');
    expect([0, 3], run.stderr).toContain(run.status);
    expect(contentOf(folder, 'good.py')).not.toBe(server);
    if (run.status === 3) expect(contentOf(folder, 'deep.py')).toBe(nested);
  });

  test('one that is read-only stays as it is, and does not stop the others', () => {
    const folder = folderWith({ 'locked.py': server, 'good.py': server });
    chmodSync(join(folder, 'locked.py'), 0o444);
    const run = runTool(folder, '.', '--write', '--verbose');
    expect(contentOf(folder, 'locked.py')).toBe(server);
    expect(run.stderr).toContain('locked.py');
    expect(contentOf(folder, 'good.py')).not.toBe(server);
  });

  test.skipIf(isRoot || isWindows)('a folder that is read-only stays as it is', () => {
    const folder = folderWith({ 'locked/main.py': server, 'open/main.py': server });
    chmodSync(join(folder, 'locked'), 0o555);
    const run = runTool(folder, '.', '--write');
    chmodSync(join(folder, 'locked'), 0o755);
    expect(run.status).toBe(3);
    expect([...filesOf(join(folder, 'locked')).keys()]).toEqual(['main.py']);
    expect(contentOf(folder, 'locked/main.py')).toBe(server);
    expect(contentOf(folder, 'open/main.py')).not.toBe(server);
  });

  test('control characters of a source never reach the terminal', () => {
    const disguised = server.replace(
      '    await warm_cover_cache()',
      '    # TODO: temporarily disabled \u001b[2J\u202e\n    await warm_cover_cache()',
    );
    const run = runTool(folderWith({ 'main.py': disguised }), '.', '--dry-run', '--verbose');
    expect(run.stderr).toContain('temporarily disabled');
    expect(run.stderr).not.toContain('\u001b');
    expect(run.stderr).not.toContain('\u202e');
  });

  test('the JSON report names what could not be handled', () => {
    const folder = folderWith({ 'bad.py': `${server}\ndef broken(:\n`, 'good.py': server });
    const run = runTool(folder, '.', '--dry-run', '--format', 'json');
    expect(run.status).toBe(3);
    const report: { errors: readonly { path: string; message: string }[] } = JSON.parse(run.stdout);
    expect(report.errors.map((error) => error.path)).toEqual(['bad.py']);
    expect(report.errors[0]?.message).toContain('syntax error');
  });
});

const configs: Readonly<
  Record<string, { readonly path: string; readonly text: string; readonly says: readonly string[] }>
> = {
  'an unknown key': {
    path: 'startup-codemod.config.json',
    text: '{"confidenceTreshold": 0.5}',
    says: ['startup-codemod.config.json', 'confidenceTreshold'],
  },
  'a wrong type': {
    path: 'startup-codemod.config.json',
    text: '{"confidenceThreshold": "high"}',
    says: ['startup-codemod.config.json', 'confidenceThreshold', 'number'],
  },
  'YAML that is none': {
    path: 'startup-codemod.config.yaml',
    text: 'rules: [\n  - callee: "warm',
    says: ['startup-codemod.config.yaml'],
  },
  'TOML that is none': { path: 'pyproject.toml', text: '[tool.startup-codemod\n', says: ['pyproject.toml'] },
  'JSON that is none': {
    path: 'startup-codemod.config.json',
    text: '{"rules": [}',
    says: ['startup-codemod.config.json'],
  },
};

describe.each(Object.entries(configs))('a configuration with %s', (_, { path, text, says }) => {
  test('is an error that names the file and the fault, and nothing is written', () => {
    const folder = folderWith({ [path]: text, 'main.py': server });
    expectError(runTool(folder, '.', '--write'), 2, ...says);
    expect(contentOf(folder, 'main.py')).toBe(server);
  });
});

describe('a configuration', () => {
  test('that does not exist is an error', () => {
    const folder = folderWith({ 'main.py': server });
    expectError(runTool(folder, '.', '--dry-run', '--config', 'missing.json'), 2, 'missing.json');
  });

  test('with a pattern that could backtrack for ever does not hang the run', () => {
    const rules = [{ callee: `${'*a'.repeat(60)}b`, decision: 'critical' }];
    const folder = folderWith({
      'startup-codemod.config.json': JSON.stringify({ rules }),
      'main.py': server.replaceAll('warm_cover_cache', `warm_${'a'.repeat(200)}`),
    });
    const run = runTool(folder, '.', '--dry-run');
    expect(run.status, run.stderr).toBe(0);
  });
});

describe('a git work tree with changes', () => {
  test('is not written to without --allow-dirty', () => {
    const folder = repositoryWith({ 'main.py': server, 'notes.txt': 'á\n' });
    writeFileSync(join(folder, 'notes.txt'), 'ä\n');
    expectError(runTool(folder, '.', '--write'), 2, 'notes.txt', '--allow-dirty');
    expect(contentOf(folder, 'main.py')).toBe(server);
    expect(existsSync(join(folder, 'startup_tasks.py'))).toBe(false);
    expect(runTool(folder, '.', '--dry-run').status).toBe(0);
    expect(runTool(folder, '.', '--write', '--allow-dirty').status).toBe(0);
    expect(contentOf(folder, 'main.py')).not.toBe(server);
  });
});

describe('the exit status', () => {
  test('of --check is 1 where something would change, and 0 afterwards', () => {
    const folder = copyOfProject('single-lifespan');
    expect(runTool(folder, '.', '--check').status).toBe(1);
    expect(contentOf(folder, 'main.py')).toBe(server);
    expect(runTool(folder, '.', '--write').status).toBe(0);
    expect(runTool(folder, '.', '--check').status).toBe(0);
  });

  test.each([
    ['--no-such-option'],
    ['--dry-run', '--write'],
    ['--format', 'pdf'],
    ['--transform', 'no-such-transform'],
  ])('of wrong usage is 2: %s %s', (...args) => {
    const folder = copyOfProject('single-lifespan');
    expect(runTool(folder, '.', ...args).status).toBe(2);
    expect(contentOf(folder, 'main.py')).toBe(server);
  });
});

/** The run failed with the status, said all of that in a line or two, and printed no stack trace. */
function expectError(run: ToolRun, status: number, ...says: readonly string[]): void {
  expect(run.status, run.stderr).toBe(status);
  expect(run.stdout).toBe('');
  for (const part of says) expect(run.stderr).toContain(part);
  expect(run.stderr).not.toMatch(/^ {4}at /m);
}

function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  const author = ['-c', 'user.name=Zoë', '-c', 'user.email=zoe@example.org', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    ['commit', '--quiet', '--message', 'Begin'],
  ]) {
    const run = spawnSync('git', [...author, ...args], { cwd: folder, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
  }
  return folder;
}

function contentOf(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
