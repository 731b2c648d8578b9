import type { Place } from './source-file.ts';

/** Ways to start a server that are known to go wrong, by code; what they mean stands in `traps/`. */
export const TRAP_CODES = [
  'SC101',
  'SC102',
  'SC103',
  'SC104',
  'SC105',
  'SC106',
  'SC107',
  'SC108',
  'SC109',
  'SC110',
] as const;

export type TrapCode = (typeof TRAP_CODES)[number];

/** A place at which a front end has recognised a trap. */
export interface TrapSighting extends Place {
  readonly code: TrapCode;
  /** What is there, as a sentence that names the thing: `app.state.poller is kept, and nothing reads its exception`. */
  readonly what: string;
}

/** A trap in a hook, as the reports show it. */
export interface Trap extends TrapSighting {
  readonly hookId: string;
  /** The step that it is about: once that moves, the trap is gone. */
  readonly stepId?: string;
}
