import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { reviewKeys } from '../../src/cli/review/keys.ts';
import { atTerminal, type Person } from '../end-to-end/terminal.ts';
import { copyOfProject, filesOf, rewrittenProject, runTool } from '../end-to-end/tool.ts';
import { bakery, bakeryFolder, filesAfter, filesIn } from './review-project.ts';

const REMARK = '# TODO: temporarily disabled, it slows down the start';
const ASKED = '[y,n,a,d,q,j,k,g,/,e,u,w,c,A,D,?]';
const ENTER = '\r';
const DOWN = '\u001b[B';

/** Presses a key, and waits for what it shows. */
async function press(person: Person, key: string, shows: string | RegExp): Promise<string> {
  person.press(key);
  return person.sees(shows);
}

/** Says yes or no to the items in their order, up to the last but one. */
async function answer(person: Person, keys: string): Promise<void> {
  for (const key of keys) await press(person, key, ASKED);
}

/** Writes what was accepted, and waits for the end. */
async function writeAll(person: Person): Promise<void> {
  await person.sees('Write what was accepted');
  person.press(ENTER);
  expect(await person.ended()).toBe(0);
}

async function quitAndWrite(person: Person): Promise<void> {
  person.press('q');
  await writeAll(person);
}

describe.skipIf(process.platform === 'win32')('a review at a terminal', () => {
  it('y and n: writes what was accepted, and what hangs on it', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    expect(await person.sees(ASKED)).toMatch(/1\/7 {2}main\.py:1\d {2}lifespan \(fastapi, lifespan\)/);
    await answer(person, 'ynynyn');
    expect(filesIn(folder)).toEqual(await filesAfter({}));
    person.press('y');
    await writeAll(person);
    const said = { warm_recipe_cache: 'yes', report_metrics: 'yes', [REMARK]: 'yes', warm_order_cache: 'yes' } as const;
    const declined = { warm_price_cache: 'no', brew_something: 'no', close_ovens: 'no' } as const;
    expect(filesIn(folder)).toEqual(await filesAfter({ ...said, ...declined }));
    expect(runTool(folder, '.', '--check').status).toBe(0);
  });

  it('shows verdict, category, confidence, evidence, hazards and the diff with its context', async () => {
    const person = atTerminal(bakeryFolder(), ['.'], { rows: 60 });
    const screen = await person.sees(ASKED);
    expect(screen).toMatch(/warm_recipe_cache: background, prefetch, \d+ % sure, unsafe/);
    expect(screen).toContain('  its name says “warm”');
    expect(screen).toContain('  hazard: ');
    expect(screen).toContain('-    await warm_recipe_cache("brötchen")');
    expect(screen).toContain('+    startup_tasks.start(warm_recipe_cache, "brötchen")');
    expect(screen).toContain('although that is unsafe?');
    expect(person.sent()).toContain('\u001b[7m\u001b[32mstartup_tasks.start\u001b');
    await press(person, 'q', 'Nothing was accepted');
    expect(await person.ended()).toBe(0);
  });

  it('a and d: all that is left in this file, undecided calls one by one', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    expect(await press(person, 'a', 'yes to 5 items in main.py')).toContain('Undecided: startup waits for it.');
    await press(person, 'n', 'warm_order_cache');
    person.press('d');
    await writeAll(person);
    const main = { warm_recipe_cache: 'yes', warm_price_cache: 'yes', report_metrics: 'yes', [REMARK]: 'yes' } as const;
    const rest = { close_ovens: 'yes', brew_something: 'no', warm_order_cache: 'no' } as const;
    expect(filesIn(folder)).toEqual(await filesAfter({ ...main, ...rest }));
  });

  it('A over two files says how many and where, and u takes it back', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    await press(person, 'A', 'yes to 3 items in main.py, orders.py');
    await press(person, 'u', 'The last answer was taken back');
    await press(person, 'D', 'no to 3 items in main.py, orders.py');
    await press(person, 'u', '1/7');
    await press(person, 'A', 'yes to 3 items in main.py, orders.py');
    await quitAndWrite(person);
    const caches = { warm_recipe_cache: 'yes', warm_price_cache: 'yes', warm_order_cache: 'yes' } as const;
    expect(filesIn(folder)).toEqual(await filesAfter(caches));
  });

  it('u: an accepted rewrite is not written once it is taken back', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    await answer(person, 'yy');
    await press(person, 'u', '2/7');
    await press(person, 'u', '1/7');
    await press(person, 'u', 'There is no answer to undo');
    await answer(person, 'ny');
    await quitAndWrite(person);
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: 'no', warm_price_cache: 'yes' }));
  });

  it('j, k, g and /: go about without an answer; w and ? tell more', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.'], { rows: 60 });
    await person.sees(ASKED);
    await press(person, 'k', 'This is the first one');
    await press(person, 'j', '2/7');
    await press(person, 'k', '1/7');
    await press(person, 'g', 'Go to number');
    await press(person, `7${ENTER}`, '7/7');
    await press(person, 'j', 'This is the last one');
    await press(person, '/', 'Search for a callee or path');
    await press(person, `METRICS${ENTER}`, '3/7');
    await press(person, '/', 'Search');
    await press(person, `chimney${ENTER}`, 'Nothing has chimney');
    await press(person, 'w', 'decided by heuristics; what waiting costs: unknown');
    const help = await press(person, '?', 'show these keys');
    for (const { key, does } of reviewKeys) expect(help).toContain(`${key}  ${does}`);
    await press(person, '?', '3/7');
    await press(person, 'z', 'z does nothing here');
    await press(person, 'y', '4/7');
    await quitAndWrite(person);
    expect(filesIn(folder)).toEqual(await filesAfter({ report_metrics: 'yes' }));
  });

  it('q: goes back, keeps the answers, or forgets them; nothing is written', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    await answer(person, 'yn');
    await press(person, '\u0003', 'Write what was accepted');
    await press(person, DOWN + ENTER, 'Back in the review');
    await press(person, 'q', 'Write what was accepted');
    await press(person, DOWN + DOWN + ENTER, 'the next review can go on');
    expect(await person.ended()).toBe(0);
    expect(filesIn(folder)).toEqual(await filesAfter({}));

    const again = atTerminal(folder, ['.']);
    await again.sees('An earlier review was not brought to its end; it has 2 answers');
    await press(again, ENTER, '3/7');
    await press(again, 'k', 'answered: no');
    await press(again, 'y', '3/7');
    await quitAndWrite(again);
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: 'yes', warm_price_cache: 'yes' }));

    const third = atTerminal(folder, ['.']);
    await third.sees(/1\/\d/);
    await press(third, 'y', ASKED);
    await press(third, 'q', 'Write what was accepted');
    await press(third, DOWN + DOWN + DOWN + ENTER, 'Nothing was written.');
    expect(await third.ended()).toBe(0);
    const fourth = atTerminal(folder, ['.']);
    await fourth.sees(/1\/\d/);
    fourth.signal(15);
    expect(await fourth.ended()).toBe('signal 15');
    expect(fourth.sent().endsWith('\u001b[?1049l')).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('a terminal', () => {
  it.each([20, 33, 200])('of %d columns shows no line that is wider, and all of the text', async (columns) => {
    const texts = {
      'main.py': bakery['main.py']?.replace('"brötchen"', '"焼きたてのパン 🥐👩‍🍳 焼きたてのパン"') ?? '',
    };
    const folder = bakeryFolder(texts);
    const person = atTerminal(folder, ['.'], { columns, rows: 200 });
    const screen = await person.sees('?]');
    for (const line of screen.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    expect(screen.replaceAll('\n', '')).toContain('焼きたてのパン 🥐👩‍🍳 焼きたてのパン');
    person.hangUp();
    await person.ended();
    expect(filesIn(folder)).toEqual(await filesAfter({}, texts));
  });

  it('that is resized or stopped for a while is drawn anew, and the answers stay', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.'], { rows: 60 });
    await person.sees(ASKED);
    await answer(person, 'y');
    person.resize(30, 50);
    const narrow = await person.sees('2/7');
    for (const line of narrow.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(30);
    person.resize(100, 60);
    await person.sees(ASKED);
    person.signal(19);
    person.signal(18);
    await person.sees(ASKED);
    await press(person, '\u001a', ASKED);
    await quitAndWrite(person);
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: 'yes' }));
  });

  it('that is low shows the rest page by page', async () => {
    const person = atTerminal(bakeryFolder(), ['.'], { rows: 12 });
    expect(await person.sees(ASKED)).toContain('space shows more');
    for (let page = 0; !(await press(person, ' ', ASKED)).includes('async with startup_tasks'); page++)
      expect(page).toBeLessThan(10);
    await press(person, '\u001b[5~', ASKED);
    person.signal(9);
    await person.ended();
  });

  it('with NO_COLOR has no colours', async () => {
    const person = atTerminal(bakeryFolder(), ['.'], { env: { NO_COLOR: '1' } });
    await person.sees(ASKED);
    expect(person.sent()).toContain('\u001b[?1049h');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of colours are what must not be there
    expect(person.sent()).not.toMatch(/\u001b\[[0-9;]*m/);
    person.signal(9);
    await person.ended();
  });

  it('with --no-color is written to line by line, in words', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.', '--no-color']);
    const first = await person.sees(ASKED);
    expect(first).toContain('removed:     await warm_recipe_cache("brötchen")');
    expect(first).toContain('added:     startup_tasks.start(warm_recipe_cache, "brötchen")');
    await press(person, 'y', '2/7');
    await press(person, 'g', 'Go to number');
    await press(person, '3\n', '3/7');
    await press(person, 'q', 'Number, then Enter');
    await press(person, '1\n', 'Written: ');
    expect(await person.ended()).toBe(0);
    expect(person.sent()).not.toContain('\u001b');
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: 'yes' }));
  });

  it('is not sent what a source hides: escapes and marks that turn text around', async () => {
    const evil = '"\u001b]0;owned\u0007\u001b[2J\u202eevil\u2066\u061c"';
    const texts = { 'main.py': bakery['main.py']?.replace('"brötchen"', evil) ?? '' };
    const person = atTerminal(bakeryFolder(texts), ['.'], { rows: 60 });
    expect(await person.sees(ASKED)).toContain('"\\x1b]0;owned\\x07\\x1b[2J\\u202eevil\\u2066\\u061c"');
    for (const harmful of ['\u0007', '\u202e', '\u2066', '\u061c']) expect(person.sent()).not.toContain(harmful);
    person.signal(9);
    await person.ended();
  });
});

