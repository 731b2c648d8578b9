import type { Colors } from 'picocolors/types.js';
import { keyQueue } from './key-queue.ts';
import { type Line, line, painted, wrapped } from './lines.ts';

/** The terminal of a review. */
export interface Terminal {
  /** Lines are printed one after the other; nothing is drawn over. */
  readonly isPlain: boolean;
  /** The next key by name: `redraw` where what is shown has to be drawn anew, `end` where the input has ended. */
  next(): Promise<string>;
  /** Shows an item: its lines from `scroll` on as far as there is room, and the question below. Returns how far one can scroll. */
  draw(lines: readonly Line[], footer: readonly Line[], scroll: number): number;
  /** Gives the terminal to something else for a while: a question, an editor. */
  lend<T>(use: () => T | Promise<T>): Promise<T>;
  /** Lines that stay when the review is over. */
  say(lines: readonly Line[]): void;
  close(): void;
}

/** The second screen, without a cursor; and back to the first one (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html). */
const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const CLEAR = '\u001b[H\u001b[2J';
const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function openTerminal(isPlain: boolean, colors: Colors): Terminal {
  const { stdin, stdout } = process;
  const keys = keyQueue(stdin);
  let isOpen = false;
  const open = () => {
    isOpen = true;
    keys.listen();
    if (!isPlain) stdout.write(ENTER);
  };
  const leave = () => {
    if (!isOpen) return;
    isOpen = false;
    keys.rest();
    if (!isPlain) stdout.write(LEAVE);
  };
  const forget = reactions({
    resized: () => isOpen && !isPlain && keys.push('redraw'),
    continued: () => {
      if (!isOpen) return;
      leave();
      open();
      keys.push('redraw');
    },
    ended: leave,
  });
  open();
  return {
    isPlain,
    async next() {
      const key = await keys.next();
      if (key !== 'ctrl-z' || process.platform === 'win32') return key;
      leave();
      await stopped();
      open();
      return 'redraw';
    },
    draw: (lines, footer, scroll) =>
      isPlain ? printed([...lines, ...footer], colors) : drawn(lines, footer, scroll, colors),
    async lend(use) {
      leave();
      try {
        return await use();
      } finally {
        open();
      }
    },
    say: (lines) => void stdout.write(`${fitted(lines, isPlain, colors).join('\n')}\n`),
    close() {
      leave();
      forget();
    },
  };
}

interface Reactions {
  readonly resized: () => void;
  readonly continued: () => void;
  /** Before a signal ends the process. */
  readonly ended: () => void;
}

/** Reacts to what happens to the terminal from outside. Returns what ends that. */
function reactions({ resized, continued, ended }: Reactions): () => void {
  const onEnd = (signal: NodeJS.Signals) => {
    ended();
    process.off(signal, onEnd);
    process.kill(process.pid, signal);
  };
  process.stdout.on('resize', resized);
  process.on('SIGCONT', continued);
  for (const signal of ENDING) process.on(signal, onEnd);
  return () => {
    process.stdout.off('resize', resized);
    process.off('SIGCONT', continued);
    for (const signal of ENDING) process.off(signal, onEnd);
  };
}

/** Stops the process as Ctrl-Z does. Comes back once it goes on; soon where it is one that cannot be stopped. */
async function stopped(): Promise<void> {
  process.kill(process.pid, 'SIGTSTP');
  await new Promise((resolve) => setTimeout(resolve, 50));
}

function printed(lines: readonly Line[], colors: Colors): number {
  process.stdout.write(`\n${fitted(lines, true, colors).join('\n')}\n`);
  return 0;
}

function drawn(lines: readonly Line[], footer: readonly Line[], scroll: number, colors: Colors): number {
  const [all, below] = [fitted(lines, false, colors), fitted(footer, false, colors)];
  const room = Math.max(1, (process.stdout.rows || 24) - below.length - 1);
  const most = Math.max(0, all.length - room);
  const from = Math.min(scroll, most);
  const [more = ''] = most > from ? fitted([line('… space shows more', 'dim')], false, colors) : [];
  process.stdout.write(CLEAR + [...all.slice(from, from + room), more, ...below].join('\r\n'));
  return most;
}

/** Lines as they are sent: within the width of the screen, or in plain mode as long as they are. */
function fitted(lines: readonly Line[], isPlain: boolean, colors: Colors): readonly string[] {
  // Below two cells no wide character fits.
  const width = Math.max(2, process.stdout.columns || 80);
  return lines.flatMap((one) => (isPlain ? [one] : wrapped(one, width))).map((one) => painted(one, colors));
}
