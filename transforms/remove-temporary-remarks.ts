import { type FileFacts, isWithin, type Remark, type Rewrite, type Syntax, type Transform } from '../src/core/index.ts';

/**
 * Removes "TODO / temporarily disabled" comments, with the commented-out call that they disable.
 *
 * ```diff
 * -    # TEMPORARILY DISABLED: causes startup delays
 * -    # await warm_cache()
 *      await init_db()
 * ```
 *
 * Safe: only comments go, and every one is in the report.
 */
export const removeTemporaryRemarks: Transform = {
  id: 'remove-temporary-remarks',
  description: 'Remove "TODO / temporarily disabled" comments from server hooks',
  subject: 'Remove remarks that call code temporary',
  rewrite({ facts, hook, syntax, options }) {
    if (options.remarks === 'none' || hook.adviceOnly !== undefined || facts.kind !== 'server') return [];
    return facts.remarks
      .filter((remark) => remark.inHook && isWithin(remark.range, hook.range))
      .map((remark) => ({ ...rewriteOf(remark, facts, syntax), hookId: hook.id }));
  },
  rewriteFile(facts, syntax, options) {
    if (options.remarks !== 'server-files' || facts.kind !== 'server') return [];
    return facts.remarks.filter((remark) => !remark.inHook).map((remark) => rewriteOf(remark, facts, syntax));
  },
};

function rewriteOf(remark: Remark, facts: FileFacts, syntax: Syntax): Rewrite {
  return {
    transform: 'remove-temporary-remarks',
    title: `Remove "${remark.text.split('\n', 1)[0] ?? ''}"`,
    applicability: 'safe',
    edits: syntax.removeRemark(remark, facts).map((edit) => ({ ...edit, path: facts.file.path })),
    creates: [],
    removes: [remark],
  };
}
