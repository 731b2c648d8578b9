import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../src/review/answer.ts';
import { filesOf, temporaryFolder } from '../end-to-end/tool.ts';
import { reviewOf } from '../review/review-of.ts';

const head = `import logging
from contextlib import asynccontextmanager

from fastapi import FastAPI

logger = logging.getLogger(__name__)
`;

/** Two servers of one bakery: what is asked about are the caches, the metrics, one undecided call, guards and a remark. */
export const bakery: Readonly<Record<string, string>> = {
  'main.py': `${head}
from recipes import brew_something, close_ovens, connect_db, preload_photos, report_metrics, warm_price_cache, warm_recipe_cache


@asynccontextmanager
async def lifespan(app: FastAPI):
    await connect_db()
    await warm_recipe_cache("brötchen")
    await warm_price_cache()
    await report_metrics()
    await brew_something()
    # TODO: temporarily disabled, it slows down the start
    # await preload_photos()
    yield
    await close_ovens()


app = FastAPI(lifespan=lifespan)
`,
  'orders.py': `${head}
from recipes import connect_db, warm_order_cache


@asynccontextmanager
async def lifespan(app: FastAPI):
    await connect_db()
    await warm_order_cache()
    yield


app = FastAPI(lifespan=lifespan)
`,
};

/** The bakery on the disk, outside of any repository. */
export function bakeryFolder(texts: Readonly<Record<string, string>> = bakery): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(folder, path), text);
  return folder;
}

/** Answers by what they are about; what is not named is left open. */
export type Said = Readonly<Record<string, Answer | 'yes' | 'no'>>;

/** The files as these answers leave them, by the model of a review alone: no terminal, no disk. */
export async function filesAfter(said: Said, texts = bakery): Promise<ReadonlyMap<string, string>> {
  const review = await reviewOf(texts);
  const answers = new Map<string, Answer>();
  for (const { key, name } of review.items(new Map())) {
    const answer = said[name];
    if (answer !== undefined) answers.set(key, typeof answer === 'string' ? { says: answer } : answer);
  }
  if (answers.size < Object.keys(said).length)
    throw new Error(`asked: ${review.items(new Map()).map(({ name }) => name)}`);
  const { plan } = await review.plan(answers);
  const written = [...plan.creates, ...plan.files.map(({ file, after }) => ({ path: file.path, text: after }))];
  const all = { ...texts, ...Object.fromEntries(written.map(({ path, text }) => [path, text])) };
  return new Map(
    Object.entries(all)
      .map(([path, text]) => [path, Buffer.from(text).toString('latin1')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What is on the disk, as `filesAfter` gives it. */
export function filesIn(folder: string): ReadonlyMap<string, string> {
  return new Map([...filesOf(folder)].sort(([a], [b]) => (a < b ? -1 : 1)));
}
