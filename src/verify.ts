import { type Analysis, analyse } from './analyse.ts';
import type { FileError, ProjectFiles, SourceFile, TextRange, Transform } from './core/index.ts';
import { type Plan, type PlanOptions, plan } from './plan.ts';

/** A plan whose every new text may be written, and the files that had to be left out of it. */
export interface VerifiedPlan {
  readonly plan: Plan;
  readonly errors: readonly FileError[];
}

/**
 * Plans, and plans again without the files whose new text fails: it must parse, keep every token outside the edits, and give
 * an empty diff on a second pass. What comes out is what a dry run prints and what a write writes.
 */
export async function verifiedPlan(
  analysis: Analysis,
  project: ProjectFiles,
  transforms: readonly Transform[],
  options: PlanOptions,
): Promise<VerifiedPlan> {
  const except = new Set(options.except);
  const errors: FileError[] = [];
  for (;;) {
    const current = plan(analysis, transforms, { ...options, except });
    const failures = [
      ...malformed(current, analysis),
      ...(await unstable(current, analysis, project, transforms, options)),
    ];
    if (failures.length === 0) return { plan: current, errors };
    for (const failure of failures) {
      if (!except.has(failure.path)) errors.push(failure);
      except.add(failure.path);
    }
  }
}

/** New texts that do not parse or lose a token. */
export function malformed(current: Plan, analysis: Analysis): readonly FileError[] {
  return current.files.flatMap(({ file, after }) => {
    const language = analysis.languages.find((entry) => entry.language.id === file.language)?.language;
    const problems = language?.verify(file, after, editedRanges(current, file.path)) ?? [];
    return problems.map((problem) => ({ path: file.path, message: `left as it is: the rewritten text ${problem}` }));
  });
}

function editedRanges(current: Plan, path: string): readonly TextRange[] {
  return current.rewrites.flatMap((rewrite) =>
    rewrite.edits.filter((edit) => edit.path === path).map((edit) => edit.range),
  );
}

/** Files that a second run would change again. */
async function unstable(
  current: Plan,
  analysis: Analysis,
  project: ProjectFiles,
  transforms: readonly Transform[],
  options: PlanOptions,
): Promise<readonly FileError[]> {
  if (current.files.length === 0) return [];
  const texts = new Map(current.files.map(({ file, after }) => [file.path, after]));
  const candidates = analysis.languages
    .flatMap(({ facts }) => facts.files)
    .filter((file) => file.hooks.length > 0 || texts.has(file.file.path))
    .map(({ file }): SourceFile => ({ ...file, text: texts.get(file.path) ?? file.text }));
  for (const created of current.creates) texts.set(created.path, created.text);
  const again = await analyse(candidates, overlay(project, texts), analysis.config);
  const rest = options.rest?.(again, current) ?? { analysis: again };
  return plan(rest.analysis, transforms, { ...options, ...rest })
    .files.filter(({ file }) => texts.has(file.path))
    .map(({ file }) => ({
      path: file.path,
      message: 'left as it is: a second run would change the rewritten text again',
    }));
}

/** The project as it will be once the new texts are written. */
export function overlay(project: ProjectFiles, texts: ReadonlyMap<string, string>): ProjectFiles {
  const added = (extension: string) =>
    [...texts.keys()].filter((path) => path.endsWith(extension) && !project.has(path));
  return {
    read: (path) => texts.get(path) ?? project.read(path),
    has: (path) => texts.has(path) || project.has(path),
    paths: (extension) => [...project.paths(extension), ...added(extension)],
    containing: (word, extension) => [
      ...project.containing(word, extension).filter((path) => !texts.has(path)),
      ...[...texts].filter(([path, text]) => path.endsWith(extension) && text.includes(word)).map(([path]) => path),
    ],
  };
}
