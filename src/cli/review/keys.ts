/** A key of the review, and what it does, as `?` and the README say it. */
export interface ReviewKey {
  readonly key: string;
  readonly does: string;
}

export const reviewKeys = [
  { key: 'y', does: 'yes: take this change' },
  { key: 'n', does: 'no: startup keeps waiting for it, the guard or comment stays away, the remark stays' },
  { key: 'a', does: 'yes to this one and all that is left in this file; undecided calls are asked one by one' },
  { key: 'd', does: 'no to this one and all that is left in this file' },
  { key: 'q', does: 'quit; asks once whether to write what was accepted' },
  { key: 'j', does: 'next, and leave this one open' },
  { key: 'k', does: 'back to the one before' },
  { key: 'g', does: 'go to a number' },
  { key: '/', does: 'search for a callee or a path' },
  { key: 'e', does: 'open the line in your editor; the file is planned anew afterwards' },
  { key: 'u', does: 'undo the last answer' },
  { key: 'w', does: 'why: every piece of evidence' },
  { key: 'c', does: 'change the decision, and keep it as a rule or directive; restore a disabled call' },
  { key: 'A', does: 'yes to all that are alike: same verdict, category and safety' },
  { key: 'D', does: 'no to all that are alike' },
  { key: '?', does: 'show these keys' },
] as const satisfies readonly ReviewKey[];

/** Keys beside those of the table: what terminals have keys for. */
const NAMES: Readonly<Record<string, string>> = {
  '\u0003': 'ctrl-c',
  '\u0004': 'ctrl-d',
  '\u000c': 'redraw',
  '\u001a': 'ctrl-z',
  ' ': 'page-down',
  '\u001b[6~': 'page-down',
  '\u001b[5~': 'page-up',
  '\u001b[B': 'line-down',
  '\u001b[A': 'line-up',
  '\u001bOB': 'line-down',
  '\u001bOA': 'line-up',
};

/** The keys in what a terminal sends: a letter is its own name, an unknown sequence is one key that means nothing. */
export function keysIn(input: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: sequences of keys begin with one
  const found = input.match(/\u001b\[[0-9;]*[A-Za-z~]|\u001bO.|\u001b|[^\u001b]/gsu) ?? [];
  return found.map((key) => NAMES[key] ?? key);
}
