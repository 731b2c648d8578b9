import { transforms } from '../transforms/index.ts';
import type { FileChange } from './core/index.ts';
import type { Plan } from './plan.ts';
import { writeAll } from './project/index.ts';
import type { Scan } from './scan.ts';
import { type VerifiedPlan, verifiedPlan } from './verify.ts';

/** Decisions → rewrites → new texts that were verified; what a dry run prints and `applyPlan` writes. */
export async function planRewrites(scan: Scan, options: { readonly unsafe: boolean }): Promise<VerifiedPlan> {
  const { transforms: wanted } = scan.analysis.config;
  const chosen = transforms.filter((transform) => wanted.length === 0 || wanted.includes(transform.id));
  return verifiedPlan(scan.analysis, scan.project.files, chosen, options);
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

export function applyPlan(scan: Scan, plan: Plan) {
  return writeAll(scan.project, [
    ...plan.creates.map((c) => ({ ...c, bom: false })),
    ...plan.files.map(({ file, after }) => ({ path: file.path, text: after, bom: file.bom })),
  ]);
}
