import { parentPort } from 'node:worker_threads';
import { type TransformRequest, transformFile } from './transform-file.ts';

/** A request with the number that its answer has, too. */
type Numbered = TransformRequest & { readonly id: number };

// One after the other: a helper that a file needs is there when the next one is looked at.
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: Numbered) => {
  last = last.then(() => answer(request));
});

async function answer({ id, ...request }: Numbered): Promise<void> {
  try {
    parentPort?.postMessage({ id, ...(await transformFile(request)) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
}
