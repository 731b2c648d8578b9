import type { FileError } from '../../index.ts';
import { printable } from '../printable.ts';

/** A line for each file that could not be handled. */
export function notHandled(errors: readonly FileError[]): string {
  return errors.map(({ path, message }) => `${printable(`not handled  ${path}: ${message}`)}\n`).join('');
}
