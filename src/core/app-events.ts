import type { Edit } from './edit.ts';
import type { TextRange } from './source-file.ts';

/** The startup and shutdown handlers of an app that has no lifespan, and where a lifespan would take their place. */
export interface AppEvents {
  /** The file in which the app is made, and the line. */
  readonly path: string;
  readonly line: number;
  /** In the order in which the app calls them, those of startup first. */
  readonly handlers: readonly EventHandler[];
  /** Missing: they stay as they are, and `why` says why. */
  readonly site?: LifespanSite;
  readonly why?: string;
  /** Why a person should look first, as a sentence part. */
  readonly doubt?: string;
}

/** One handler as an app calls it. */
export interface EventHandler {
  readonly event: 'startup' | 'shutdown';
  /** The name under which the lifespan reaches it. */
  readonly name: string;
  readonly isAsync: boolean;
  /** How the lifespan imports it, where it stands in another file. */
  readonly importStatement?: string;
  /** The decorator or statement that registers it, in the file that it stands in. Missing: it stands in a list of the app's call. */
  readonly registration?: { readonly path: string; readonly range: TextRange };
}

/** Where a lifespan goes. */
export interface LifespanSite {
  /** Start of the line above which it is defined, and that line's indentation. */
  readonly at: number;
  readonly indent: string;
  readonly name: string;
  /** Its parameter, with the type: `app: FastAPI`. */
  readonly parameter: string;
  /** What hands it to the app in the place of the lists, and imports what it is decorated with. */
  readonly edits: readonly Edit[];
}
