import { execFileSync } from 'node:child_process';
// These imports make the environments of Node and Python: before the tests, so that no test has to wait for them.
import './node-environment.ts';
import './python-environment.ts';

/** Compiles the tool once before the tests that run it as a user does. */
export default function build(): void {
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit', shell: process.platform === 'win32' });
}
