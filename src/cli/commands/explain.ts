import type { Command } from 'commander';
import { type ExplainedStep, type Explanation, explain, scanAround, traps, UserError } from '../../index.ts';
import { printable } from '../printable.ts';

/** `startup-codemod explain FILE:LINE`: everything that one decision rests on. */
export function explainLine(program: Command, done: (status: number) => void): void {
  program
    .command('explain')
    .description('say all that the decision at a line rests on, and what would change it; or what a trap is')
    .argument('<file:line | code>', 'a line of a file, a file for all of its startup calls, or the code of a trap')
    .option('--config <file>', 'configuration file')
    .helpOption('--help', 'show this help')
    .action(async (place: string, _: unknown, command: Command) => {
      if (/^SC\d+$/i.test(place)) {
        process.stdout.write(`${trapLines(place.toUpperCase()).join('\n')}\n`);
        return done(0);
      }
      const { config } = command.optsWithGlobals<{ readonly config?: string }>();
      const { file, line } = placeIn(place);
      const { scan, path } = await scanAround(file, config === undefined ? {} : { configFile: config });
      process.stdout.write(
        `${linesOf(await explain(scan, path, line))
          .map(printable)
          .join('\n')}\n`,
      );
      done(0);
    });
}

function trapLines(code: string): readonly string[] {
  const kind = traps.find((one) => one.code === code);
  if (kind === undefined)
    throw new UserError(`${code} is no trap`, `There are ${traps.map((one) => one.code).join(', ')}.`);
  const { title, why, instead } = kind;
  return [
    `${code}: ${title}`,
    '',
    why,
    '',
    instead,
    '',
    `A comment at the line ends it: startup-codemod: ignore ${code}`,
  ];
}

/** `src/main.py:12`, `src/main.py:12:5`, `src/main.py`. */
function placeIn(place: string): { readonly file: string; readonly line?: number } {
  const [, file, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(place) ?? [];
  if (file === undefined || line === undefined) {
    if (place.trim() === '') throw new UserError('explain was given no file', 'Name a line: explain src/main.py:12.');
    return { file: place };
  }
  return { file, line: Number(line) };
}

function linesOf({ path, line, steps, notes }: Explanation): readonly string[] {
  const place = line === undefined ? path : `${path}:${line}`;
  const intro = steps.length === 0 ? [place] : [];
  const parts = steps.map((step) => stepLines(path, step).join('\n'));
  return [...intro, ...(parts.length === 0 ? [] : [parts.join('\n\n')]), ...notes.map((note) => `  ${note}`)];
}

function stepLines(
  path: string,
  { hook, calls, decision, threshold, row, decidedBy, ways }: ExplainedStep,
): readonly string[] {
  const [first, ...others] = calls;
  const { verdict, confidence, reason, hazards, evidence, applicability, cost } = decision;
  return [
    `${path}:${first?.line} ${first?.callee}: ${verdict}`,
    `  in ${hook.name} (${hook.framework}, ${hook.form}, line ${hook.line})`,
    ...(others.length === 0
      ? []
      : [`  decided together with ${others.map((call) => `${call.callee} (line ${call.line})`).join(', ')}`]),
    `  reason      ${reason}`,
    `  decided by  ${decidedBy}`,
    `  matrix      ${row.category}: ${row.side} by default`,
    `  confidence  ${confidence.toFixed(2)}, the threshold is ${threshold}`,
    `  cost        ${[cost, ...costReason(calls)].join(': ')}`,
    `  as a move   ${applicability}`,
    '  evidence',
    ...(evidence.length === 0
      ? ['    none']
      : evidence.map(({ what, weight, favours, at, rule }) => {
          return `    ${`${weight.toFixed(1)} for ${favours}`.padEnd(18)} ${what}${at === undefined ? '' : ` (${at})`} [${rule}]`;
        })),
    ...(hazards.length === 0 ? [] : ['  hazards']),
    ...hazards.map(({ kind, what, at, severity }) => {
      return `    ${severity.padEnd(18)} ${what}${at === undefined ? '' : ` (${at.path}:${at.line})`} [${kind}]`;
    }),
    '  what would change it',
    ...ways.map((way) => `    ${way}`),
  ];
}

function costReason(calls: ExplainedStep['calls']): readonly string[] {
  const [seen] = calls.flatMap(({ body }) => (body?.costReason === undefined ? [] : [body]));
  if (seen === undefined) return [];
  return [`${seen.costReason}${seen.costAt === undefined ? '' : ` (${seen.costAt.path}:${seen.costAt.line})`}`];
}
