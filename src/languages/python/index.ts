import type { Language } from '../../core/index.ts';
import { frameworks } from './frameworks/index.ts';
import { knownCalls } from './known-calls.ts';
import { loadPython } from './parse.ts';
import { scan } from './scan.ts';
import { pythonSyntax } from './syntax.ts';
import { verify } from './verify.ts';

/** Words without which there is nothing to find in a Python file: neither a hook nor a standalone script. */
export const pythonAnchors: readonly string[] = [
  ...new Set([
    ...frameworks.flatMap(({ anchors }) => anchors),
    'asyncio.run',
    'anyio.run',
    'uvloop.run',
    'trio.run',
    'run_until_complete',
  ]),
];

/** The Python front end, its grammar loaded. */
export async function loadPythonFrontEnd(): Promise<Language> {
  await loadPython();
  return python;
}

const python: Language = { id: 'python', scan, syntax: pythonSyntax, knownCalls, verify };
