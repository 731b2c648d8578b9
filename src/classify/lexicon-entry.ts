import type { Category } from '../core/index.ts';
import type { Side } from './matrix.ts';

/** What a whole word of a name says. Words that are not here (start, init, initialize, load, ensure, service …) say nothing. */
export interface LexiconEntry {
  readonly words: readonly string[];
  readonly favours: Side;
  readonly weight: number;
  readonly category: Category;
  /** `verb`: only as the first word of the called function; `noun`: anywhere else. Missing: anywhere. */
  readonly as?: 'verb' | 'noun';
  /** The comment's sentence, where that of the category would say too much. */
  readonly reason?: string;
  /** Too common in sentences to say anything there. */
  readonly onlyInNames?: true;
}
