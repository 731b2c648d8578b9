import { z } from 'zod';
import { CATEGORIES, type Report, TRAP_CODES } from '../../../core/index.ts';

const line = z.int().min(1).describe('Counted from 1');
const path = z.string().describe('Relative to the folder in which the tool was run, with `/`');

const evidence = z.strictObject({
  what: z.string().describe('What was seen, as a phrase'),
  weight: z.number().describe('Positive: it favours the background; negative: startup waits'),
  at: z.string().describe('`path:line`').exactOptional(),
});

const call = z.strictObject({
  line,
  callee: z.string().describe('Dotted name as written'),
  wraps: z
    .string()
    .describe('The callee inside: this call is `asyncio.wait_for` or its like around it')
    .exactOptional(),
  form: z.enum(['await', 'detached', 'gather-member', 'sync']),
  decision: z.enum(['critical', 'background', 'undecided']),
  category: z.enum(CATEGORIES),
  confidence: z.number().min(0).max(1),
  decidedBy: z.enum(['review', 'directive', 'config', 'heuristics']),
  applicability: z.enum(['safe', 'unsafe', 'display-only']).describe('How far a background move may be trusted'),
  moves: z.boolean().describe("It runs in the background once this run's rewrites are written"),
  hazards: z.array(z.string()),
  cost: z.enum(['never-returns', 'returns-at-once', 'blocks-loop', 'finite', 'unknown']),
  reason: z.string().describe('The sentence that becomes the comment'),
  evidence: z.array(evidence),
});

const hook = z.strictObject({
  name: z.string(),
  framework: z.string(),
  form: z.enum(['lifespan', 'startup-event', 'before-listen', 'shutdown-event']),
  line,
  calls: z.array(call),
  shutdown: z.array(z.strictObject({ line, callee: z.string(), guarded: z.boolean() })),
  notes: z.array(z.string()),
});

const file = z.strictObject({
  path,
  language: z.string(),
  kind: z.enum(['server', 'standalone', 'other']),
  changed: z.boolean(),
  why: z.string().describe('Why it is no server').exactOptional(),
  hooks: z.array(hook).exactOptional(),
  removedRemarks: z.array(z.strictObject({ line, text: z.string() })).exactOptional(),
  thresholds: z
    .array(
      z.strictObject({
        line,
        name: z.string(),
        value: z.string(),
        atLeast: z.number(),
        state: z.enum(['enough', 'low', 'computed']),
      }),
    )
    .exactOptional(),
  traps: z
    .array(z.strictObject({ code: z.enum(TRAP_CODES), line, title: z.string(), what: z.string() }))
    .describe('Ways to start a server that are known to go wrong; `explain CODE` says more')
    .exactOptional(),
});

const count = z.int().min(0);

/** The JSON report, as it is printed. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  root: z.string(),
  files: z.array(file),
  errors: z.array(z.strictObject({ path, message: z.string() })),
  summary: z.strictObject({ files: count, hooks: count, critical: count, background: count, undecided: count }),
});

type ReadonlyDeep<T> = T extends object ? { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> } : T;
type IsSame<A, B> = [A, B] extends [B, A] ? true : false;

/** The schema says what the type says: where they part, this line does not compile. */
true satisfies IsSame<ReadonlyDeep<z.output<typeof reportSchema>>, Report>;

/** The JSON Schema of the report, for whoever reads it by program. */
export function reportJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(reportSchema), title: 'startup-codemod report' };
}
