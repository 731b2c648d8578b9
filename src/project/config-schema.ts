import { z } from 'zod';
import { CATEGORIES } from '../core/index.ts';

/** One entry of `rules`. */
export const ruleSchema = z
  .strictObject({
    callee: z
      .string()
      .min(1)
      .max(200)
      .describe('Glob over the dotted name of the callee, as written or resolved: `*.warm_*`')
      .optional(),
    category: z.enum(CATEGORIES).describe('A row of the decision matrix').optional(),
    decision: z.enum(['critical', 'background']).describe('What is decided for the calls that match'),
    reason: z.string().min(1).max(500).describe('The sentence that becomes the comment').optional(),
  })
  .refine((value) => value.callee !== undefined || value.category !== undefined, 'needs a `callee` or a `category`');

const calls = z.int().min(0);

const budget = z.union([
  calls,
  z.strictObject({
    total: calls.describe('In all hooks together').optional(),
    perHook: calls.describe('In any one hook').optional(),
    hooks: z.record(z.string(), calls).describe('By a glob over `path:name of the hook`').optional(),
  }),
]);

const route = z.string().regex(/^\/[\w\-./]{1,99}$/, 'must be a path, as `/ready`');

const globs = z.array(z.string().min(1).max(500));

/** What a user may write in a configuration file. Anything else is an error. */
export const configSchema = z.strictObject({
  $schema: z.string().describe('The JSON Schema of this file, for editors').optional(),
  include: globs.describe('Globs over paths: only these files are looked at').default([]),
  exclude: globs.describe('Globs over paths: these files are left alone').default([]),
  languages: z.array(z.string()).describe('Only these languages').default([]),
  frameworks: z.array(z.string()).describe('Only hooks of these frameworks').default([]),
  transforms: z
    .array(z.string())
    .describe('Only these transforms; `defaults` stands for those that need not be named')
    .default([]),
  rules: z
    .array(ruleSchema)
    .describe('Decisions for callees or categories; the first rule that matches wins')
    .default([]),
  confidenceThreshold: z
    .number()
    .min(0)
    .max(1)
    .describe('Below this confidence a call is undecided and stays awaited')
    .default(0.6),
  leaveReturnsAtOnce: z.boolean().describe('Leave calls alone that only start a task of their own').default(false),
  remarks: z.enum(['hooks', 'server-files', 'none']).describe('Where temporary remarks are removed').default('hooks'),
  touch: z.enum(['moved', 'all']).describe('Comment and guard hooks in which something moves, or all').default('moved'),
  concurrency: z.int().min(1).max(64).describe('How many background steps of an app run at a time').default(1),
  maxBlockingCalls: budget
    .describe('How many startup calls may stay awaited, in the whole run or by hook; more fail `--check`')
    .default({}),
  thresholds: z
    .record(
      z.string().regex(/^[A-Za-z_$][\w$]{0,99}$/, 'must be a name, as it is assigned to'),
      z.strictObject({
        atLeast: z.number().describe('A smaller number is raised to this one'),
        reason: z.string().min(1).max(500).describe('The sentence that becomes the comment').optional(),
      }),
    )
    .describe('Named numbers that are too low for this application, and are raised where they are assigned')
    .default({}),
  readiness: z
    .strictObject({
      ready: route.describe('Path of the endpoint that answers 200 or 503').default('/ready'),
      startup: route.describe('Path of the endpoint that shows each step').default('/health/startup'),
      required: z.array(z.string().min(1)).describe('Names of steps without which an app is not ready').default([]),
    })
    .describe('What `readiness-endpoints` adds')
    .prefault({}),
  helper: z
    .strictObject({
      path: z.string().min(1).describe('Where the runtime helper goes, relative to the root').optional(),
      import: z.string().min(1).describe('The module that it is imported from').optional(),
    })
    .describe('Place of the runtime helper')
    .prefault({}),
});

/** The JSON Schema of the configuration, for editors. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(configSchema, { io: 'input' }), title: 'startup-codemod configuration' };
}
