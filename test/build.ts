import { execFileSync } from 'node:child_process';
import { pythonEnvironment } from './python-environment.ts';

/** Compiles the tool and makes the Python environment, once before the tests that run the tool as a user does. */
export default async function build(): Promise<void> {
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit', shell: process.platform === 'win32' });
  await pythonEnvironment();
}
