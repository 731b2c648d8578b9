export interface Progress {
  say(what: string): void;
  end(): void;
}

/** One line on stderr that says what goes on, on a terminal and only there. The spinner is loaded only then. */
export async function startProgress(quiet: boolean): Promise<Progress> {
  if (quiet || !process.stderr.isTTY) return { say: () => undefined, end: () => undefined };
  const { default: ora } = await import('ora');
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
