/** The name, in snake case, says that something is removed: `cleanup_uploads`, `purge`. */
export function cleansUp(name: string): boolean {
  return CLEAN_UP.test(name);
}

/** The name, in snake case, says that everything of a kind is removed: `clear_sessions`. */
export function clearsAll(name: string): boolean {
  return CLEARS_ALL.test(name);
}

/** Left over from the process before: whoever clears it assumes that nobody else is at work yet. */
export function speaksOfLeftOvers(name: string): boolean {
  return LEFT_OVER.test(name);
}

/** Left over, or just too old: the body tells which. */
export function speaksOfStale(name: string): boolean {
  return STALE.test(name);
}

/** A state in which live work is: `running`, `in_progress`. */
export function speaksOfLiveWork(text: string): boolean {
  return LIVE.test(text);
}

/** A name or text that is about age: `cutoff`, `older_than`, `created_at < now - 7 days`. */
export function speaksOfAge(text: string): boolean {
  return AGE.test(text);
}

/** A statement of SQL that deletes rows or tables. */
export function deletesRows(text: string): boolean {
  return DELETES.test(text);
}

/** `DELETE FROM sessions` without a condition. */
export function wipesRows(text: string): boolean {
  return WIPING_TEXT.test(text) || (DELETES.test(text) && !/\bWHERE\b/i.test(text));
}

/** `UPDATE jobs SET status = 'failed' WHERE status = 'running'`. */
export function marksLiveRows(text: string): boolean {
  return MARKS.test(text) && LIVE.test(text);
}

/** A statement of SQL from its first word on. */
export function isQuery(text: string): boolean {
  return QUERY.test(text);
}

const CLEAN_UP =
  /(^|_)(clean(up|er|s|ed)?|clear(s|ed)?|wipes?|purges?|reset|remove|delete|flush|prune|sweep|truncate|drop|evict|expire|gc|vacuum|retention)(_|$)/;

const CLEARS_ALL = /(^|_)(clear|wipe|flush|truncate)/;

const LEFT_OVER =
  /(^|_)(orphan(s|ed)?|zombies?|stuck|recover(s|ed|ing|y)?|reconciles?|reconciliation|resets?|interrupted|abandoned|dangling|inflight|in_flight|crash(ed)?|unfinished|leftovers?)(_|$)/;

const STALE = /(^|_)(stale|dead|sweeps?)(_|$)/;

const LIVE =
  /(^|[^a-z])(running|in_?progress|in_?flight|processing|pending|started|active|queued|online|busy|claimed|locked)([^a-z]|$)/i;

const AGE =
  /(^|[_\W])(cut_?off|older_?than|max_?age|min_?age|age|days?_\w+|\w+_days?|\w+_hours|retention|expir(y|es|ed|e|ation)|expires?_at|ttl|timedelta|st_mtime|getmtime|too_old|outdated|threshold)($|[_\W])/i;

const DELETES = /\bDELETE\s+FROM\b|\bTRUNCATE\s+TABLE\b|\bDROP\s+TABLE\b/i;

const WIPING_TEXT = /\bpg_terminate_backend\b/i;

const MARKS = /\bUPDATE\b[\s\S]{0,80}\bSET\b[\s\S]{0,200}\b(status|state|running|locked|active|online|worker)/i;

const QUERY =
  /^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|PRAGMA|VACUUM|REINDEX|ANALYZE|WITH|MERGE|REPLACE|GRANT|REFRESH|EXPLAIN)\s/i;
