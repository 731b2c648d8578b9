import { createHash } from 'node:crypto';
import { diffLines } from 'diff';
import { type Analysis, analyse } from '../analyse.ts';
import type { FileChange, FileError, ProjectFiles, SourceFile, Transform } from '../core/index.ts';
import { type Plan, type PlanOptions, plan } from '../plan.ts';
import { overlay, type VerifiedPlan, verifiedPlan } from '../verify.ts';
import { type Answer, type Answers, type Change, isAccepting } from './answer.ts';
import { type ReviewItem, reviewItems } from './items.ts';
import { type Keys, keysOf } from './keys.ts';
import { reviewed } from './reviewed.ts';
import { type SourceEdits, sourceEdits } from './source-edits.ts';

/** A review of what a scan has found: pure functions of the answers. Reads nothing, writes nothing, asks nobody. */
export interface Review {
  readonly analysis: Analysis;
  /** What is asked, given what was answered. */
  items(answers: Answers): readonly ReviewItem[];
  /** What the item's yes, or the answer given, changes in every file, next to what was accepted already. */
  difference(item: ReviewItem, answers: Answers, answer?: Answer): Promise<readonly FileChange[]>;
  /** What a person can make of an item, besides yes and no. */
  changes(item: ReviewItem, answers: Answers): Promise<readonly Change[]>;
  /** The answer can be kept in the code, or the disabled call be restored. */
  canEdit(item: ReviewItem, answers: Answers, answer: Answer): Promise<boolean>;
  /** A print of what the item shows, whatever else was answered and wherever it stands: where it is the same, an answer still holds. */
  print(item: ReviewItem): Promise<string>;
  /** What the answers write, verified. */
  plan(answers: Answers): Promise<VerifiedPlan>;
}

/** The source with the directives and restored calls that answers ask for. */
interface Edited {
  readonly source: SourceEdits;
  readonly analysis: Analysis;
  readonly keys: Keys;
  readonly restored: ReadonlySet<string>;
  readonly project: ProjectFiles;
}

export function openReview(analysis: Analysis, project: ProjectFiles, transforms: readonly Transform[]): Review {
  const keys = keysOf(analysis);
  const edit = editing(analysis, project, keys);
  const textsFor = async (answers: Answers) => {
    const { source, analysis: base, keys: own, restored } = await edit(answers);
    const wanted = reviewed(base, answers, own, { others: 'left', restored });
    return textsOf(plan(wanted.analysis, transforms, { unsafe: true, picks: wanted.picks }), source);
  };
  const difference: Review['difference'] = async (item, answers, answer = { says: 'yes' }) => {
    const before = await textsFor(left(answers, item));
    const after = await textsFor(new Map([...answers, [item.key, answer]]));
    return changesBetween(before, after, analysis);
  };
  return {
    analysis,
    items: (answers) => reviewItems(analysis, answers, keys, transforms),
    async difference(item, answers, answer) {
      const shown = await difference(item, answers, answer);
      if (shown.length > 0 || (answer && !isAccepting(answer))) return shown;
      // A guard makes sense only beside a move: it is shown as it will be once something in its hook moves.
      const all = new Map(
        reviewItems(analysis, answers, keys, transforms).flatMap(({ key, about }) =>
          about.kind === 'undecided' || answers.has(key) ? [] : [[key, { says: 'yes' }] as const],
        ),
      );
      return difference(item, new Map<string, Answer>([...all, ...answers]), answer);
    },
    async changes(item, answers) {
      if (item.about.kind !== 'move' && item.about.kind !== 'undecided') return [];
      const textWith = async (to: Change) => {
        const texts = await textsFor(new Map([...answers, [item.key, { says: 'change', to }]]));
        return [...texts].join('\n');
      };
      const [asTask, asThread] = [await textWith('background'), await textWith('thread')];
      return ['critical', 'background', ...(asTask === asThread ? [] : (['thread'] as const)), 'leave'];
    },
    async canEdit(item, answers, answer) {
      const { source, analysis: base, restored, keys: own } = await edit(new Map([...answers, [item.key, answer]]));
      if (answer.says === 'restore') {
        const { restored: before } = await edit(left(answers, item));
        return restored.size > before.size && [...restored].every((id) => isMovable(id, base, transforms));
      }
      if (!source.edits.has(item.path)) return false;
      const decision = [...base.decisions.values()].find(({ stepId }) => own.ofStep(stepId) === item.key);
      return decision?.decidedBy === 'directive' && directivesIn(base) === directivesIn(analysis) + 1;
    },
    async print(item) {
      const { about } = item;
      const shown = await difference(item, new Map());
      const decision = 'decision' in about ? about.decision : undefined;
      const seen = {
        lines: shown.flatMap(({ path, before = '', after = '' }) => [path, ...changedLines(before, after)]),
        verdict: [decision?.verdict, decision?.category, decision?.applicability, decision?.cost],
        hazards: decision?.hazards.map(({ what }) => what.replaceAll(/:\d+/g, '')),
      };
      return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 16);
    },
    plan: async (answers) => planOf(answers, await edit(answers), analysis, transforms),
  };
}

/** Analyses the source anew where answers edit it; the same edits are looked at once. */
function editing(analysis: Analysis, project: ProjectFiles, keys: Keys): (answers: Answers) => Promise<Edited> {
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

async function planOf(
  answers: Answers,
  { source, analysis: base, keys, restored, project }: Edited,
  analysis: Analysis,
  transforms: readonly Transform[],
): Promise<VerifiedPlan> {
  const wanted = reviewed(base, answers, keys, { others: 'left', restored });
  const options: PlanOptions = { unsafe: true, picks: wanted.picks, rest: restOf(answers, keys) };
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
    return reviewed(again, settled, keysOf(again, { gone }), { others: 'written' });
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

function isMovable(stepId: string, analysis: Analysis, transforms: readonly Transform[]): boolean {
  const moves = new Set([stepId]);
  const wanted = reviewed(analysis, new Map(), keysOf(analysis), { others: 'left', restored: moves });
  const { rewrites } = plan(wanted.analysis, transforms, { unsafe: true, picks: wanted.picks });
  return rewrites.some((rewrite) => rewrite.moves?.includes(stepId));
}

function directivesIn(analysis: Analysis): number {
  return [...analysis.hooks.values()].flatMap(({ hook }) => hook.steps).filter((step) => step.directive).length;
}

function left(answers: Answers, item: ReviewItem): Answers {
  return new Map([...answers].filter(([key]) => key !== item.key));
}

function filesOf(analysis: Analysis): readonly SourceFile[] {
  return analysis.languages.flatMap(({ facts }) => facts.files.map(({ file }) => file));
}

function textsOf({ files, creates }: Plan, source: SourceEdits): ReadonlyMap<string, string> {
  const created = creates.map(({ path, text }) => [path, text] as const);
  return new Map([...source.texts, ...files.map(({ file, after }) => [file.path, after] as const), ...created]);
}

function changesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  analysis: Analysis,
): readonly FileChange[] {
  const originals = new Map(filesOf(analysis).map(({ path, text }) => [path, text]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path) ?? originals.get(path), after.get(path) ?? originals.get(path)];
    if (old === now) return [];
    return [{ path, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) }];
  });
}

/** Removed and added lines, each with its sign; where they stand does not matter. */
function changedLines(before: string, after: string): readonly string[] {
  return diffLines(before, after).flatMap(({ added, removed, value }) =>
    added || removed ? [`${added ? '+' : '-'}${value}`] : [],
  );
}
