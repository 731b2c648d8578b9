import type { Cost, Place } from '../../core/index.ts';
import { BLOCKING_CALLS } from './blocking-calls.ts';
import { matcherOf } from './call-patterns.ts';
import { type CallMade, functionKey, isSpawn } from './calls-made.ts';
import { isCheapCall } from './cheap-calls.ts';
import type { Definition } from './definition.ts';
import { writtenCallee } from './dotted-call.ts';
import { endlessLoop, isFlagName } from './endless.ts';
import { ENDLESS_CALLS } from './endless-calls.ts';
import type { Node } from './parse.ts';
import type { FunctionDefinition } from './resolver.ts';
import { argumentsOf, dottedName, field, isAsync, named, ownNodes, placeOf } from './tree.ts';

/** A cost with where it shows, and what was seen there. */
export interface CostFinding {
  readonly cost: Cost;
  readonly at?: Place;
  readonly reason?: string;
}

type CallsOf = (of: FunctionDefinition) => readonly CallMade[];

/** Callees of callees are followed, not theirs: with the callee itself three bodies. */
const MAX_DEPTH = 2;
const FINITE: CostFinding = { cost: 'finite' };
const isEndlessCall = matcherOf(ENDLESS_CALLS);
const isBlockingCall = matcherOf(BLOCKING_CALLS);

/** Reads what waiting for a function costs, once each. */
export function createCostReader(callsOf: CallsOf): (of: Definition | undefined) => CostFinding {
  const known = new Map<string, CostFinding>();

  function cost(of: FunctionDefinition, depth: number): CostFinding {
    const key = `${depth} ${functionKey(of)}`;
    const found = known.get(key);
    if (found) return found;
    known.set(key, FINITE);
    const result = neverReturns(of, depth) ?? onlyStarts(of, depth) ?? blocksLoop(of, depth) ?? FINITE;
    known.set(key, result);
    return result;
  }

  function neverReturns(of: FunctionDefinition, depth: number): CostFinding | undefined {
    const body = field(of.node, 'body');
    const loop = body && !isGenerator(of) ? endlessLoop(body) : undefined;
    if (loop) return { cost: 'never-returns', at: placeOf(of.module, loop), reason: 'loops for ever' };
    for (const call of callsOf(of)) {
      const finding = endlessCall(call, of, depth);
      if (finding) return finding;
    }
    const wait = body && endlessWait(body);
    return wait && { cost: 'never-returns', at: placeOf(of.module, wait), reason: 'waits until it is stopped' };
  }

  function endlessCall(call: CallMade, of: FunctionDefinition, depth: number): CostFinding | undefined {
    const isWaitedFor = call.mode === 'awaited' || (call.mode === 'plain' && call.target?.kind === 'function');
    if (!isWaitedFor || isBounded(call.node, of.node)) return undefined;
    if (call.target?.kind === 'function') {
      const isRun = call.mode === 'awaited' || !isAsync(call.target.node);
      const inner = depth < MAX_DEPTH && isRun ? cost(call.target, depth + 1) : FINITE;
      return inner.cost === 'never-returns' ? inner : undefined;
    }
    if (!isEndlessCall(call.name)) return undefined;
    return {
      cost: 'never-returns',
      at: placeOf(of.module, call.node),
      reason: `waits for ${call.name}, which runs until it is stopped`,
    };
  }

  /** It starts tasks, threads or jobs, and does nothing else that takes time. */
  function onlyStarts(of: FunctionDefinition, depth: number): CostFinding | undefined {
    const body = field(of.node, 'body');
    if (!body || isGenerator(of) || waitsElsewhere(body)) return undefined;
    let started: CostFinding | undefined;
    for (const call of callsOf(of)) {
      if (call.mode === 'spawned') continue;
      const start = startOf(call, of, depth);
      started ??= start;
      if (!start && !isQuick(call, depth)) return undefined;
    }
    return started;
  }

  function startOf(call: CallMade, of: FunctionDefinition, depth: number): CostFinding | undefined {
    const what = startedBy(call);
    if (what) return { cost: 'returns-at-once', at: placeOf(of.module, call.node), reason: `${what} and returns` };
    if (call.target?.kind !== 'function' || depth >= MAX_DEPTH) return undefined;
    if (call.mode === 'plain' && isAsync(call.target.node)) return undefined;
    const inner = cost(call.target, depth + 1);
    return inner.cost === 'returns-at-once' ? inner : undefined;
  }

  /** A call that neither waits nor blocks for long, as far as can be seen. */
  function isQuick(call: CallMade, depth: number): boolean {
    if (call.mode === 'threaded') return false;
    if (isCheapCall(call) && call.mode === 'plain') return true;
    if (isBlockingCall(call.name)) return false;
    if (call.target?.kind !== 'function') return call.mode === 'plain';
    if (depth > MAX_DEPTH) return call.mode === 'plain';
    if (call.mode === 'plain' && isAsync(call.target.node)) return true;
    const body = field(call.target.node, 'body');
    if (!body || waitsElsewhere(body)) return false;
    return callsOf(call.target).every((inner) => inner.mode === 'spawned' || isQuick(inner, depth + 1));
  }

  function blocksLoop(of: FunctionDefinition, depth: number): CostFinding | undefined {
    if (!isAsync(of.node) || !field(of.node, 'body') || isSuspended(of, depth)) return undefined;
    return blockingWork(of, depth);
  }

  /** Some await in it gives others a turn. */
  function isSuspended(of: FunctionDefinition, depth: number): boolean {
    const body = field(of.node, 'body');
    return (body ? ownNodes(body) : []).some((node) => {
      if (node.type === 'for_statement' || node.type === 'with_statement' || node.type === 'for_in_clause') {
        return node.child(0)?.type === 'async';
      }
      return node.type === 'await' && !isEmptyAwait(node, of, depth);
    });
  }

  /** `await asyncio.sleep(0)`, and a function of the project that itself never gives others a turn. */
  function isEmptyAwait(awaited: Node, of: FunctionDefinition, depth: number): boolean {
    const value = named(awaited)[0];
    if (value?.type !== 'call') return false;
    if (/(^|\.)sleep$/.test(writtenCallee(value))) return argumentsOf(value).positional[0]?.text === '0';
    const call = callsOf(of).find((made) => made.node.id === value.id && made.mode === 'awaited');
    if (call?.target?.kind !== 'function' || depth >= MAX_DEPTH || !isAsync(call.target.node)) return false;
    return !isSuspended(call.target, depth + 1);
  }

  function blockingWork(of: FunctionDefinition, depth: number): CostFinding | undefined {
    for (const call of callsOf(of)) {
      if (call.mode === 'threaded' || call.mode === 'spawned') continue;
      if (isBlockingCall(call.name)) {
        return { cost: 'blocks-loop', at: placeOf(of.module, call.node), reason: `calls ${call.name}` };
      }
      const inner = call.target;
      const isRun = inner?.kind === 'function' && (call.mode === 'awaited' || !isAsync(inner.node));
      const finding = isRun && depth < MAX_DEPTH ? blockingWork(inner, depth + 1) : undefined;
      if (finding) return finding;
    }
    return undefined;
  }

  return (of) => {
    if (of?.kind === 'function') return cost(of, 0);
    if (of?.kind !== 'external') return { cost: 'unknown' };
    if (isEndlessCall(of.qualifiedName)) return { cost: 'never-returns', reason: 'runs until it is stopped' };
    return { cost: isBlockingCall(of.qualifiedName) ? 'blocks-loop' : 'unknown' };
  };
}

