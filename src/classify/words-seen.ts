import type { Observation } from './evidence-rule.ts';
import { lexicon } from './lexicon.ts';
import type { LexiconEntry } from './lexicon-entry.ts';
import { wordsOf } from './words.ts';

/** The words of one name or text, the verb apart. */
export interface Words {
  readonly verb?: string | undefined;
  readonly nouns: readonly string[];
}

/** An observation for each word that the lexicon knows, once a word. */
export function wordsSeen(words: Words, factor: number, what: (word: string) => string): readonly Observation[] {
  const nouns = [...new Set(words.nouns)].flatMap((word) => entriesFor(word, 'noun'));
  const verbs = words.verb === undefined ? [] : entriesFor(words.verb, 'verb');
  return [...nouns, ...verbs].map(({ word, entry }) => ({
    what: what(word),
    word: 'other',
    favours: entry.favours,
    weight: entry.weight * factor,
    category: entry.category,
    key: `word:${entry.favours}:${stemOf(word)}`,
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
  }));
}

/**
 * The same for a sentence, in which any word may be a verb. A sentence may be about something else: its words for the
 * background only support other evidence.
 */
export function wordsSaid(text: string, factor: number, what: (word: string) => string): readonly Observation[] {
  return wordsIn(text, factor, what).map((one) =>
    one.favours === 'background' ? { ...one, onlySupports: true } : one,
  );
}

function wordsIn(text: string, factor: number, what: (word: string) => string): readonly Observation[] {
  const telling = [...new Set(wordsOf(text))].filter((word) => !isOnlyInNames(word));
  return telling.flatMap((word) =>
    wordsSeen(isVerb(word) ? { verb: word, nouns: [] } : { nouns: [word] }, factor, what),
  );
}

const byWord = new Map<string, LexiconEntry[]>();
for (const entry of lexicon) for (const word of entry.words) byWord.set(word, [...(byWord.get(word) ?? []), entry]);

function entriesFor(word: string, as: 'verb' | 'noun'): readonly { word: string; entry: LexiconEntry }[] {
  const entries = (byWord.get(word) ?? []).filter((entry) => entry.as === undefined || entry.as === as);
  return entries.map((entry) => ({ word, entry }));
}

function isVerb(word: string): boolean {
  return byWord.get(word)?.some((entry) => entry.as === 'verb') ?? false;
}

function isOnlyInNames(word: string): boolean {
  return byWord.get(word)?.some((entry) => entry.onlyInNames) ?? false;
}

/** `metric` and `metrics`, `warm` and `warming` count once. */
function stemOf(word: string): string {
  return word.replace(/(?:ing|ers?|up|s)$/, '');
}
