import { join } from 'node:path';
import { transforms } from '../transforms/index.ts';
import type { FileChange, Transform } from './core/index.ts';
import type { Plan, PlanOptions } from './plan.ts';
import {
  type FileToWrite,
  findRoots,
  hashAt,
  recover,
  undoLastRun,
  type WriteOutcome,
  writeFiles,
} from './project/index.ts';
import type { Scan } from './scan.ts';
import { type VerifiedPlan, verifiedPlan } from './verify.ts';

/** Decisions → rewrites → new texts that were verified; what a dry run prints and `applyPlan` writes. */
export async function planRewrites(scan: Scan, options: PlanOptions): Promise<VerifiedPlan> {
  return verifiedPlan(scan.analysis, scan.project.files, chosenTransforms(scan), {
    ...options,
    except: new Set([...(options.except ?? []), ...unselected(scan)]),
  });
}

/** Files that the run is not about. */
export function unselected({ selected, analysis }: Scan): readonly string[] {
  if (selected === undefined) return [];
  const paths = analysis.languages.flatMap(({ facts }) => facts.files.map(({ file }) => file.path));
  return paths.filter((path) => !selected.has(path));
}

/** The transforms that options or configuration name; where they name none, or `defaults`, those that need not be asked for. */
export function chosenTransforms({ analysis }: Pick<Scan, 'analysis'>): readonly Transform[] {
  const { transforms: wanted } = analysis.config;
  const isDefault = wanted.length === 0 || wanted.includes('defaults');
  return transforms.filter(({ id, onRequest }) => wanted.includes(id) || (isDefault && !onRequest));
}

/** Candidates that are not, or no longer, what they were when the scan read them. */
export function changedFiles({ project, hashes }: Scan): readonly string[] {
  return [...hashes].filter(([path, hash]) => hashAt(join(project.root, path)) !== hash).map(([path]) => path);
}

/** What the plan changes on the disk: files that are made first, since the others import them. */
export function changesOf(plan: Plan): readonly FileChange[] {
  const created = plan.creates.map(({ path, text }) => ({ path, after: text }));
  const mark = (bom: boolean) => (bom ? '\ufeff' : '');
  const changed = plan.files.map(({ file, after }) => ({
    path: file.path,
    before: mark(file.bom) + file.text,
    after: mark(file.bom) + after,
  }));
  return [...created, ...changed];
}

/** Writes a plan, with files beside it; a file that has changed since it was read is named and left as it is, with what hangs on it. */
export function applyPlan(scan: Scan, plan: Plan, beside: readonly FileToWrite[] = []): WriteOutcome {
  const files = changesOf(plan).map(({ path, after }): FileToWrite => {
    const before = scan.hashes.get(path);
    const content = Buffer.from(after ?? '');
    return { path, content, needs: neededBy(path, plan), ...(before === undefined ? {} : { before }) };
  });
  return writeFiles(scan.project.root, [...files, ...beside]);
}

/** Finishes or takes back a run that was killed while it wrote below these paths; before anything is read. */
export function recoverEarlierRun(paths: readonly string[]): string | undefined {
  return recover(findRoots(paths).root);
}

/** Takes the last run back that wrote below this path; `undefined` where there is none. */
export function undoRun(path: string): WriteOutcome | undefined {
  return undoLastRun(findRoots([path]).root);
}

/** What else the rewrites of a file make or change: none of it makes sense alone. */
function neededBy(path: string, plan: Plan): readonly string[] {
  const touching = plan.rewrites.filter((rewrite) => rewrite.edits.some((edit) => edit.path === path));
  const paths = touching.flatMap(({ edits, creates }) => [...edits, ...creates].map((one) => one.path));
  return [...new Set(paths)].filter((other) => other !== path);
}