/** What a call starts by itself: a phrase. */
function startedBy(call: CallMade): string | undefined {
  if (call.mode !== 'plain') return undefined;
  if (/(^|[._])add_job$/.test(call.name)) return 'schedules a job of its own';
  if (isSpawn(call.name)) return 'starts a task of its own';
  const object = /^(.*)\.start$/.exec(call.name)?.[1];
  if (object === undefined || call.target?.kind === 'function') return undefined;
  if (/(^|[._])(\w*thread|process|timer|worker|observer)$/i.test(object)) return 'starts a thread of its own';
  return /scheduler/i.test(object) ? 'starts a scheduler' : undefined;
}

function isGenerator(of: FunctionDefinition): boolean {
  const body = field(of.node, 'body');
  return body !== undefined && ownNodes(body).some((node) => node.type === 'yield');
}

/** It waits for something that is no call, loops until a condition holds, or enters an async scope that is no lock. */
function waitsElsewhere(body: Node): boolean {
  return ownNodes(body).some((node) => {
    if (node.type === 'while_statement') return true;
    if (node.type === 'for_statement') return node.child(0)?.type === 'async';
    if (node.type === 'with_statement')
      return node.child(0)?.type === 'async' && !/lock|semaphore/i.test(withText(node));
    return node.type === 'await' && named(node)[0]?.type !== 'call';
  });
}

function withText(statement: Node): string {
  return statement.namedChildren.find((child) => child.type === 'with_clause')?.text ?? '';
}

/** `await asyncio.Event().wait()`, `await self._stop_event.wait()`, `await asyncio.Future()`: only stopping ends it. */
function endlessWait(body: Node): Node | undefined {
  return ownNodes(body).find((node) => {
    const value = node.type === 'await' ? named(node)[0] : undefined;
    if (!value) return false;
    const written = value.type === 'call' ? writtenCallee(value) : '';
    if (/^(asyncio\.Event\.wait|asyncio\.Future|Event\.wait|Future)$/.test(written)) return !isNested(node);
    const callee = value.type === 'call' ? field(value, 'function') : undefined;
    const object =
      callee?.type === 'attribute' && field(callee, 'attribute')?.text === 'wait' ? field(callee, 'object') : undefined;
    return object !== undefined && dottedName(object) !== undefined && isFlagName(object);
  });
}

/** `Event()` as a name is one that was made in the same expression; nothing else can set it. */
function isNested(awaited: Node): boolean {
  return !/^await\s+(asyncio\.)?(Event\(\)\.wait|Future)\(\)$/.test(awaited.text);
}

/** A timeout around the call ends it: `wait_for`, `asyncio.timeout`, `move_on_after`. */
function isBounded(call: Node, owner: Node): boolean {
  for (let at = call.parent; at && at.id !== owner.id; at = at.parent) {
    if (at.type === 'call' && /(^|\.)wait_for$/.test(writtenCallee(at))) return true;
    if (at.type === 'call' && /(^|\.)wait$/.test(writtenCallee(at)) && argumentsOf(at).keywords.has('timeout'))
      return true;
    if (at.type === 'with_statement' && /(^|[^\w])(timeout|timeout_at|move_on_after|fail_after)\(/.test(withText(at)))
      return true;
  }
  return false;
}
