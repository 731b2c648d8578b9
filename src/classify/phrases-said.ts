import type { Observation } from './evidence-rule.ts';
import { phrases } from './phrases.ts';

/** The phrases that a text contains. Text that one phrase took is not read again by the next. */
export function phrasesSaid(text: string, factor: number, source: string): readonly Observation[] {
  let rest = text;
  return phrases.flatMap((phrase) => {
    if (!phrase.pattern.test(rest)) return [];
    rest = rest.replace(phrase.pattern, ' ');
    const what = `${source} says ${phrase.says}`;
    return [
      { what, favours: phrase.favours, weight: phrase.weight * factor, key: `says:${phrase.favours}:${phrase.says}` },
    ];
  });
}
