import { keysIn } from './keys.ts';

/** The keys that are pressed at a terminal, one by one, while somebody listens. */
export interface KeyQueue {
  /** The next key; `end` where nobody can press one any more. */
  next(): Promise<string>;
  /** Puts something behind what was pressed, as if it were a key. */
  push(...keys: readonly string[]): void;
  listen(): void;
  /** Leaves the input to somebody else. */
  rest(): void;
}

export function keyQueue(input: NodeJS.ReadStream): KeyQueue {
  const waiting: string[] = [];
  let wake = () => {};
  const push = (...keys: readonly string[]) => {
    waiting.push(...keys);
    wake();
  };
  const onData = (text: string) => push(...keysIn(text));
  const onEnd = () => push('end');
  return {
    push,
    async next() {
      for (;;) {
        const key = waiting.shift();
        if (key !== undefined) return key;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    listen() {
      // A mode that is set already would not be set again, and whoever had the terminal may have changed it.
      input.setRawMode(false);
      input.setRawMode(true);
      input.setEncoding('utf8').on('data', onData).on('end', onEnd).on('error', onEnd).resume();
    },
    rest() {
      input.off('data', onData).off('end', onEnd).off('error', onEnd).pause();
      input.setRawMode(false);
    },
  };
}
