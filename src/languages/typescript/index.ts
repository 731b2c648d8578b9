import type { Language } from '../../core/index.ts';
import { knownCalls } from './known-calls.ts';
import { scan } from './scan.ts';
import { typescriptSyntax } from './syntax.ts';
import { verify } from './verify.ts';

/** The front end for TypeScript and JavaScript. */
export const typescript: Language = { id: 'typescript', scan, syntax: typescriptSyntax, knownCalls, verify };
