import type { KnownCall } from '../../core/index.ts';
import { backgroundCalls } from './known-calls/background-calls.ts';
import { criticalCalls } from './known-calls/critical-calls.ts';

/**
 * What libraries' calls are for, by qualified name: `()` stands for the result of a call, a class for what is made with `new`. The
 * first entry that matches a name is the one that counts: a consumer's `connect` before anything else's. Calls that may serve any
 * purpose (`fetch`, `fs.readFile`, `pool.query`) are no entries, since a background step's body makes them too.
 */
export const knownCalls: readonly KnownCall[] = [...backgroundCalls, ...criticalCalls];
