import { createInterface } from 'node:readline/promises';
import prompts from 'prompts';
import { printable } from '../printable.ts';

export interface Choice<T> {
  readonly title: string;
  readonly value: T;
}

/** Questions that take more than a key. `undefined`: the person would rather not answer. */
export interface Ask {
  choose<T>(question: string, choices: readonly Choice<T>[]): Promise<T | undefined>;
  text(question: string): Promise<string | undefined>;
}

/** With a menu that is drawn over; in plain mode by numbers, so that nothing is. */
export function asking(isPlain: boolean): Ask {
  return isPlain ? plain : menus;
}

const menus: Ask = {
  async choose(question, choices) {
    const { value } = await prompts({
      type: 'select',
      name: 'value',
      message: printable(question),
      choices: choices.map(({ title }, index) => ({ title: printable(title), value: index })),
    });
    return choices[value as number]?.value;
  },
  async text(question) {
    const { value } = await prompts({ type: 'text', name: 'value', message: printable(question) });
    return value as string | undefined;
  },
};

const plain: Ask = {
  async choose(question, choices) {
    const list = choices.map(({ title }, index) => `${index + 1}: ${title}`).join('\n');
    for (;;) {
      const said = await lineOf(`${question}\n${list}\nNumber, then Enter: `);
      if (said === undefined) return undefined;
      const choice = choices[Number(said.trim()) - 1];
      if (choice) return choice.value;
    }
  },
  text: (question) => lineOf(`${question}: `),
};

/** A line from the terminal; `undefined` where it is closed or the question is broken off. */
async function lineOf(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const broken = new AbortController();
  lines.once('close', () => broken.abort()).once('SIGINT', () => lines.close());
  try {
    return await lines.question(printable(question), { signal: broken.signal });
  } catch {
    return undefined;
  } finally {
    lines.close();
  }
}
