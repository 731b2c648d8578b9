import type { Language } from '../core/index.ts';
import { contents as python } from './python/contents.ts';
import { contents as typescript } from './typescript/contents.ts';

/** A language front end that is loaded only when one of its files turns up. */
export interface LanguageEntry {
  readonly id: string;
  readonly extensions: readonly string[];
  readonly frameworks: readonly string[];
  /** Words without which a file of the language holds nothing to find. */
  readonly anchors: readonly string[];
  load(): Promise<Language>;
}

/** Every front end. What it can find is listed once more, so that asking does not load it. */
export const languages: readonly LanguageEntry[] = [
  {
    id: 'python',
    extensions: ['.py'],
    ...python,
    load: async () => (await import('./python/index.ts')).loadPythonFrontEnd(),
  },
  {
    id: 'typescript',
    extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
    ...typescript,
    load: async () => (await import('./typescript/index.ts')).typescript,
  },
];
