import { Node, SyntaxKind } from 'ts-morph';
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
import { lastPart } from '../../wording/dotted-path.ts';
import { snakeCase } from '../../wording/words-of.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { changesOf } from './queries.ts';
import type { Reached } from './reached.ts';
import { rememberedByFunction } from './remembered.ts';
import { runNodes, TEXT_KINDS, textOf } from './run-nodes.ts';

/** What a body says about the state that it deletes, resets or marks. */
export interface Deletions {
  readonly resetsSharedState: boolean;
  readonly deletesByAge: boolean;
}

/** What one function does with rows, files and entries. */
interface Done {
  readonly name: string;
  readonly deletes: boolean;
  readonly wipes: boolean;
  readonly marksLive: boolean;
  readonly knowsAge: boolean;
  readonly works: boolean;
}

interface Seen extends Done {
  readonly isSpawned: boolean;
  readonly depth: number;
}

/** `inLoop`: the callee itself is a loop, so what it does it does at any time. */
export function deletionsOf(reached: readonly Reached[], inLoop: boolean): Deletions {
  const seen = reached.map(({ of, depth, isSpawned }): Seen => ({ ...doneBy(of), depth, isSpawned }));
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
  return one.deletes && !knowsAge && (one.wipes || (clearsAll(one.name) && isCleanUp));
}

function selectsByAge(seen: readonly Seen[], inLoop: boolean): boolean {
  const deleting = seen.filter((one) => one.deletes);
  return deleting.length > 0 && deleting.every((one) => inLoop || one.isSpawned || agesAround(one, seen));
}

/** The age may be reckoned in the function that calls the deleting one, or in one that it calls. */
function agesAround(one: Seen, seen: readonly Seen[]): boolean {
  return one.knowsAge || seen.some((other) => other.knowsAge && Math.abs(other.depth - one.depth) <= 1);
}

const doneBy = rememberedByFunction((of): Done => {
  const name = snakeCase(of.name).toLowerCase();
  const calls = runNodes(of, [SyntaxKind.CallExpression]).filter(Node.isCallExpression);
  const callees = calls.map((call) => calleeText(call.getExpression()));
  const strings = runNodes(of, TEXT_KINDS).map(textOf);
  const names = runNodes(of, [SyntaxKind.Identifier]).map((node) => snakeCase(node.getText()));
  const parameters = Node.isParametered(of.node) ? of.node.getParameters().map((one) => snakeCase(one.getName())) : [];
  const changes = changesOf(of);
  const removes = cleansUp(name) && callees.some((callee) => REMOVES.test(lastPart(callee)));
  const wipes = calls.some(wipesFolder) || strings.some(wipesRows) || changes.some(wipesAll);
  return {
    name,
    deletes: wipes || removes || strings.some(deletesRows) || callees.some((callee) => DELETES.test(lastPart(callee))),
    wipes,
    marksLive: marksLive(of.node, strings, changes),
    knowsAge:
      [...names, ...strings.map(snakeCase), ...parameters].some(speaksOfAge) || names.some((one) => AGES.test(one)),
    works: calls.length > 0,
  };
});

/** `rimraf(uploads)`, `rm(uploads, { recursive: true })`: a single file is no shared state. */
function wipesFolder(call: Node): boolean {
  if (!Node.isCallExpression(call)) return false;
  const callee = calleeText(call.getExpression());
  return WIPES.test(callee) && (!/(^|\.)(rm|rmdir)(Sync)?$/.test(callee) || /recursive/.test(call.getText()));
}

/** `deleteMany({})`, `deleteMany()`, `db.delete(sessions)` without a condition, `destroy({ where: {} })`. */
function wipesAll(change: string): boolean {
  if (/\.(deleteMany|truncate|dropDatabase|dropCollection)\(\s*(\{\s*\})?\s*\)/.test(change)) return true;
  if (/\bdestroy\(\{\s*(where:\s*\{\s*\}|truncate:\s*true)/.test(change)) return true;
  return /\b(db|tx|drizzle|database)\.delete\(\w+\)$/.test(change);
}

/** What is marked as running gets another state: `updateMany({ where: { status: 'running' }, data: { status: 'failed' } })`. */
function marksLive(node: Node, strings: readonly string[], changes: readonly string[]): boolean {
  if (strings.some(marksLiveRows)) return true;
  const marks = changes.some(
    (change) => /^[^(]*\bupdate/i.test(change) && STATE.test(change) && speaksOfLiveWork(change),
  );
  if (marks) return true;
  const text = node.getText();
  if (text.length > 20_000) return false;
  const isQuery = /\.update\w*\(/.test(text) && STATE.test(text);
  return (
    isQuery &&
    /['"`](running|in_?progress|processing|pending|active|queued|started|busy)['"`]/i.test(text) &&
    /\.(where|updateMany|update)\(/.test(text) &&
    MARKED.test(text)
  );
}

const STATE = /\b(status|state|isRunning|running|locked|isActive|active|isOnline|online)\b/i;

/** What left-over work is marked as. */
const MARKED =
  /['"`](failed|error|errored|interrupted|cancell?ed|aborted|idle|offline|crashed|stopped|queued|pending)['"`]/i;

const DELETES =
  /^(delete\w*|destroy|unlink(Sync)?|rm(Sync|dir|dirSync)?|rimraf|emptyDir(Sync)?|removeSync|truncate|purge\w*|flush(db|all|Db|All|DB)|drop\w*|zremrangebyscore|zRemRangeByScore|findOneAndDelete|findByIdAndDelete|del)$/;

const REMOVES = /^(delete|remove|clear|splice|pop)$/;

const WIPES =
  /(^|\.)(rm|rmSync|rimraf|emptyDir|emptyDirSync|removeSync|rmdir|rmdirSync|flushdb|flushall|flushDb|flushAll|flushDB|dropDatabase|dropCollection|obliterate)$|(^|\.)(fs|fse|fsPromises|fsExtra)\.remove$/;

/** Names of age in JavaScript: `mtimeMs`, `Date.now() - maxAgeMs`. */
const AGES =
  /^(mtime(_?Ms)?|birthtime(_?Ms)?|max_?Age\w*|older\w*|\w*_before|expire\w*|expiration\w*|sub(Days|Hours|Minutes)|lt|lte)$/i;
