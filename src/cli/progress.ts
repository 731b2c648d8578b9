import ora from 'ora';

export interface Progress {
  say(what: string): void;
  end(): void;
}

/** One line on stderr that says what goes on, on a terminal and only there. */
export function startProgress(quiet: boolean): Progress {
  if (quiet || !process.stderr.isTTY) return { say: () => undefined, end: () => undefined };
  const spinner = ora({ stream: process.stderr, discardStdin: false }).start();
  return {
    say: (what) => {
      spinner.text = what;
      spinner.render();
    },
    end: () => {
      spinner.stop();
    },
  };
}
