import { describe, expect, it } from 'vitest';
import type { Transform } from '../../src/core/index.ts';
import type { Answer, Answers, Change } from '../../src/review/answer.ts';
import { answered, noProgress, undone } from '../../src/review/answer.ts';
import type { ReviewItem } from '../../src/review/items.ts';
import { openReview, type Review } from '../../src/review/open-review.ts';
import { carriedOver } from '../../src/review/prints.ts';
import { suggestedRule } from '../../src/review/suggested-rule.ts';
import { transforms } from '../../transforms/index.ts';
import { memoryProject } from '../memory-project.ts';
import { reviewOf } from './review-of.ts';

const MAIN = `import logging
import time
from contextlib import asynccontextmanager

from fastapi import FastAPI

from ovens import brew_something, close_ovens, connect_db, warm_recipe_cache

logger = logging.getLogger(__name__)


async def bake_sample() -> None:
    time.sleep(5)


@asynccontextmanager
async def lifespan(app: FastAPI):
    await connect_db()
    await warm_recipe_cache("brötchen")
    await warm_recipe_cache("kuchen")
    await bake_sample()
    await brew_something()
    # TODO: temporarily disabled, it slows down the start
    # await preload_photos()
    yield
    await close_ovens()


app = FastAPI(lifespan=lifespan)
`;

const NODE = `import express from 'express';
import { connectDatabase, warmPriceCache } from './bakery.js';

const app = express();
await connectDatabase();
await warmPriceCache('Brötchen');
app.listen(3000);
`;

function itemNamed(review: Review, name: string, answers: Answers = new Map()): ReviewItem {
  const found = review.items(answers).find((item) => item.name === name);
  if (!found) throw new Error(`${name} is not among ${review.items(answers).map((item) => item.name)}`);
  return found;
}

/** The text after one answer, verified. */
async function afterOnly(texts: Readonly<Record<string, string>>, name: string, answer: Answer): Promise<string> {
  const review = await reviewOf(texts);
  const answers = new Map([[itemNamed(review, name).key, answer]]);
  const { plan, errors } = await review.plan(answers);
  expect(errors).toEqual([]);
  return plan.files[0]?.after ?? 'unchanged';
}

const change = (to: Change, rest: Partial<Extract<Answer, { says: 'change' }>> = {}): Answer => ({
  says: 'change',
  to,
  ...rest,
});

