import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** Code that reads what the callee fills, and copes as long as it is not there: a lazy getter, an `is_initialized` check. */
export const readersCopeWithoutIt: EvidenceRule = {
  id: 'readers-cope-without-it',
  observe({ call: { body } }) {
    const read = (body?.effects ?? []).filter(({ readers }) => readers.length > 0);
    const readers = read.flatMap((effect) => effect.readers);
    const [first] = readers;
    if (first === undefined || !readers.every(({ copes }) => copes)) return [];
    const ways = [...new Set(readers.flatMap(({ how }) => how ?? []))].join(', ');
    return [
      {
        what: `what reads ${read.map(({ target }) => target).join(', ')} copes without it${ways === '' ? '' : `: ${ways}`}`,
        weight: weights.readersCope,
        favours: 'background',
        at: formatPlace(first.at),
      },
    ];
  },
};
