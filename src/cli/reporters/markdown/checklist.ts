import type { ChecklistPoint } from '../../../index.ts';
import { count } from '../count.ts';
import type { Findings } from '../report-source.ts';
import { code, plain } from './escape.ts';
import type { Section } from './fit.ts';

/** The ten points of `verify`, as they stand before this change. */
export function checklistSections({ checklist = [], changes }: Findings): readonly Section[] {
  if (checklist.length === 0) return [];
  const title = changes.length > 0 ? '### The checklist, before this change' : '### The checklist';
  return [{ head: [title, ''], items: checklist.map(pointLine), noun: 'points', rank: 5 }];
}

function pointLine({ statement, state, places, why }: ChecklistPoint): string {
  if (state === 'passed') return `- passed: ${statement}`;
  if (state === 'not applicable') return `- not applicable: ${statement}${why === undefined ? '' : ` (${plain(why)})`}`;
  const shown = places.slice(0, SHOWN).map(({ path, line, what }) => `${code(`${path}:${line}`)} ${plain(what)}`);
  const more = places.length > SHOWN ? `; ${count(places.length - SHOWN, 'more place')}` : '';
  return `- **failed**: ${statement}: ${shown.join('; ')}${more}`;
}

/** Places of a failed point; `verify` lists them all. */
const SHOWN = 3;