describe('a changed decision', () => {
  it('keeps a directive in the code, with its reason, which the next run obeys', async () => {
    const reason = 'the first order needs it';
    const after = await afterOnly(
      { 'main.py': MAIN },
      'bake_sample',
      change('critical', { reason, keep: 'directive' }),
    );
    expect(after).toBe(
      MAIN.replace('    await bake_sample()', `    # startup-codemod: critical — ${reason}\n    await bake_sample()`),
    );
    const again = await reviewOf({ 'main.py': after });
    expect(again.items(new Map()).map(({ name }) => name)).not.toContain('bake_sample');
  });

  it.each(['  # startup-codemod: background — it is small', '  # Startup-Codemod:background'])(
    'changes a directive that stands there already: %s',
    async (old) => {
      const text = MAIN.replace('await bake_sample()', `await bake_sample()${old}`);
      const after = await afterOnly({ 'main.py': text }, 'bake_sample', change('critical', { keep: 'directive' }));
      expect(after).toBe(MAIN.replace('await bake_sample()', 'await bake_sample()  # startup-codemod: critical'));
    },
  );

  it('keeps a directive in TypeScript, too', async () => {
    const after = await afterOnly({ 'main.ts': NODE }, 'warmPriceCache', change('background', { keep: 'directive' }));
    const block = NODE.replace('await warm', '/* startup-codemod: background */\nawait warm');
    expect(
      await afterOnly({ 'main.ts': block }, 'warmPriceCache', change('critical', { keep: 'directive' })),
    ).toContain('/* startup-codemod: critical */\nawait warmPriceCache');
    expect(after).toContain(
      "// startup-codemod: background\nstartupTasks.start('warmPriceCache', () => warmPriceCache('Brötchen'));",
    );
  });

  it('puts a call into a thread, or a blocking one into a task, where it can be written', async () => {
    const review = await reviewOf({ 'main.py': MAIN, 'main.ts': NODE });
    const offered = (name: string) => review.changes(itemNamed(review, name), new Map());
    expect(await offered('warm_recipe_cache')).toEqual(['critical', 'background', 'thread', 'leave']);
    expect(await offered('warmPriceCache')).toEqual(['critical', 'background', 'leave']);
    expect(await offered('close_ovens')).toEqual([]);
    expect(await afterOnly({ 'main.py': MAIN }, 'brew_something', change('thread'))).toContain(
      'startup_tasks.start_thread(brew_something)',
    );
    expect(await afterOnly({ 'main.py': MAIN }, 'bake_sample', { says: 'yes' })).toContain('start_thread(bake_sample)');
    expect(await afterOnly({ 'main.py': MAIN }, 'bake_sample', change('background'))).toContain(
      'tasks.start(bake_sample)',
    );
  });

  it('critical is explained beside what moves; left alone it has no comment', async () => {
    const review = await reviewOf({ 'main.py': MAIN });
    const moved = [itemNamed(review, 'warm_recipe_cache').key, { says: 'yes' }] as const;
    const { key } = itemNamed(review, 'bake_sample');
    const texts = async (answer: Answer) =>
      (await review.plan(new Map<string, Answer>([moved, [key, answer]]))).plan.files[0]?.after;
    expect(await texts(change('critical', { reason: 'it is sold.' }))).toContain(
      '# Blocks startup: it is sold.\n    await bake',
    );
    expect(await texts({ says: 'no' })).toContain('# Blocks startup: as decided in a review.\n    await bake_sample');
    expect(await texts(change('leave'))).toContain('"kuchen")\n    await bake_sample()');
  });
});

