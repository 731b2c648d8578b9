import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { python } from '../python-environment.ts';
import { entry } from './tool.ts';

const driver = resolve('test/end-to-end/drivers/terminal.py');
const CLEAR = '\u001b[H\u001b[2J';
const LEAVE = '\u001b[?1049l';
const PATIENCE = 60_000;

/** A person at a terminal in which the tool runs. */
export interface Person {
  /** Presses keys, one after the other. */
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  signal(number: number): void;
  hangUp(): void;
  /** Waits until the screen shows something that it did not show at the last key; resolves to the screen, without colours. */
  sees(words: string | RegExp): Promise<string>;
  /** Everything that was sent to the terminal, control characters and all. */
  sent(): string;
  /** The exit status, or the name of a signal's number, once the tool has ended. */
  ended(): Promise<number | string>;
}

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built tool in a pseudo-terminal. */
export function atTerminal(cwd: string, args: readonly string[], options: TerminalOptions = {}): Person {
  const { columns = 100, rows = 40, env = {} } = options;
  const { NO_COLOR: _none, FORCE_COLOR: _force, CI: _ci, ...inherited } = process.env;
  const child = spawn(python(), [driver, String(columns), String(rows), process.execPath, entry, ...args], {
    cwd,
    env: { ...inherited, TERM: 'xterm-256color', ...env },
  });
  return personAt(child);
}

function personAt(child: ChildProcessWithoutNullStreams): Person {
  let sent = '';
  /** Where the output of the last key begins. */
  let from = 0;
  let end: number | string | undefined;
  const watchers = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const told = JSON.parse(text) as { output?: string; status?: number; signal?: number };
    sent += told.output ?? '';
    if (told.status !== undefined) end = told.status;
    if (told.signal !== undefined) end = `signal ${told.signal}`;
    for (const watch of watchers) watch();
  });
  const trouble: string[] = [];
  child.stderr.on('data', (data) => trouble.push(String(data)));
  const tell = (wish: object) => {
    from = sent.length;
    child.stdin.write(`${JSON.stringify(wish)}\n`);
  };
  const until = <T>(what: string, look: () => T | undefined): Promise<T> =>
    new Promise((done, fail) => {
      const late = setTimeout(() => {
        watchers.delete(watch);
        fail(new Error(`never came: ${what}\n${stripVTControlCharacters(sent.slice(from))}\n${trouble.join('')}`));
      }, PATIENCE);
      const watch = () => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(late);
        watchers.delete(watch);
        done(found);
      };
      watchers.add(watch);
      watch();
    });
  return {
    press: (keys) => tell({ keys }),
    resize: (columns, rows) => tell({ size: [columns, rows] }),
    signal: (number) => tell({ signal: number }),
    hangUp: () => tell({ hang_up: true }),
    sees: (words) =>
      until(String(words), () => {
        const fresh = sent.slice(from);
        const last = fresh.slice(Math.max(0, fresh.lastIndexOf(CLEAR)));
        const screen = stripVTControlCharacters(last).replace(/\r+\n/g, '\n');
        // What is drawn comes in pieces: a screen ends with its keys, unless it was left.
        const isWhole = !last.startsWith(CLEAR) || last.includes(LEAVE) || screen.replace(/\s/g, '').endsWith('?]');
        const isThere = typeof words === 'string' ? screen.includes(words) : words.test(screen);
        return isThere && isWhole ? screen : undefined;
      }),
    sent: () => sent,
    ended: () => until('the end', () => end),
  };
}
