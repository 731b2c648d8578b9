/** Code that starts a server in a way that is known to go wrong. Advice: nothing is rewritten for it. */
export interface Trap {
  /** Its entry in the list of traps: `SC001`. */
  readonly code: string;
  readonly line: number;
  /** What is there, as a sentence part that names the thing: `app.state.ready is set before the yield`. */
  readonly what: string;
  /** The hook that it stands in, where it stands in one. */
  readonly hookId?: string;
}
