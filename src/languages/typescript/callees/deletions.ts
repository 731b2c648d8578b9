import { Node, SyntaxKind } from 'ts-morph';
import { snakeCase } from '../../wording/words-of.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { allNodes, bodyOf } from '../tree/own-nodes.ts';
import type { Reached } from './reached.ts';

/** What a callee deletes, and by what it selects that. */
export interface Deletions {
  readonly resetsSharedState: boolean;
  readonly deletesByAge: boolean;
}

const CLEAN_UP =
  /(^|_)(clean(up|er|s|ed)?|clear(s|ed)?|wipes?|purges?|reset|remove|delete|flush|prune|sweep|truncate|drop|evict|expire|gc|vacuum|retention)(_|$)/;
/** Left over from the process before: whoever clears it assumes that nobody else is at work yet. */
const LEFT_OVER =
  /(^|_)(orphan(s|ed)?|zombies?|stuck|recover(s|ed|ing|y)?|reconciles?|reconciliation|resets?|interrupted|abandoned|dangling|inflight|in_flight|crash(ed)?|unfinished|leftovers?|stale|dead)(_|$)/;
const LIVE =
  /(^|[^a-z])(running|in_?progress|in_?flight|processing|pending|started|active|queued|online|busy|claimed|locked|unfinished)([^a-z]|$)/i;
const AGE =
  /(cut_?off|older_?than|max_?age|min_?age|\bage\b|days|hours|retention|expir|ttl|created_?at|updated_?at|threshold|mtime|\blt\b|lte\b|subdays|subhours|interval\s*'|now\(\)\s*-|date\.now\(\)\s*-)/i;
const DELETING =
  /(^|\.)(delete\w*|destroy|unlink\w*|rm|rmSync|rmdir\w*|emptyDir\w*|remove\w*|flushdb|flushall|flushDb|flushAll|drop\w*|truncate\w*|purge\w*|del)$/;
const WIPING = /(^|\.)(emptyDir\w*|flushdb|flushall|flushDb|flushAll|dropCollection|dropDatabase|truncate\w*)$/;
const MARKING = /(^|\.)(update|updateMany|update_many|updateAll|execute|query|save|exec|run)$/;

interface Seen {
  readonly name: string;
  readonly depth: number;
  readonly isSpawned: boolean;
  readonly deletes: boolean;
  readonly wipes: boolean;
  readonly marksLive: boolean;
  readonly knowsAge: boolean;
}

/** `inLoop`: the callee itself is a loop, so what it does it does at any time. */
export function deletionsOf(reached: readonly Reached[], inLoop: boolean): Deletions {
  const seen = reached.map(readReached);
  const resetsSharedState = !inLoop && seen.some((one) => resets(one, seen));
  const deleting = seen.filter(({ deletes }) => deletes);
  const byAge = deleting.length > 0 && deleting.every((one) => inLoop || one.isSpawned || agesAround(one, seen));
  return { resetsSharedState, deletesByAge: !resetsSharedState && byAge };
}

function resets(one: Seen, seen: readonly Seen[]): boolean {
  if (one.isSpawned) return false;
  const knowsAge = agesAround(one, seen);
  if (LEFT_OVER.test(one.name) && (one.depth === 0 || one.deletes || one.marksLive)) return !knowsAge;
  if (one.marksLive && !knowsAge) return true;
  const isCleanUp = CLEAN_UP.test(one.name) || CLEAN_UP.test(seen[0]?.name ?? '');
  return one.deletes && !knowsAge && (one.wipes || isCleanUp);
}

/** The age may be reckoned in the function that calls the deleting one, or in one that it calls. */
function agesAround(one: Seen, seen: readonly Seen[]): boolean {
  return one.knowsAge || seen.some((other) => other.knowsAge && Math.abs(other.depth - one.depth) <= 1);
}

function readReached({ of, depth, isSpawned }: Reached): Seen {
  const name = snakeCase(of.name).toLowerCase();
  const body = bodyOf(of.node);
  const text = of.node.getText();
  const calls = body
    ? allNodes(body, [SyntaxKind.CallExpression]).flatMap((node) =>
        Node.isCallExpression(node) ? [calleeText(node.getExpression())] : [],
      )
    : [];
  const isCleanUp = CLEAN_UP.test(name) || CLEAN_UP.test(of.owner?.getName()?.toLowerCase() ?? '');
  return {
    name,
    depth,
    isSpawned,
    deletes:
      /\b(DELETE\s+FROM|TRUNCATE|DROP\s+TABLE)\b/.test(text) ||
      calls.some((call) => DELETING.test(call) && !/^(this|\w*(map|set|headers|params|cache))\.delete$/i.test(call)) ||
      (isCleanUp && calls.some((call) => /\.(clear|delete)$/.test(call))),
    wipes:
      calls.some((call) => WIPING.test(call)) ||
      /\bDELETE\s+FROM\s+\w+\s*[`'";]|deleteMany\(\s*(\{\s*\})?\s*\)|recursive:\s*true/.test(text),
    marksLive:
      calls.some((call) => MARKING.test(call)) &&
      /\b(status|state)\b/i.test(text) &&
      LIVE.test(text) &&
      /\b(failed|error|cancelled|canceled|aborted|dead|interrupted|lost)\b/i.test(text),
    knowsAge: AGE.test(text),
  };
}
