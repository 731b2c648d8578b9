import type { Colors } from 'picocolors/types.js';

/** How a text reporter may draw. */
export interface Style {
  readonly colors: Colors;
  readonly verbose: boolean;
}
