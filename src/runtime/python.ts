import { readFileSync } from 'node:fs';

/** The text of the Python runtime helper. The build copies the file beside this one. */
export function helperSource(): string {
  return readFileSync(new URL('./python/startup_tasks.py', import.meta.url), 'utf8');
}
