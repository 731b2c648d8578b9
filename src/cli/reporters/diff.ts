import type { Colors } from 'picocolors/types.js';
import type { FileChange } from '../../core/index.ts';
import { unifiedDiff } from '../../core/index.ts';
import { printable } from '../printable.ts';

/** The patch as `git apply` takes it. */
export function patch(changes: readonly FileChange[]): string {
  return changes.map(unifiedDiff).join('');
}

/** The same patch for a person's terminal: coloured, control characters written out. */
export function colouredPatch(changes: readonly FileChange[], colors: Colors): string {
  const lines = patch(changes).replaceAll('\r\n', '\n').split('\n');
  return lines.map((line) => colour(printable(line), colors)).join('\n');
}

function colour(line: string, colors: Colors): string {
  if (/^(diff|---|\+\+\+|new file)/.test(line)) return colors.bold(line);
  if (line.startsWith('@@')) return colors.cyan(line);
  if (line.startsWith('+')) return colors.green(line);
  if (line.startsWith('-')) return colors.red(line);
  return line;
}