describe('a remark that disables a call', () => {
  const name = '# TODO: temporarily disabled, it slows down the start';

  it('becomes a background step, is removed, or is kept', async () => {
    const texts = { 'main.py': MAIN.replace('connect_db, ', 'connect_db, preload_photos, ') };
    const restored = await afterOnly(texts, name, { says: 'restore' });
    expect(restored).toContain(
      '    # Background: warming up only makes the first requests faster.\n    startup_tasks.start(preload_photos)\n',
    );
    expect(restored).not.toContain('TODO');
    expect(await afterOnly(texts, name, { says: 'yes' })).toBe(
      texts['main.py'].replace(/ {4}# TODO.*\n.*preload_photos\(\)\n/, ''),
    );
    expect(await afterOnly(texts, name, { says: 'no' })).toBe('unchanged');
  });

  it('can be restored only where what is restored can move', async () => {
    const cases = { 'await preload_photos()': true, 'await (': false, 'preload_photos(': false, 'sys.exit(1)': false };
    for (const [call, isOffered] of Object.entries(cases)) {
      const review = await reviewOf({ 'main.py': MAIN.replace('await preload_photos()', call) });
      const item = itemNamed(review, name);
      expect(await review.canEdit(item, new Map(), { says: 'restore' }), call).toBe(isOffered);
    }
  });
});

describe('a guard', () => {
  it('is shown as it will be beside a move, and is not asked about where nothing moves', async () => {
    const review = await reviewOf({ 'main.py': MAIN });
    const [shown] = await review.difference(itemNamed(review, 'close_ovens'), new Map());
    expect(shown?.after).toContain('    try:\n        await close_ovens()');
    const steps = review.items(new Map()).filter(({ about }) => 'step' in about);
    const none: Answers = new Map(steps.map(({ key }) => [key, { says: 'no' }]));
    expect(review.items(none).map(({ about }) => about.kind)).not.toContain('guard');
  });
});

describe('a transform that the review knows nothing about', () => {
  it('is asked about, rewrite by rewrite', async () => {
    const texts = { 'main.py': MAIN };
    const stamp: Transform = {
      id: 'stamp',
      description: 'Put a stamp on every file with a hook',
      subject: 'Change it',
      rewrite: ({ hook }) => [
        {
          transform: 'stamp',
          title: 'Stamp main.py',
          applicability: 'safe',
          hookId: hook.id,
          edits: [{ path: hook.path, range: { start: 0, end: 0 }, text: '# stamped\n' }],
          creates: [],
        },
      ],
    };
    const { analysis } = await reviewOf(texts);
    const review = openReview(analysis, memoryProject(texts), [...transforms, stamp]);
    const item = itemNamed(review, 'Stamp main.py');
    expect([item.about.kind, item.line]).toEqual(['other', 1]);
    const moved = itemNamed(review, 'warm_recipe_cache').key;
    const { plan, errors } = await review.plan(new Map([[moved, { says: 'yes' }]]));
    expect(errors).toEqual([]);
    expect(plan.rewrites.map(({ transform }) => transform)).not.toContain('stamp');
  });
});

describe('answers', () => {
  it('hold for a file that has changed, unless what they are about shows something else', async () => {
    const before = await reviewOf({ 'main.py': MAIN });
    const items = before.items(new Map());
    const prints = new Map(await Promise.all(items.map(async (item) => [item.key, await before.print(item)] as const)));
    const progress = answered(
      noProgress,
      items.map(({ key }) => key),
      { says: 'yes' },
    );
    const moved = await reviewOf({ 'main.py': `"""Die Bäckerei."""\n\n${MAIN}` });
    expect((await carriedOver(moved, progress, prints)).askedAgain).toEqual([]);
    const edited = await reviewOf({
      'main.py': MAIN.replace('"kuchen"', '"torte"').replace('    await bake_sample()\n', ''),
    });
    const carried = await carriedOver(edited, progress, prints);
    expect(carried.askedAgain.map(({ key }) => key)).toEqual(['step|main.py|lifespan|warm_recipe_cache|2']);
    expect(carried.progress.answers.size).toBe(items.length - 2);
    expect(undone(carried.progress).answers.size).toBe(0);
  });

  it('that are the same for all of a kind are offered as one rule', async () => {
    const calls = ['orders.cleanup_drafts', 'photo_cleanup', 'run_cleanup', 'report_metrics'];
    const text = MAIN.replace('await bake_sample()', calls.map((call) => `await ${call}()`).join('\n    '));
    const review = await reviewOf({ 'main.py': text });
    const said = (says: 'yes' | 'no', names = calls.slice(0, 3)): Answers =>
      new Map(names.map((name) => [itemNamed(review, name).key, { says }]));
    expect(suggestedRule(review, said('no'))).toEqual({
      rule: { callee: '*cleanup*', decision: 'critical' },
      answers: 3,
    });
    expect(suggestedRule(review, said('yes'))).toBeUndefined();
    expect(suggestedRule(review, said('no', calls.slice(0, 2)))).toBeUndefined();
    const mixed = new Map([...said('no'), [itemNamed(review, 'run_cleanup').key, { says: 'yes' }] as const]);
    expect(suggestedRule(review, mixed)).toBeUndefined();
  });

  it('let a second of several equal calls be declined, and only that one is offered again', async () => {
    const review = await reviewOf({ 'main.py': MAIN });
    const [first, second] = review.items(new Map()).filter(({ name }) => name === 'warm_recipe_cache');
    for (const [yes, no] of [
      [first, second],
      [second, first],
    ]) {
      const answers: Answers = new Map<string, Answer>([
        [yes?.key ?? '', { says: 'yes' }],
        [no?.key ?? '', { says: 'no' }],
      ]);
      const { plan, errors } = await review.plan(answers);
      expect(errors).toEqual([]);
      const again = await reviewOf({ 'main.py': plan.files[0]?.after ?? '' });
      const left = again.items(new Map()).filter(({ name }) => name === 'warm_recipe_cache');
      expect(left.map(({ key }) => key)).toEqual(['step|main.py|lifespan|warm_recipe_cache|1']);
    }
  });
});
