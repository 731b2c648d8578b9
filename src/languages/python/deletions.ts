import { writtenCallee } from './dotted-call.ts';
import type { Node } from './parse.ts';
import { field, nameOf, ownNodes, stringContent } from './tree.ts';

/** What the text of a body says about what it deletes, resets or marks. */
export interface Deletions {
  readonly resetsSharedState: boolean;
  readonly deletesByAge: boolean;
}

const DELETES = /\bDELETE\s+FROM\b|\bTRUNCATE\b|\bDROP\s+TABLE\b/i;
const DELETING_CALL =
  /(^|\.)(delete|delete_many|delete_one|delete_all|remove|unlink|rmtree|rmdir|flushdb|flushall|truncate|drop_all|purge\w*|pop|clear|zremrangebyscore|expire_old\w*)$/;
const WIPING_CALL = /(^|\.)(rmtree|flushdb|flushall|drop_all|truncate|delete_all|clear_all\w*|reset_all\w*)$/;
const MARKS =
  /\bUPDATE\b[\s\S]{0,80}\bSET\b[\s\S]{0,200}\b(status|state|running|locked|is_active|active|online|worker|lock|claimed)/i;
/** Left over from the process before: whoever clears it assumes that nobody else is at work yet. */
const LEFT_OVER =
  /(^|[_\W])(stale|orphan(s|ed)?|zombies?|stuck|recover(s|ed|ing|y)?|reconciles?|sweep|reset(s|ting)?|dead|interrupted|abandoned|dangling|in_?progress|crash(ed)?|unfinished|previous(ly)? running|leftovers?)($|[_\W])/i;
const AGE =
  /(^|[_\W])(days?|hours?|age|aged|older|old|expir(y|es|ed|e|ation)|ttl|cut_?off|retention|threshold|outdated|max_age|timedelta|st_mtime|getmtime|lifetime|older_than|before_date)($|[_\W])/i;

/** `texts` are the definitions whose bodies count: the callee and what it runs. */
export function deletionsOf(definitions: readonly Node[]): Deletions {
  const seen = definitions.map(readDefinition);
  const deletes = seen.some((one) => one.deletes);
  const deletesByAge =
    deletes &&
    seen
      .filter((one) => one.deletes)
      .every((one) => one.knowsAge || seen.some((other) => other.knowsAge && other !== one));
  const wipes = seen.some((one) => one.wipes && !one.knowsAge);
  const isLeftOver = seen.some((one) => one.speaksOfLeftOvers && (one.deletes || one.marks || one.assignsState));
  return { deletesByAge, resetsSharedState: (wipes && !deletesByAge) || (isLeftOver && !deletesByAge) };
}

interface Seen {
  readonly deletes: boolean;
  readonly wipes: boolean;
  readonly marks: boolean;
  readonly assignsState: boolean;
  readonly knowsAge: boolean;
  readonly speaksOfLeftOvers: boolean;
}

function readDefinition(definition: Node): Seen {
  const body = field(definition, 'body');
  const nodes = body ? ownNodes(body) : [];
  const calls = nodes
    .filter((node) => node.type === 'call')
    .map((node) => writtenCallee(field(node, 'function') ?? node));
  const strings = nodes.map(stringContent).filter((text) => text !== undefined);
  const names = nodes.filter((node) => node.type === 'identifier').map((node) => node.text);
  const deletesRows = strings.some((text) => DELETES.test(text));
  const words = [nameOf(definition), ...names, ...strings];
  return {
    deletes: deletesRows || calls.some((name) => DELETING_CALL.test(name)),
    wipes: calls.some((name) => WIPING_CALL.test(name)) || strings.some(deletesEverything),
    marks:
      strings.some((text) => MARKS.test(text)) ||
      calls.some((name) => /(^|\.)(update|update_many|values|save|set_status|mark_\w+)$/.test(name)),
    assignsState: nodes.some(
      (node) =>
        node.type === 'assignment' &&
        /\.(status|state|is_running|running|locked)$/.test(field(node, 'left')?.text ?? ''),
    ),
    knowsAge: words.some((word) => AGE.test(word)),
    speaksOfLeftOvers: words.some((word) => LEFT_OVER.test(word)),
  };
}

/** `DELETE FROM sessions` without a condition. */
function deletesEverything(text: string): boolean {
  return DELETES.test(text) && !/\bWHERE\b/i.test(text);
}
