import { describe, expect, it } from 'vitest';
import { lexicon } from '../../src/classify/lexicon.ts';
import { sideOf } from '../../src/classify/matrix.ts';
import { phrasesSaid } from '../../src/classify/phrases-said.ts';
import { reasonFor } from '../../src/classify/reasons.ts';
import { methodOf, receiverOf, wordsOf } from '../../src/classify/words.ts';
import type { Category } from '../../src/core/index.ts';
import { knownCalls } from '../../src/languages/python/known-calls.ts';

describe('words of a name', () => {
  it.each([
    ['enhanced_worker_manager.start', 'enhanced worker manager start'],
    ['CacheWarmer.startAll', 'cache warmer start all'],
    ['JWTKeyStore.load', 'jwt key store load'],
    ['_init_db2', 'init db'],
    ['extractor', 'extractor'],
    ['', ''],
  ])('%s', (name, expected) => {
    expect(wordsOf(name).join(' ')).toBe(expected);
  });

  it('come apart into receiver and method', () => {
    expect([receiverOf('app.state.cache.warm'), methodOf('app.state.cache.warm')]).toEqual(['app.state.cache', 'warm']);
    expect([receiverOf('warm'), methodOf('warm')]).toEqual(['', 'warm']);
  });
});

describe('the lexicon', () => {
  it('holds whole words, or two that stand together, in lower case', () => {
    for (const word of lexicon.flatMap(({ words }) => words)) {
      expect(wordsOf(word).slice(0, 2).join(' ')).toBe(word);
    }
  });

  it('holds each word once for each way to stand', () => {
    const words = lexicon.flatMap(({ words, as }) =>
      words.flatMap((word) => (as ? [`${word} ${as}`] : [`${word} verb`, `${word} noun`])),
    );
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it('lets a critical word that stands for itself outweigh a lone noun of the other side', () => {
    const own = lexicon.filter(({ favours, category }) => favours === 'critical' && category !== 'core-api');
    const weakest = Math.min(...own.map(({ weight }) => weight));
    const nouns = lexicon.filter(
      ({ words }) => words.includes('cache') || words.includes('model') || words.includes('vector'),
    );
    for (const { weight } of nouns) expect(weight).toBeLessThan(weakest);
  });

  it('has no word without information', () => {
    const words = new Set(lexicon.flatMap((entry) => entry.words));
    for (const word of ['start', 'init', 'initialize', 'load', 'ensure', 'service', 'manager', 'run', 'queue']) {
      expect(words.has(word)).toBe(false);
    }
  });
});

describe('phrases', () => {
  const sides = (text: string) => phrasesSaid(text, 1, 'it').map(({ favours }) => favours);

  it.each([
    ['Warm up the caches in the background', ['background', 'background']],
    ['Non-critical: must not block startup', ['background', 'background']],
    ['Must be ready before the first request', ['critical', 'critical']],
    ['needs to run before serving traffic', ['critical', 'critical']],
    ['best effort, startup does not fail', ['background', 'background']],
    ['Background image of the café', []],
    ["don't block startup", ['background']],
    ['Start the service', []],
    ['before', []],
  ])('%s', (text, expected) => {
    expect(sides(text)).toEqual(expected);
  });

  it('are found in long hostile text in no time', () => {
    const began = performance.now();
    phrasesSaid(`before ${'the any first '.repeat(5_000)}`, 1, 'it');
    phrasesSaid('not to '.repeat(20_000), 1, 'it');
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('reasons', () => {
  const categories = Object.keys(sideOf) as Category[];

  it('are one sentence for every category and verdict', () => {
    for (const category of categories) {
      for (const verdict of ['critical', 'background', 'undecided'] as const) {
        expect(reasonFor(verdict, category, [])).toMatch(/^[a-z][^.\n]*\.$/);
      }
    }
  });

  it('say what was seen where that is more than the category', () => {
    const seen = {
      rule: 'failure-stops-startup',
      what: 'it exits',
      weight: 3,
      favours: 'critical',
      reason: 'it must not fail.',
    } as const;
    expect(reasonFor('critical', 'cache', [seen])).toBe('it must not fail.');
    expect(reasonFor('background', 'cache', [seen])).not.toBe('it must not fail.');
  });
});

describe('known calls of Python', () => {
  it('are globs with a phrase', () => {
    for (const { call, because } of knownCalls) {
      expect(call).toMatch(/^[\w.*]+$/);
      expect(because).toMatch(/^[a-z][^.]+$/);
    }
    expect(knownCalls.length).toBeGreaterThan(100);
  });

  it('stand once each', () => {
    const names = knownCalls.map(({ call }) => call);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
