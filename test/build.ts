import { execFileSync } from 'node:child_process';
// The first import makes the Python environment: before the tests, so that no test has to wait for it.
import './python-environment.ts';

/** Compiles the tool once before the tests that run it as a user does. */
export default function build(): void {
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit', shell: process.platform === 'win32' });
}
