import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { interpreters, python } from '../python-environment.ts';

const helper = resolve('src/runtime/python/startup_tasks.py');
const tests = resolve('test/runtime/test_startup_tasks.py');
const targets = ['py39', 'py310', 'py311', 'py312', 'py313', 'py314'];
const lineLengths = ['79', '88', '100', '120'];

describe.each(interpreters())('on Python 3.$minor', ({ path }) => {
  test('compiles', async () => {
    expect(await run(path, '-c', `compile(open(${JSON.stringify(helper)}).read(), 'startup_tasks.py', 'exec')`)).toBe(
      '',
    );
  });

  test('passes its own tests without a warning', async () => {
    await runUnitTests(path);
  });
});

test('passes its own tests beside anyio', async () => {
  expect(await runUnitTests(python())).not.toContain('anyio is not installed');
});

test('starts with the line that makes it known again', () => {
  expect(readFileSync(helper, 'utf8')).toMatch(/^# startup-codemod runtime helper, version 1\n/);
});

describe('the text that is copied into a project', () => {
  test('passes mypy --strict', async () => {
    expect(await run(python(), '-m', 'mypy', '--strict', '--cache-dir', '.cache/mypy', helper)).toContain('Success');
  });

  test.each(targets)('passes ruff for %s at the shortest line length', async (target) => {
    const rules = ['--select', 'E,F,B,I,UP,ASYNC,RUF006', '--line-length', '79', '--target-version', target];
    expect(await run(python(), '-m', 'ruff', 'check', '--isolated', '--no-cache', ...rules, helper)).toContain(
      'passed',
    );
  });

  test.each(lineLengths)('is formatted already at a line length of %s', async (length) => {
    await run(python(), '-m', 'ruff', 'format', '--isolated', '--no-cache', '--check', '--line-length', length, helper);
  });
});

/** Warnings are errors, and what asyncio says of lost tasks and coroutines is looked for in the output. */
async function runUnitTests(interpreter: string): Promise<string> {
  const output = await run(interpreter, '-X', 'dev', '-W', 'error', tests, '--verbose');
  expect(output).toMatch(/Ran \d\d tests/);
  expect(output).not.toMatch(/never awaited|was destroyed but it is pending|never retrieved|Exception ignored/);
  return output;
}

async function run(command: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(command, args, {
    env: { ...process.env, PYTHONPATH: resolve('src/runtime/python'), PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [status] = await once(child, 'close');
  expect(status, output).toBe(0);
  return output;
}
