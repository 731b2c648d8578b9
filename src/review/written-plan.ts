import type { Analysis } from '../analyse.ts';
import type { FileError, Transform } from '../core/index.ts';
import type { PlanOptions } from '../plan.ts';
import { type VerifiedPlan, verifiedPlan } from '../verify.ts';
import type { Answer, Answers } from './answer.ts';
import { type Edited, filesOf } from './edited.ts';
import { type Keys, keysOf } from './keys.ts';
import { reviewed } from './reviewed.ts';
import type { SourceEdits } from './source-edits.ts';

/** What the answers write: verified, and compared with the source as it stands on the disk. */
export async function planOf(
  answers: Answers,
  { source, analysis: base, keys, restored, project }: Edited,
  analysis: Analysis,
  transforms: readonly Transform[],
  except: ReadonlySet<string>,
): Promise<VerifiedPlan> {
  const wanted = reviewed(base, answers, keys, { others: 'left', restored });
  const options: PlanOptions = { unsafe: true, picks: wanted.picks, rest: restOf(answers, keys), except };
  const verified = await verifiedPlan(wanted.analysis, project, transforms, options);
  const broken = brokenEdits(source, analysis);
  const failed = new Set([...verified.errors, ...broken].map(({ path }) => path));
  const edited = [...source.texts].filter(([path]) => !failed.has(path));
  const planned = new Map([...edited, ...verified.plan.files.map(({ file, after }) => [file.path, after] as const)]);
  const files = filesOf(analysis).flatMap((file) => {
    const after = broken.some(({ path }) => path === file.path) ? undefined : planned.get(file.path);
    return after === undefined || after === file.text ? [] : [{ file, after }];
  });
  return { plan: { ...verified.plan, files }, errors: [...verified.errors, ...broken] };
}

/** Once the plan is written, what was declined or left open is offered again, and nothing else: the answers hold for it, too. */
function restOf(answers: Answers, keys: Keys): NonNullable<PlanOptions['rest']> {
  return (again, { rewrites }) => {
    const moved = rewrites.flatMap(({ moves = [] }) => moves.flatMap((id) => keys.ofStep(id) ?? []));
    const removed = rewrites.flatMap(({ removes = [] }) => removes.flatMap((remark) => keys.ofRemark(remark) ?? []));
    const gone = new Set([...moved, ...removed]);
    const open = keys.all
      .filter((key) => !answers.has(key))
      .map((key) => [key, { says: 'change', to: 'leave' }] as const);
    const settled = new Map<string, Answer>([...answers, ...open].filter(([key]) => !gone.has(key)));
    const left = reviewed(again, settled, keysOf(again, { gone }), { others: 'written' });
    const { ofRewrite } = keysOf(again);
    const isOther = (key: string | undefined) => key?.startsWith('other|') && answers.get(key)?.says !== 'yes';
    return {
      analysis: left.analysis,
      picks: {
        moves: left.picks.moves,
        writes: (rewrite) => !isOther(ofRewrite(rewrite)) && left.picks.writes(rewrite),
      },
    };
  };
}

/** Edits of the source that leave a text that does not parse, or that loses a token. */
function brokenEdits(source: SourceEdits, analysis: Analysis): readonly FileError[] {
  return filesOf(analysis).flatMap((file) => {
    const after = source.texts.get(file.path);
    const language = analysis.languages.find((entry) => entry.language.id === file.language)?.language;
    if (after === undefined || !language) return [];
    const ranges = (source.edits.get(file.path) ?? []).map(({ range }) => range);
    return language
      .verify(file, after, ranges)
      .map((problem) => ({ path: file.path, message: `left as it is: the text with its directives ${problem}` }));
  });
}
