import type { Category, Evidence, KnownCall, StartupCall, StartupHook, StartupStep } from '../core/index.ts';

/** What an evidence rule looks at: one call of a step. */
export interface Subject {
  readonly call: StartupCall;
  readonly step: StartupStep;
  readonly hook: StartupHook;
  /** The known calls that match a qualified name, in the order of the data. */
  knownAs(qualifiedName: string): readonly KnownCall[];
}

/** What a rule saw: evidence, before it is weighed. */
export interface Observation extends Omit<Evidence, 'rule'> {
  readonly category?: Category;
  /** Observations with the same key say the same thing: the heaviest one counts. */
  readonly key?: string;
  /** A single word of a name or text. `action`: the verb of the called function. */
  readonly word?: 'action' | 'other';
  /** Counts only beside weightier evidence for its side. */
  readonly onlySupports?: true;
  /** Says why better than the sentence of the category could. */
  readonly reason?: string;
}

/** One kind of observation. */
export interface EvidenceRule {
  /** Kebab-case, equal to its file's name. */
  readonly id: string;
  observe(subject: Subject): readonly Observation[];
}

/** An observation with the rule that made it. */
export interface RuledObservation extends Observation {
  readonly rule: string;
}
