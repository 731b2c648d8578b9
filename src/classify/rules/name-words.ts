import type { EvidenceRule, Observation } from '../evidence-rule.ts';
import { objectOfBackgroundVerb, places } from '../weights.ts';
import { methodOf, receiverOf, wordsOf } from '../words.ts';
import { wordsSeen } from '../words-seen.ts';

/** Words of the callee's dotted name that belong to a row of the matrix. */
export const nameWords: EvidenceRule = {
  id: 'name-words',
  observe({ call }) {
    const [verb, ...rest] = wordsOf(methodOf(call.callee));
    const action = seenIn({ verb, nouns: [] });
    const objects = seenIn({ nouns: [...wordsOf(receiverOf(call.callee)), ...rest] });
    const isBackgroundWork = action.some(({ favours, weight }) => favours === 'background' && weight >= 1);
    return [...action, ...(isBackgroundWork ? objects.map(asObject) : objects)];
  },
};

function seenIn(words: Parameters<typeof wordsSeen>[0]): readonly Observation[] {
  return wordsSeen(words, places.name, (word) => `its name says “${word}”`);
}

/** In `warm_up_connections` or `log_redis_diagnostics` the noun is what the verb works on, not what is set up. */
function asObject(observation: Observation): Observation {
  const isObject = observation.favours === 'critical' && observation.category !== 'cleanup';
  return isObject ? { ...observation, weight: observation.weight * objectOfBackgroundVerb } : observation;
}
