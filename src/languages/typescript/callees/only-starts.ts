import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { isAsyncFunction } from '../tree/own-nodes.ts';
import { isBlockingCall } from './blocks-loop.ts';
import { calledName } from './call-modes.ts';
import type { CallMade } from './calls-made.ts';
import { isCheapCall } from './cheap-calls.ts';
import { type CostFinding, type Costs, MAX_DEPTH } from './cost-finding.ts';
import { type FunctionDefinition, isGenerator, placeOf } from './functions.ts';
import { runNodes } from './run-nodes.ts';

/** It starts timers, workers or work of its own, and does nothing else that takes time. */
export function onlyStarts(of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  if (isGenerator(of) || waitsElsewhere(of)) return undefined;
  let started: CostFinding | undefined;
  for (const call of costs.callsOf(of)) {
    const start = startOf(call, of, depth, costs);
    started ??= start;
    if (!start && !isQuick(call, depth, costs)) return undefined;
  }
  return started;
}

function startOf(call: CallMade, of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  const what = startedBy(call);
  if (what) return { cost: 'returns-at-once', at: placeOf(of.module, call.node), reason: `${what} and returns` };
  if (!call.target || call.mode === 'later' || depth >= MAX_DEPTH) return undefined;
  const inner = costs.costOf(call.target, depth + 1);
  return inner.cost === 'returns-at-once' ? inner : undefined;
}

/** A call that neither waits nor blocks for long, as far as can be seen. */
function isQuick(call: CallMade, depth: number, costs: Costs): boolean {
  if (call.mode === 'spawned' || call.mode === 'later' || isCheapCall(call)) return true;
  if (isBlockingCall(call.name)) return false;
  if (!call.target || depth > MAX_DEPTH) return call.mode === 'plain' && !isOwnWork(call);
  if (waitsElsewhere(call.target)) return false;
  return costs.callsOf(call.target).every((inner) => isQuick(inner, depth + 1, costs));
}

/** A server that begins to listen, and routes, are no background work. */
function isOwnWork({ name }: CallMade): boolean {
  return lastPart(name) === 'listen';
}

/** A promise that nobody waits for, as a phrase. */
export const STARTS_WORK = 'starts work of its own';

/** What a call starts by itself: a phrase. */
function startedBy(call: CallMade): string | undefined {
  // A library's promise that floats, `mongoose.connect()`, is no work of the function's own.
  if (call.mode === 'spawned') return call.target && !isLink(call.node) ? STARTS_WORK : undefined;
  if (call.mode !== 'plain' || call.target) return undefined;
  const name = lastPart(call.name);
  if (/^(setInterval|setTimeout|setImmediate|setIntervalAsync)$/.test(name)) return 'sets a timer';
  if (/^(schedule|scheduleJob|addCronJob|CronJob|Cron|upsertJobScheduler|nextTick|queueMicrotask)$/.test(name))
    return 'schedules work of its own';
  if (Node.isNewExpression(call.node) && /^(Worker|WorkerPro|QueueWorker|Consumer)$/.test(name))
    return 'starts a worker';
  if (/^child_process\.(spawn|fork|exec)$|^worker_threads\.Worker$|^cluster\.fork$/.test(call.name))
    return 'starts a process of its own';
  if (/^(chokidar|fs|@parcel\/watcher)\.(watch|watchFile|subscribe)$/.test(call.name)) return 'watches files';
  return startsOther(call.name, name);
}

/** What goes on with a promise is started by the call that gives it. */
function isLink(node: Node): boolean {
  const call = Node.isCallExpression(node) ? node : node.getParent();
  return call !== undefined && /^(then|catch|finally)$/.test(calledName(call));
}

function startsOther(qualified: string, name: string): string | undefined {
  if (name === 'process' && /(bull|bee-queue|queue)/i.test(qualified)) return 'consumes a queue';
  if (!/^(start|run|resume)$/.test(name)) return undefined;
  if (/cron|job|schedul|timer/i.test(qualified)) return 'starts a scheduler';
  return /(worker|poll|consumer|watcher)s?(\(\))?\.(start|run|resume)$/i.test(qualified)
    ? 'starts a worker'
    : undefined;
}

/** It waits for something that is no call, or loops until a condition holds. */
function waitsElsewhere(of: FunctionDefinition): boolean {
  if (!isAsyncFunction(of.node)) return runNodes(of, LOOPS).length > 0;
  return runNodes(of, [...LOOPS, SyntaxKind.ForOfStatement, SyntaxKind.AwaitExpression]).some((node) => {
    if (Node.isForOfStatement(node)) return node.isAwaited();
    if (!Node.isAwaitExpression(node)) return true;
    return !Node.isCallExpression(node.getExpression());
  });
}

const LOOPS = [SyntaxKind.WhileStatement, SyntaxKind.DoStatement];
