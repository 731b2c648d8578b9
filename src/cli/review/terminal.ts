import type { Colors } from 'picocolors/types.js';
import { keysIn } from './keys.ts';
import { type Line, painted, wrapped } from './lines.ts';

/** What comes from a terminal: keys by name, and `end` where nobody can press one any more. */
export interface Terminal {
  /** Lines are printed one after the other; nothing is drawn over. */
  readonly isPlain: boolean;
  /** The next key. `redraw` after the size has changed or the process has been continued. */
  next(): Promise<string>;
  /** Shows an item: its lines from `scroll` on as far as there is room, and the question below. Returns how far one can scroll. */
  draw(lines: readonly Line[], footer: readonly Line[], scroll: number): number;
  /** Gives the terminal to something else for a while: a question, an editor. */
  lend<T>(use: () => T | Promise<T>): Promise<T>;
  /** Lines that stay when the review is over. */
  say(lines: readonly Line[]): void;
  close(): void;
}

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const CLEAR = '\u001b[H\u001b[2J';
/** Below two cells no wide character fits. */
const NARROWEST = 2;

export function openTerminal(isPlain: boolean, colors: Colors): Terminal {
  const { stdin, stdout } = process;
  const waiting: string[] = [];
  let wake: (() => void) | undefined;
  let isOpen = false;
  const push = (...keys: readonly string[]) => {
    waiting.push(...keys);
    wake?.();
  };
  const onData = (input: string) => push(...keysIn(input));
  const onEnd = () => push('end');
  const onResize = () => isOpen && !isPlain && push('redraw');
  const width = () => Math.max(NARROWEST, stdout.columns || 80);
  const text = (lines: readonly Line[]) =>
    lines.flatMap((one) => (isPlain ? [one] : wrapped(one, width()))).map((one) => painted(one, colors));
  const open = () => {
    isOpen = true;
    // A mode that is set already would not be set again, and whoever had the terminal may have changed it.
    stdin.setRawMode(false);
    stdin.setRawMode(true);
    stdin.setEncoding('utf8').on('data', onData).on('end', onEnd).on('error', onEnd).resume();
    if (!isPlain) stdout.write(ENTER);
  };
  const leave = () => {
    if (!isOpen) return;
    isOpen = false;
    stdin.off('data', onData).off('end', onEnd).off('error', onEnd).pause();
    stdin.setRawMode(false);
    if (!isPlain) stdout.write(LEAVE);
  };
  const onContinue = () => {
    if (!isOpen) return;
    leave();
    open();
    push('redraw');
  };
  const onTerminate = (signal: NodeJS.Signals) => {
    leave();
    process.removeListener(signal, onTerminate);
    process.kill(process.pid, signal);
  };
  stdout.on('resize', onResize);
  process.on('SIGCONT', onContinue).on('SIGTERM', onTerminate).on('SIGHUP', onTerminate);
  const suspend = async () => {
    leave();
    process.kill(process.pid, 'SIGTSTP');
    // Runs once the process goes on; at once where it is one that cannot be stopped.
    await new Promise((resolve) => setTimeout(resolve, 50));
    open();
  };
  open();
  return {
    isPlain,
    async next() {
      for (;;) {
        const key = waiting.shift();
        if (key === 'ctrl-z' && process.platform !== 'win32') {
          await suspend();
          return 'redraw';
        }
        if (key !== undefined) return key;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    draw(lines, footer, scroll) {
      if (isPlain) {
        stdout.write(`\n${text([...lines, ...footer]).join('\n')}\n`);
        return 0;
      }
      const [all, below] = [text(lines), text(footer)];
      const room = Math.max(1, (stdout.rows || 24) - below.length - 1);
      const most = Math.max(0, all.length - room);
      const from = Math.min(scroll, most);
      const more = most > from ? text([[{ text: '… space shows more', look: 'dim' }]]).slice(0, 1) : [''];
      stdout.write(CLEAR + [...all.slice(from, from + room), ...more, ...below].join('\r\n'));
      return most;
    },
    async lend(use) {
      leave();
      try {
        return await use();
      } finally {
        open();
      }
    },
    say: (lines) => void stdout.write(`${text(lines).join('\n')}\n`),
    close() {
      leave();
      stdout.off('resize', onResize);
      process.off('SIGCONT', onContinue).off('SIGTERM', onTerminate).off('SIGHUP', onTerminate);
    },
  };
}
