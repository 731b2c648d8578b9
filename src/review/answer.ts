import type { ConfigRule } from '../core/index.ts';

/** What a person can make of a step instead of saying yes or no; `thread`: in the background, beside the event loop. */
export type Change = 'critical' | 'background' | 'thread' | 'leave';

/** What a person said about one item of a review. */
export type Answer =
  | { readonly says: 'yes' | 'no' }
  | {
      readonly says: 'change';
      readonly to: Change;
      /** The sentence that becomes the comment. */
      readonly reason?: string;
      /** A directive in the code, or a rule of the configuration, that outlasts the review. */
      readonly keep?: 'directive' | ConfigRule;
    }
  /** The call that a remark disables runs again, in the background. */
  | { readonly says: 'restore' };

/** Answers by the stable key of their items. */
export type Answers = ReadonlyMap<string, Answer>;

/** Answers that came with one key, each with the one that stood there before: what `undo` takes back. */
export interface Turn {
  readonly given: readonly (readonly [key: string, answer: Answer])[];
  readonly before: readonly (readonly [key: string, answer: Answer | undefined])[];
}

/** A review as far as it has come. */
export interface Progress {
  readonly answers: Answers;
  readonly turns: readonly Turn[];
}

export const noProgress: Progress = { answers: new Map(), turns: [] };

export function answered(progress: Progress, keys: readonly string[], answer: Answer): Progress {
  const { answers, turns } = progress;
  const given = keys.map((key) => [key, answer] as const);
  const before = keys.map((key) => [key, answers.get(key)] as const);
  return { answers: new Map([...answers, ...given]), turns: [...turns, { given, before }] };
}

/** Takes the last turn back. Returns the same progress where there is none. */
export function undone({ answers, turns }: Progress): Progress {
  const last = turns.at(-1);
  if (!last) return { answers, turns };
  const left = new Map(answers);
  for (const [key, answer] of last.before) {
    if (answer) left.set(key, answer);
    else left.delete(key);
  }
  return { answers: left, turns: turns.slice(0, -1) };
}

/** The progress without the answers that no longer fit what is asked; these cannot be taken back either. */
export function withoutAnswers({ answers, turns }: Progress, keys: ReadonlySet<string>): Progress {
  const kept = <T>(list: readonly (readonly [string, T])[]) => list.filter(([key]) => !keys.has(key));
  return {
    answers: new Map(kept([...answers])),
    turns: turns
      .map(({ given, before }) => ({ given: kept(given), before: kept(before) }))
      .filter(({ given }) => given.length > 0),
  };
}

/** The answer lets something be written. */
export function isAccepting(answer: Answer | undefined): boolean {
  if (answer?.says === 'change')
    return answer.to === 'background' || answer.to === 'thread' || answer.keep !== undefined;
  return answer?.says === 'yes' || answer?.says === 'restore';
}

/** The answer moves the step that it is about. */
export function isMoving(answer: Answer | undefined): boolean {
  if (answer?.says === 'change') return answer.to === 'background' || answer.to === 'thread';
  return answer?.says === 'yes';
}
