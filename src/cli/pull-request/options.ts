import type { SplitBy } from '../../index.ts';
import type { SelectionOptions } from '../args.ts';

export const SPLITS: readonly SplitBy[] = ['transform', 'hook', 'owner', 'none'];

/** The options of `pr`, as commander gives them. */
export interface PullRequestOptions extends SelectionOptions {
  readonly splitBy: SplitBy;
  readonly branch: string;
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  readonly push?: boolean;
  readonly draft?: boolean;
  readonly unsafe?: boolean;
  readonly verify: boolean;
  readonly quiet?: boolean;
}
