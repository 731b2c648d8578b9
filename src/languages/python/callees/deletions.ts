import {
  cleansUp,
  clearsAll,
  deletesRows,
  marksLiveRows,
  speaksOfAge,
  speaksOfLeftOvers,
  speaksOfLiveWork,
  speaksOfStale,
  wipesRows,
} from '../../wording/clean-up-words.ts';
import type { Node } from '../tree/parse.ts';
import { enclosing, field, nameOf, ownNodes, stringContent } from '../tree/tree.ts';
import { writtenCallee } from './dotted-call.ts';
import type { Reached } from './reached.ts';

/** What a body says about the state that it deletes, resets or marks. */
export interface Deletions {
  readonly resetsSharedState: boolean;
  readonly deletesByAge: boolean;
}

const DELETING_CALL =
  /(^|\.)(delete\w*|unlink|rmtree|rmdir|flushdb|flushall|drop_all|drop_collection|purge\w*|zremrangebyscore|getdel)$/;
const REMOVING_CALL = /(^|\.)(pop|remove|clear|discard|popitem)$/;
const WIPING_CALL = /(^|\.)(rmtree|flushdb|flushall|drop_all|delete_all|drop_collection)$/;

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
  const knowsAge = one.knowsAge || seen.some((other) => other.knowsAge && cleansUp(other.name));
  const isLeftOver = speaksOfLeftOvers(one.name) || (speaksOfStale(one.name) && !knowsAge);
  if (isLeftOver && (one.depth === 0 ? one.works : one.deletes || one.marksLive)) return true;
  if (one.marksLive && !knowsAge) return true;
  const isCleanUp = cleansUp(one.name) || cleansUp(seen[0]?.name ?? '');
  return (one.wipes || clearsAll(one.name)) && one.deletes && isCleanUp && !knowsAge;
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
  const removes = cleansUp(name) && calls.some((call) => REMOVING_CALL.test(call));
  return {
    name,
    depth,
    isSpawned,
    deletes: strings.some(deletesRows) || calls.some((call) => DELETING_CALL.test(call)) || removes,
    wipes: calls.some((call) => WIPING_CALL.test(call)) || strings.some(wipesRows),
    marksLive: marksLive(nodes, strings, names),
    knowsAge: [...names, ...strings, parameters].some(speaksOfAge),
    works: calls.length > 0,
  };
}

/** What is marked as running gets another state: `UPDATE jobs SET status = 'failed' WHERE status = 'running'`. */
function marksLive(nodes: readonly Node[], strings: readonly string[], names: readonly string[]): boolean {
  if (strings.some(marksLiveRows)) return true;
  const isLive = [...strings, ...names].some((text) => text.length < 40 && speaksOfLiveWork(text));
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
