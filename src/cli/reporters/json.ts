import type { Report } from '../../core/index.ts';
import { UNSEEN } from '../printable.ts';

/** The JSON report, alone on its stream. */
export function jsonReport(report: Report): string {
  return jsonText(report);
}

/** JSON that may go to a terminal: what it must not show raw stands in strings only, and is written as an escape there. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(UNSEEN, asEscapes);
  return `${text}\n`;
}

/** One escape for each UTF-16 code unit, as JSON has it. */
function asEscapes(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
