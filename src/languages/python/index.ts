import type { Language } from '../../core/index.ts';
import { knownCalls } from './known-calls.ts';
import { scan } from './scan.ts';
import { pythonSyntax } from './syntax.ts';
import { loadPython } from './tree/parse.ts';
import { verify } from './verify.ts';

/** The Python front end, its grammar loaded. */
export async function loadPythonFrontEnd(): Promise<Language> {
  await loadPython();
  return python;
}

const python: Language = { id: 'python', scan, syntax: pythonSyntax, knownCalls, verify };
