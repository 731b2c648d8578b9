import { type Answers, type Progress, withoutAnswers } from './answer.ts';
import type { ReviewItem } from './items.ts';
import type { Review } from './open-review.ts';

/** The print of every answered item, as it was when it was answered. */
export type Prints = ReadonlyMap<string, string>;

/** What of a review's answers still holds for files that have changed since. */
export interface Carried {
  readonly progress: Progress;
  /** Items that are asked again, since they show something else now. */
  readonly askedAgain: readonly ReviewItem[];
}

/** Answers whose items show what they showed before are kept; the others are asked for again. */
export async function carriedOver(review: Review, progress: Progress, prints: Prints): Promise<Carried> {
  const items = allItems(review, progress.answers);
  const known = new Set(items.map(({ key }) => key));
  const askedAgain: ReviewItem[] = [];
  for (const item of items) {
    const print = prints.get(item.key);
    if (progress.answers.has(item.key) && print !== (await review.print(item))) askedAgain.push(item);
  }
  const gone = [...progress.answers.keys()].filter((key) => !known.has(key));
  const dropped = new Set([...gone, ...askedAgain.map(({ key }) => key)]);
  return { progress: withoutAnswers(progress, dropped), askedAgain };
}

/** What was asked at any time: an answer can be about an item that another answer has made pointless. */
function allItems(review: Review, answers: Answers): readonly ReviewItem[] {
  const items = [...review.items(answers), ...review.items(new Map())];
  return [...new Map(items.map((item) => [item.key, item])).values()];
}
