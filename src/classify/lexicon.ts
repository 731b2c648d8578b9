import { backgroundWords } from './background-words.ts';
import { criticalWords } from './critical-words.ts';
import type { LexiconEntry } from './lexicon-entry.ts';

/** The words of names and texts that belong to a row of the matrix. */
export const lexicon: readonly LexiconEntry[] = [...criticalWords, ...backgroundWords];