describe('no terminal', () => {
  it('gives the diff of --dry-run, and says which flag to use to who asks for a review', () => {
    const folder = bakeryFolder();
    const args = ['.', '--dry-run'];
    expect(runTool(folder, '.')).toEqual(runTool(folder, ...args));
    const { status, stdout, stderr } = runTool(folder, '.', '--review');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('a review needs a terminal');
    expect(stderr).toMatch(/--dry-run .*--write/);
  });
});

describe.skipIf(process.platform === 'win32')('nothing is lost', () => {
  it('SIGKILL after any answer: the next review goes on with all of them', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    await answer(person, 'yyn');
    await press(person, 'u', '3/7');
    person.signal(9);
    expect(await person.ended()).toBe('signal 9');
    expect(filesIn(folder)).toEqual(await filesAfter({}));
    const again = atTerminal(folder, ['.']);
    await again.sees('it has 2 answers');
    await press(again, ENTER, '3/7');
    await quitAndWrite(again);
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: 'yes', warm_price_cache: 'yes' }));
  });

  it('a terminal that is closed: the next review goes on', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    await answer(person, 'ny');
    person.hangUp();
    await person.ended();
    expect(filesIn(folder)).toEqual(await filesAfter({}));
    const again = atTerminal(folder, ['.']);
    await again.sees('it has 2 answers');
    await press(again, DOWN + ENTER, '1/7');
    await press(again, 'y', '2/7');
    await quitAndWrite(again);
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: 'yes' }));
  });

  it('a file that was edited before a review goes on: answers hold, unless what they are about looks different', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    await answer(person, 'yyy');
    person.signal(9);
    await person.ended();
    const theirs = `# by somebody else\n${bakery['main.py']?.replace('warm_price_cache()', 'warm_price_cache("euro")')}`;
    writeFileSync(join(folder, 'main.py'), theirs);
    const again = atTerminal(folder, ['.']);
    await again.sees('it has 3 answers');
    expect(await press(again, ENTER, '1 answer asked again')).toContain('2/7');
    await press(again, 'n', '4/7');
    await quitAndWrite(again);
    const said = { warm_recipe_cache: 'yes', warm_price_cache: 'no', report_metrics: 'yes' } as const;
    expect(filesIn(folder)).toEqual(await filesAfter(said, { ...bakery, 'main.py': theirs }));
  });

  it('a server of Node: what is accepted is what --write --unsafe writes', async () => {
    const [folder, written] = [copyOfProject('node-express'), rewrittenProject('node-express', '--unsafe')];
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    person.press('a');
    await writeAll(person);
    expect(filesOf(folder)).toEqual(filesOf(written));
  });

  it('another program edits a file between question and answer: it is planned anew, and its text stays', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    await answer(person, 'yy');
    const theirs = `# by somebody else\n${bakery['main.py']?.replace('warm_price_cache()', 'warm_price_cache("euro")')}`;
    writeFileSync(join(folder, 'main.py'), theirs);
    const screen = await press(person, 'y', 'main.py changed meanwhile: planned anew. 1 answer asked again');
    expect(screen).toContain('2/7');
    expect(screen).toContain('warm_price_cache, "euro"');
    await press(person, 'y', '3/7');
    await quitAndWrite(person);
    const texts = { ...bakery, 'main.py': theirs };
    const said = { warm_recipe_cache: 'yes', warm_price_cache: 'yes' } as const;
    expect(filesIn(folder)).toEqual(await filesAfter(said, texts));
    expect(readFileSync(join(folder, 'main.py'), 'utf8')).toContain('# by somebody else\n');
  });

  it('a file is edited while the last question is asked: nothing of it is overwritten', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees(ASKED);
    await answer(person, 'y');
    await press(person, 'q', 'Write what was accepted');
    const theirs = `${bakery['main.py']}\n# the end\n`;
    writeFileSync(join(folder, 'main.py'), theirs);
    await press(person, ENTER, 'main.py changed meanwhile: planned anew.');
    expect(filesIn(folder)).toEqual(await filesAfter({}, { ...bakery, 'main.py': theirs }));
    await quitAndWrite(person);
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: 'yes' }, { ...bakery, 'main.py': theirs }));
  });

  it('e: what the editor wrote is planned anew', async () => {
    const folder = bakeryFolder();
    const editor = join(folder, 'vi');
    writeFileSync(
      editor,
      '#!/bin/sh\necho "$1" > opened.txt\nsed -i "s/warm_price_cache()/warm_price_cache(5)/" "$2"\n',
    );
    chmodSync(editor, 0o755);
    const person = atTerminal(folder, ['.'], { env: { VISUAL: editor, EDITOR: 'false' } });
    await person.sees(ASKED);
    await answer(person, 'yy');
    await press(person, 'e', 'main.py changed meanwhile: planned anew. 1 answer asked again');
    await press(person, 'n', '3/7');
    await quitAndWrite(person);
    const texts = { ...bakery, 'main.py': bakery['main.py']?.replace('cache()', 'cache(5)') ?? '' };
    const said = { warm_recipe_cache: 'yes', warm_price_cache: 'no' } as const;
    const files = filesIn(folder);
    for (const [path, text] of await filesAfter(said, texts)) expect(files.get(path)).toBe(text);
    const opened = (bakery['main.py'] ?? '').split('\n').findIndex((text) => text.includes('report_metrics()')) + 1;
    expect(files.get('opened.txt')).toBe(`+${opened}\n`);
  });
});
