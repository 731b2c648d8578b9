import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from './npm-environment.ts';

const packages = await installed('node-packages');

/** The folder with what `test/node-packages` names. */
export function nodeModules(): string {
  return packages;
}

/** A tool of a package: `program('typescript', 'bin/tsc')` is to be run by Node. */
export function program(packageName: string, path: string): string {
  return join(nodeModules(), packageName, path);
}

/** Lets the projects that stand in a folder find the packages, as those of a workspace find them above them. */
export function linkPackages(folder: string): void {
  symlinkSync(nodeModules(), join(folder, 'node_modules'), 'junction');
}
