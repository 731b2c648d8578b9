import type { Analysis } from '../analyse.ts';
import { applyEdits, type Edit, type FileFacts, lineAt, type Remark, replace, type Syntax } from '../core/index.ts';
import type { Answer, Answers } from './answer.ts';
import type { Keys } from './keys.ts';

/** What answers change in the source itself, before anything is rewritten. */
export interface SourceEdits {
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly texts: ReadonlyMap<string, string>;
  /** Where a restored call stands in the new text. */
  readonly restored: readonly { readonly path: string; readonly line: number }[];
}

/** Directives that are to be kept in the code, and disabled calls that run again. */
export function sourceEdits(analysis: Analysis, answers: Answers, keys: Keys): SourceEdits {
  const edited = analysis.languages.flatMap(({ facts, language }) =>
    facts.files.map((file) => {
      const directives = directiveEdits(file, language.syntax, answers, keys);
      const remarks = file.remarks.filter((remark) => answers.get(keys.ofRemark(remark) ?? '')?.says === 'restore');
      const restored = remarks.flatMap((remark) => restoring(remark, file) ?? []);
      return { file: file.file, restored, edits: [...directives, ...restored] };
    }),
  );
  const changed = edited.filter(({ edits }) => edits.length > 0);
  return {
    edits: new Map(changed.map(({ file, edits }) => [file.path, edits])),
    texts: new Map(changed.map(({ file, edits }) => [file.path, applyEdits(file.text, edits)])),
    restored: changed.flatMap(({ file, restored, edits }) =>
      restored.map((edit) => ({ path: file.path, line: lineAfter(edit, edits, file.text) })),
    ),
  };
}

function directiveEdits(file: FileFacts, syntax: Syntax, answers: Answers, keys: Keys): readonly Edit[] {
  return file.hooks
    .flatMap((hook) => hook.steps)
    .flatMap((step) => {
      const answer = answers.get(keys.ofStep(step.id) ?? '');
      const words = answer && directiveOf(answer);
      if (words === undefined) return [];
      if (step.directive) return otherDirective(step.directive.line, words, file);
      // What explains the step already does not stand in for a directive.
      const { comment: _comment, ...bare } = step;
      return syntax.explain(bare, 'startup-codemod', words, file, 'above');
    });
}

/** The words of a directive that stands there already, up to the end of its comment. */
function otherDirective(line: number, words: string, { file: { text } }: FileFacts): readonly Edit[] {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  const own = /startup-codemod\s*:.*?(?=\s*(\*\/)?\s*$)/i.exec(lines[line - 1] ?? '');
  if (!own) return [];
  const range = { start: start + own.index, end: start + own.index + own[0].length };
  return [replace(range, `startup-codemod: ${words}`)];
}

/** `critical — the first page is served from it` */
function directiveOf(answer: Answer): string | undefined {
  if (answer.says !== 'change' || answer.keep !== 'directive' || answer.to === 'leave') return undefined;
  const verdict = answer.to === 'critical' ? 'critical' : 'background';
  return answer.reason === undefined ? verdict : `${verdict} — ${answer.reason}`;
}

/** `# await warm_cache()` => `await warm_cache()`, without the words that disabled it. Only where whole lines go. */
function restoring({ range, disabledCall }: Remark, { file: { text } }: FileFacts): Edit | undefined {
  if (disabledCall === undefined || disabledCall.includes('\n')) return undefined;
  const [indent = ''] = /^[ \t]*/.exec(text.slice(range.start)) ?? [];
  const isWhole = (range.start === 0 || text[range.start - 1] === '\n') && text[range.end - 1] === '\n';
  return isWhole ? replace(range, `${indent}${disabledCall}\n`) : undefined;
}

/** The line of a restored call once the edits above it are made. */
function lineAfter(restored: Edit, edits: readonly Edit[], text: string): number {
  const above = edits.filter((edit) => edit.range.start < restored.range.start);
  const lines = (part: string) => part.split('\n').length - 1;
  const added = above.map((edit) => lines(edit.text) - lines(text.slice(edit.range.start, edit.range.end)));
  return lineAt(text, restored.range.start) + added.reduce((sum, one) => sum + one, 0);
}
