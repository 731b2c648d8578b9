import type { FileError } from './facts.ts';

/** One file's trouble never stops the others: it becomes an error of the run. */
export function attempt<T>(
  path: string,
  run: { readonly errors: FileError[] },
  work: () => readonly T[],
): readonly T[] {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    run.errors.push({ path, message: `could not be read: ${message}` });
    return [];
  }
}
