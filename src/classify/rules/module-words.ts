import type { EvidenceRule } from '../evidence-rule.ts';
import { places } from '../weights.ts';
import { wordsOf } from '../words.ts';
import { wordsSeen } from '../words-seen.ts';

/** Words of the last part of the module that the callee comes from: the folders above it say too little. */
export const moduleWords: EvidenceRule = {
  id: 'module-words',
  observe({ call, hook }) {
    if (call.module === undefined || isHooksOwn(call.body?.at.path, hook.path)) return [];
    const nouns = wordsOf(call.module.slice(call.module.lastIndexOf('.') + 1));
    return wordsSeen({ nouns }, places.module, (word) => `its module ${call.module} says “${word}”`);
  },
};

function isHooksOwn(path: string | undefined, hookPath: string): boolean {
  return path === hookPath;
}
