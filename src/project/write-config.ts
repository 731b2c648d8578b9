import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../core/index.ts';
import { disk, writeWhole } from './disk.ts';
import { reasonOf } from './write-errors.ts';

/** Writes a file that is not there yet. One that is, also as a link, is a `UserError`. */
export function writeNewFile(path: string, text: string): void {
  try {
    writeWhole(path, Buffer.from(text), disk);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UserError(`${path} ${isThere ? 'is there already' : reasonOf(error)}`, 'Nothing was written.');
  }
}

/** Where an editor finds the schema of the configuration: in the installed package, else where npm packages are served. */
export function schemaAddress(folder: string, version: string): string {
  const own = 'node_modules/startup-codemod/dist/startup-codemod.schema.json';
  return existsSync(join(folder, own))
    ? `./${own}`
    : `https://unpkg.com/startup-codemod@${version}/dist/startup-codemod.schema.json`;
}
