import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type ReportSource, reporters } from '../../src/cli/reporters/index.ts';
import { hostile, SERVER, sourceOf } from './findings.ts';

let source: ReportSource;
beforeAll(async () => {
  source = await sourceOf({ 'app/main.py': SERVER });
});

describe('the annotations', () => {
  it('begin with what never returns, as an error', () => {
    const [first, ...others] = commandsOf(reporters.github(source));
    expect(first).toMatchObject({
      kind: 'error',
      properties: { file: 'app/main.py', line: '44', title: 'Startup awaits a call that never returns' },
      message: expect.stringContaining('purge_expired_sessions never returns'),
    });
    expect(others.map(({ kind }) => kind)).toEqual(['warning', 'warning', 'notice', 'notice', 'notice']);
  });

  it('say what --write does about it', () => {
    const [first] = commandsOf(reporters.github(source));
    expect(first?.message.split('\n')[1]).toBe('startup-codemod --write: Run purge_expired_sessions in the background');
  });

  it.each([
    ['/home/runner/work/shop', '/home/runner/work/shop/api', 'api/app/main.py'],
    ['/home/runner/work/shop', '/home/runner/work/shop', 'app/main.py'],
    ['/home/runner/work/shop', '/elsewhere', 'app/main.py'],
  ])('name files from the top of the repository: %s, run in %s', (top, root, file) => {
    vi.stubEnv('GITHUB_WORKSPACE', top);
    const [first] = commandsOf(reporters.github({ ...source, root }));
    vi.unstubAllEnvs();
    expect(first?.properties.file).toBe(file);
  });

  it('are one command a line, whatever stands in the source', () => {
    const commands = commandsOf(reporters.github(hostile(source)));
    const clean = commandsOf(reporters.github(source));
    // The shutdown step is found by the hook's name, which is another one here.
    expect(commands.map(({ kind }) => kind)).toEqual(['error', ...clean.slice(0, -1).map(({ kind }) => kind)]);
    const never = commands.find(({ message }) => message.includes('never returns'));
    expect(never?.properties).toMatchObject({ line: '44', title: 'Startup awaits a call that never returns' });
    expect(never?.properties.file).toContain('::error file=x,line=1::owned');
    expect(never?.message).toContain('%0A::warning::owned');
    expect(never?.message).toContain('\\x1b[2J');
    expect(never?.message).toContain('\\u202egnp.exe');
  });
});

/** What GitHub's runner makes of the output (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs). */
function commandsOf(output: string) {
  const lines = output.split(/\r\n|\r|\n/).slice(0, -1);
  return lines.map((line) => {
    const [, kind = '', list = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
    const pairs = list.split(',').map((pair) => pair.split('=', 1).concat(pair.slice(pair.indexOf('=') + 1)));
    const properties = Object.fromEntries(pairs.map(([key, value = '']) => [key, unescaped(value)]));
    return { kind, properties, message: unescaped(message) };
  });
}

function unescaped(text: string): string {
  const marks: Readonly<Record<string, string>> = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
  return text.replace(/%0D|%0A|%3A|%2C|%25/g, (mark) => marks[mark] ?? mark);
}
