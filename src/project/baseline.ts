import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { type AcceptedFinding, UserError } from '../core/index.ts';
import { disk, removeQuietly, writeWhole } from './disk.ts';
import { reasonOf } from './write-errors.ts';

const finding = z
  .strictObject({
    path: z.string().min(1),
    hook: z.string(),
    callee: z.string().min(1).optional(),
    transform: z.string().min(1).optional(),
    count: z.int().min(1),
  })
  .refine(
    ({ callee, transform }) => (callee === undefined) !== (transform === undefined),
    'needs one of callee, transform',
  );

const schema = z.strictObject({ version: z.literal(1), findings: z.array(finding) });

/** The accepted findings in a file. One that is missing or no baseline is a `UserError`. */
export function readBaseline(file: string): readonly AcceptedFinding[] {
  if (!existsSync(file)) {
    throw new UserError(
      `${file}: no such baseline`,
      'Write it once with --baseline FILE --update-baseline, and commit it.',
    );
  }
  const data = dataOf(file);
  const result = schema.safeParse(data);
  if (result.success) {
    return result.data.findings.map(({ path, hook, callee, transform, count }) => ({
      path,
      hook,
      count,
      ...(callee === undefined ? {} : { callee }),
      ...(transform === undefined ? {} : { transform }),
    }));
  }
  const [issue] = result.error.issues;
  throw broken(file, `\`${issue?.path.join('.') ?? ''}\`: ${issue?.message ?? ''}`);
}

/** Whether there is such a file, of any content. */
export function hasBaseline(file: string): boolean {
  return existsSync(file);
}

/** Writes a baseline whole or not at all, one finding a line, so that branches merge. */
export function writeBaseline(file: string, findings: readonly AcceptedFinding[]): void {
  const lines = findings.map((entry) => `    ${JSON.stringify(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  const path = resolve(file);
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.new`);
  try {
    removeQuietly(temporary, disk);
    writeWhole(temporary, Buffer.from(`{\n  "version": 1,\n  "findings": ${list}\n}\n`), disk);
    disk.rename(temporary, path);
  } catch (error) {
    removeQuietly(temporary, disk);
    throw new UserError(
      `${file}: the baseline ${reasonOf(error)}`,
      'Name a file in a folder that exists and can be written.',
    );
  }
}

function dataOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw broken(file, (error as Error).message);
  }
}

function broken(file: string, why: string): UserError {
  return new UserError(
    `${file}: not a baseline: ${why}`,
    'Put it right (a merge may have left its marks), or write it anew with --update-baseline.',
  );
}
