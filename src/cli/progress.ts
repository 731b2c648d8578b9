export interface Progress {
  say(what: string): void;
  end(): void;
}

/** Back to the start of the line, and clear it. */
const CLEAR = '\r\u001b[K';

/** One line on stderr that says what goes on, on a terminal and only there. */
export function startProgress(quiet: boolean): Progress {
  if (quiet || !process.stderr.isTTY) return { say: () => undefined, end: () => undefined };
  return {
    say: (what) => void process.stderr.write(`${CLEAR}${what} …`),
    end: () => void process.stderr.write(CLEAR),
  };
}
