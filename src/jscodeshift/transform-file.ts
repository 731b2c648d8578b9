import { applyPlan, changesOf, planRewrites, reportOf, type Scan, scan, type VerifiedPlan } from '../index.ts';
import { messagesOf } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { type RunnerOptions, readOptions } from './options.ts';

/** A file as jscodeshift's runner hands it over. */
export interface TransformRequest {
  readonly path: string;
  readonly source: string;
  readonly options: RunnerOptions;
}

/** The new text, missing where nothing changes, and what the runner is to report. */
export interface TransformAnswer {
  readonly text?: string;
  readonly messages: readonly string[];
}

/** Rewrites one file as the command does, and leaves the writing of it to the runner; the helper it writes itself. */
export async function transformFile({ path, source, options }: TransformRequest): Promise<TransformAnswer> {
  const planned = await plannedFor(path, options);
  const needsHelper = planned.verified.plan.creates.length > 0 && !options.dry;
  return needsHelper
    ? oneAtATime(planned.found.project.root, () => withHelper(path, source, options))
    : answerTo(planned, source, []);
}

interface Planned {
  readonly found: Scan;
  readonly verified: VerifiedPlan;
}

async function plannedFor(path: string, options: RunnerOptions): Promise<Planned> {
  const { unsafe, ...chosen } = readOptions(options);
  const found = await scan({ ...chosen, paths: [path], languages: ['typescript'] });
  return { found, verified: await planRewrites(found, { unsafe }) };
}

/** Plans once more, since another process of the runner may have written the helper, and writes what is still missing. */
async function withHelper(path: string, source: string, options: RunnerOptions): Promise<TransformAnswer> {
  const planned = await plannedFor(path, options);
  const helperOnly = { ...planned.verified.plan, files: [], rewrites: [] };
  const { failed } = applyPlan(planned.found, helperOnly);
  return answerTo(
    planned,
    source,
    failed.map((error) => `${error.path} ${error.message}`),
  );
}

function answerTo({ found, verified }: Planned, source: string, failures: readonly string[]): TransformAnswer {
  const report = reportOf(found.analysis, verified.plan, [...found.errors, ...verified.errors]);
  const change = changesOf(verified.plan).find(({ before }) => before !== undefined);
  const stale = change && change.before !== source ? ['it has changed since it was read: run again'] : [];
  const problems = [...failures, ...stale].map((problem) => `left as it is: ${problem}`);
  const messages = [...messagesOf(report), ...problems];
  return change?.after === undefined || problems.length > 0 ? { messages } : { text: change.after, messages };
}
