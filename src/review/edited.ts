import { type Analysis, analyse } from '../analyse.ts';
import type { ProjectFiles, SourceFile } from '../core/index.ts';
import { overlay } from '../verify.ts';
import type { Answers } from './answer.ts';
import { type Keys, keysOf } from './keys.ts';
import { type SourceEdits, sourceEdits } from './source-edits.ts';

/** The source with the directives and restored calls that answers ask for. */
export interface Edited {
  readonly source: SourceEdits;
  readonly analysis: Analysis;
  readonly keys: Keys;
  readonly restored: ReadonlySet<string>;
  readonly project: ProjectFiles;
}

/** Analyses the source anew where answers edit it; the same edits are looked at once. */
export function editing(analysis: Analysis, project: ProjectFiles, keys: Keys): (answers: Answers) => Promise<Edited> {
  const known = new Map<string, Promise<Edited>>();
  return (answers) => {
    const source = sourceEdits(analysis, answers, keys);
    const key = JSON.stringify([...source.texts]);
    const found = known.get(key) ?? editedBy(source, analysis, project, keys);
    known.set(key, found);
    return found;
  };
}

async function editedBy(source: SourceEdits, analysis: Analysis, project: ProjectFiles, keys: Keys): Promise<Edited> {
  if (source.texts.size === 0) return { source, analysis, keys, restored: new Set(), project };
  const files = filesOf(analysis).map(
    (file): SourceFile => ({ ...file, text: source.texts.get(file.path) ?? file.text }),
  );
  const changed = overlay(project, source.texts);
  const again = await analyse(files, changed, analysis.config);
  const steps = [...again.hooks.values()].flatMap(({ hook }) => hook.steps.map((step) => ({ step, path: hook.path })));
  const restored = steps.filter(({ step, path }) =>
    source.restored.some((place) => place.path === path && step.calls.some((call) => call.line === place.line)),
  );
  const added = new Set(restored.map(({ step }) => step.id));
  return {
    source,
    analysis: again,
    keys: keysOf(again, { added, gone: restoredKeys(source, keys, analysis) }),
    restored: added,
    project: changed,
  };
}

function restoredKeys(source: SourceEdits, keys: Keys, analysis: Analysis): ReadonlySet<string> {
  const files = analysis.languages.flatMap(({ facts }) => facts.files);
  const gone = files.flatMap(({ file, remarks }) =>
    remarks.filter((remark) => source.edits.get(file.path)?.some(({ range }) => range === remark.range)),
  );
  return new Set(gone.flatMap((remark) => keys.ofRemark(remark) ?? []));
}

export function filesOf(analysis: Analysis): readonly SourceFile[] {
  return analysis.languages.flatMap(({ facts }) => facts.files.map(({ file }) => file));
}
