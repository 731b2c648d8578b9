import { Node, SyntaxKind } from 'ts-morph';
import type { Place } from '../../../core/index.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { lineOf } from '../tree/own-nodes.ts';
import type { FunctionDefinition } from './functions.ts';

/** Decorators by which Nest calls a method again and again (docs.nestjs.com/techniques/task-scheduling). */
const SCHEDULES = /^(Cron|Interval)$/;

/** Calls that get a function which they call again and again. */
const REPEATS = /(^|\.)(setInterval|schedule|scheduleJob|CronJob|every|repeat\w*)$/;

/** Where a timer or a schedule of the same file calls the function again: what runs from time to time can run a little later, too. */
export function repeatedAt({ node, name, module }: FunctionDefinition): Place | undefined {
  const decorator = Node.isDecoratable(node)
    ? node.getDecorators().find((one) => SCHEDULES.test(one.getName()))
    : undefined;
  if (decorator) return { path: module.path, line: lineOf(decorator) };
  if (!/^[\w$]+$/.test(name)) return undefined;
  const named = new RegExp(`(^|[^\\w$])${name.replace(/\$/g, '\\$')}([^\\w$]|$)`);
  const kinds = [SyntaxKind.CallExpression, SyntaxKind.NewExpression] as const;
  const timer = kinds
    .flatMap((kind) => module.root.getDescendantsOfKind(kind))
    .find(
      (call) =>
        REPEATS.test(calleeText(call.getExpression())) && call.getArguments().some((one) => named.test(one.getText())),
    );
  return timer && { path: module.path, line: lineOf(timer) };
}
