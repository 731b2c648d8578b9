import type { Report } from '../../core/index.ts';

/** The JSON report, alone on its stream. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
