import { diffLines } from 'diff';
import type { Analysis } from '../analyse.ts';
import type { FileChange } from '../core/index.ts';
import type { Plan } from '../plan.ts';
import { filesOf } from './edited.ts';
import type { SourceEdits } from './source-edits.ts';

/** Every text that a plan changes or makes, by path; edits of the source that it does not touch among them. */
export function textsOf({ files, creates }: Plan, source: SourceEdits): ReadonlyMap<string, string> {
  const created = creates.map(({ path, text }) => [path, text] as const);
  return new Map([...source.texts, ...files.map(({ file, after }) => [file.path, after] as const), ...created]);
}

/** What differs between two such sets; a file that is in neither is the one on the disk. */
export function changesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  analysis: Analysis,
): readonly FileChange[] {
  const originals = new Map(filesOf(analysis).map(({ path, text }) => [path, text]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path) ?? originals.get(path), after.get(path) ?? originals.get(path)];
    if (old === now) return [];
    return [{ path, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) }];
  });
}

/** Removed and added lines, each with its sign; where they stand does not matter. */
export function changedLines(before: string, after: string): readonly string[] {
  return diffLines(before, after).flatMap(({ added, removed, value }) =>
    added || removed ? [`${added ? '+' : '-'}${value}`] : [],
  );
}
