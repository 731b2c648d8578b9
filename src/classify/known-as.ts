import { compileGlob } from '../core/glob.ts';
import type { KnownCall } from '../core/index.ts';
import type { Subject } from './evidence-rule.ts';

/** A look-up over known calls. It is made once for a list, and answers each name once: hooks share their callees. */
export function knownAs(knownCalls: readonly KnownCall[]): Subject['knownAs'] {
  const lookUp = lookUps.get(knownCalls) ?? makeLookUp(knownCalls);
  lookUps.set(knownCalls, lookUp);
  return lookUp;
}

const lookUps = new WeakMap<readonly KnownCall[], Subject['knownAs']>();

function makeLookUp(knownCalls: readonly KnownCall[]): Subject['knownAs'] {
  const compiled = knownCalls.map((known) => ({ known, matches: compileGlob(known.call) }));
  const answers = new Map<string, readonly KnownCall[]>();
  return (name) => {
    const answer = answers.get(name) ?? compiled.filter(({ matches }) => matches(name)).map(({ known }) => known);
    answers.set(name, answer);
    return answer;
  };
}
