import type { Node } from '../tree/parse.ts';
import { enclosing, field, nameOf, ownNodes, stringContent } from '../tree/tree.ts';
import { writtenCallee } from './dotted-call.ts';
import type { Reached } from './reached.ts';

/** What a body says about the state that it deletes, resets or marks. */
export interface Deletions {
  readonly resetsSharedState: boolean;
  readonly deletesByAge: boolean;
}

const CLEAN_UP =
  /(^|_)(clean(up|er|s|ed)?|clear(s|ed)?|wipes?|purges?|reset|remove|delete|flush|prune|sweep|truncate|drop|evict|expire|gc|vacuum|retention)(_|$)/;
/** Left over from the process before: whoever clears it assumes that nobody else is at work yet. */
const LEFT_OVER =
  /(^|_)(orphan(s|ed)?|zombies?|stuck|recover(s|ed|ing|y)?|reconciles?|reconciliation|resets?|interrupted|abandoned|dangling|inflight|in_flight|crash(ed)?|unfinished|leftovers?)(_|$)/;
const STALE = /(^|_)(stale|dead|sweeps?)(_|$)/;
const LIVE =
  /(^|[^a-z])(running|in_?progress|in_?flight|processing|pending|started|active|queued|online|busy|claimed|locked)([^a-z]|$)/i;
const AGE =
  /(^|[_\W])(cut_?off|older_?than|max_?age|min_?age|age|days?_\w+|\w+_days?|\w+_hours|retention|expir(y|es|ed|e|ation)|expires?_at|ttl|timedelta|st_mtime|getmtime|too_old|outdated|threshold)($|[_\W])/i;

const DELETES = /\bDELETE\s+FROM\b|\bTRUNCATE\s+TABLE\b|\bDROP\s+TABLE\b/i;
const MARKS = /\bUPDATE\b[\s\S]{0,80}\bSET\b[\s\S]{0,200}\b(status|state|running|locked|active|online|worker)/i;
const DELETING_CALL =
  /(^|\.)(delete\w*|unlink|rmtree|rmdir|flushdb|flushall|drop_all|drop_collection|purge\w*|zremrangebyscore|getdel)$/;
const REMOVING_CALL = /(^|\.)(pop|remove|clear|discard|popitem)$/;
const WIPING_CALL = /(^|\.)(rmtree|flushdb|flushall|drop_all|delete_all|drop_collection)$/;
const WIPING_TEXT = /\bpg_terminate_backend\b/i;

interface Seen {
  readonly name: string;
  readonly isSpawned: boolean;
  readonly depth: number;
  readonly deletes: boolean;
  readonly wipes: boolean;
  readonly marksLive: boolean;
  readonly knowsAge: boolean;
  readonly works: boolean;
}

/** `inLoop`: the callee itself is a loop, so what it does it does at any time. */
export function deletionsOf(reached: readonly Reached[], inLoop: boolean): Deletions {
  const seen = reached.map(readReached);
  const resetsSharedState = !inLoop && seen.some((one) => resets(one, seen));
  return { resetsSharedState, deletesByAge: !resetsSharedState && selectsByAge(seen, inLoop) };
}

function resets(one: Seen, seen: readonly Seen[]): boolean {
  if (one.isSpawned) return false;
  const knowsAge = one.knowsAge || seen.some((other) => other.knowsAge && CLEAN_UP.test(other.name));
  const isLeftOver = LEFT_OVER.test(one.name) || (STALE.test(one.name) && !knowsAge);
  if (isLeftOver && (one.depth === 0 ? one.works : one.deletes || one.marksLive)) return true;
  if (one.marksLive && !knowsAge) return true;
  const isCleanUp = CLEAN_UP.test(one.name) || CLEAN_UP.test(seen[0]?.name ?? '');
  return (one.wipes || /(^|_)(clear|wipe|flush|truncate)/.test(one.name)) && one.deletes && isCleanUp && !knowsAge;
}

function selectsByAge(seen: readonly Seen[], inLoop: boolean): boolean {
  const deleting = seen.filter((one) => one.deletes);
  return deleting.length > 0 && deleting.every((one) => inLoop || one.isSpawned || agesAround(one, seen));
}

/** The age may be reckoned in the function that calls the deleting one, or in one that it calls. */
function agesAround(one: Seen, seen: readonly Seen[]): boolean {
  return one.knowsAge || seen.some((other) => other.knowsAge && Math.abs(other.depth - one.depth) <= 1);
}

function readReached({ of, depth, isSpawned }: Reached): Seen {
  const name = nameOf(of.node);
  const body = field(of.node, 'body');
  const nodes = body ? ownNodes(body) : [];
  const calls = nodes
    .filter((node) => node.type === 'call')
    .map((node) => writtenCallee(field(node, 'function') ?? node));
  const strings = nodes.map(stringContent).filter((text) => text !== undefined);
  const names = nodes.filter((node) => node.type === 'identifier').map((node) => node.text);
  const parameters = field(of.node, 'parameters')?.text ?? '';
  const removes = CLEAN_UP.test(name) && calls.some((call) => REMOVING_CALL.test(call));
  return {
    name,
    depth,
    isSpawned,
    deletes: strings.some((text) => DELETES.test(text)) || calls.some((call) => DELETING_CALL.test(call)) || removes,
    wipes: calls.some((call) => WIPING_CALL.test(call)) || strings.some(wipesRows),
    marksLive: marksLive(nodes, strings, names),
    knowsAge: [...names, ...strings, parameters].some((text) => AGE.test(text)),
    works: calls.length > 0,
  };
}

/** `DELETE FROM sessions` without a condition. */
function wipesRows(text: string): boolean {
  return WIPING_TEXT.test(text) || (DELETES.test(text) && !/\bWHERE\b/i.test(text));
}

/** What is marked as running gets another state: `UPDATE jobs SET status = 'failed' WHERE status = 'running'`. */
function marksLive(nodes: readonly Node[], strings: readonly string[], names: readonly string[]): boolean {
  if (strings.some((text) => MARKS.test(text) && LIVE.test(text))) return true;
  const isLive = [...strings, ...names].some((text) => text.length < 40 && LIVE.test(text));
  return isLive && nodes.some(marksRow) && nodes.some(selectsRows);
}

/** `run.status = FAILED` in a loop, `.values(status=…)`, `update(…, status=…)`. */
function marksRow(node: Node): boolean {
  if (node.type === 'keyword_argument') {
    const call = enclosing(node, ['call']);
    const written = call ? writtenCallee(field(call, 'function') ?? call) : '';
    return /^(status|state)$/.test(nameOf(node)) && /(^|\.)(values|update\w*|set_values)$/.test(written);
  }
  const left = node.type === 'assignment' ? (field(node, 'left')?.text ?? '') : '';
  return /^(?!self\.)\w+\.(status|state)$/.test(left) && enclosing(node, ['for_statement']) !== undefined;
}

function selectsRows(node: Node): boolean {
  const written = node.type === 'call' ? writtenCallee(field(node, 'function') ?? node) : '';
  return /(^|\.)(where|filter|filter_by|select|find|find_many|update_many|execute|query)$/.test(written);
}
