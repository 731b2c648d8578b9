import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atTerminal, type Person } from '../end-to-end/terminal.ts';
import { runTool } from '../end-to-end/tool.ts';
import { bakery, bakeryFolder, filesAfter, filesIn } from './review-project.ts';

const REMARK = '# TODO: temporarily disabled, it slows down the start';
const ENTER = '\r';
const DOWN = '\u001b[B';
const CONFIG = 'startup-codemod.config.yaml';

async function press(person: Person, key: string, shows: string | RegExp): Promise<string> {
  person.press(key);
  return person.sees(shows);
}

async function quitAndWrite(person: Person): Promise<void> {
  await press(person, 'q', 'Write what was accepted');
  person.press(ENTER);
  expect(await person.ended()).toBe(0);
}

describe.skipIf(process.platform === 'win32')('c', () => {
  it('offers the other decisions; thread is written as one', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees('1/7');
    const menu = await press(person, 'c', 'leave alone');
    expect(menu).toMatch(/critical: .*\n.*background: .*\n.*thread: /);
    await press(person, DOWN + DOWN + ENTER, 'Keep this decision for later runs?');
    await press(person, ENTER, '2/7');
    expect(await press(person, 'k', 'answered: thread')).toContain('startup_tasks.start_thread(warm_recipe_cache');
    await quitAndWrite(person);
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: { says: 'change', to: 'thread' } }));
  });

  it('keeps a decision as a directive, which is an edit like any other', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.'], { rows: 60 });
    await person.sees('1/7');
    await press(person, 'c', 'leave alone');
    await press(person, ENTER, 'Keep this decision for later runs?');
    await press(person, DOWN + ENTER, 'Why?');
    await press(person, `die Kasse braucht es${ENTER}`, '2/7');
    const shown = await press(person, 'k', 'answered: critical, kept as a directive');
    expect(shown).toContain('+    # startup-codemod: critical — die Kasse braucht es');
    await quitAndWrite(person);
    const said = { says: 'change', to: 'critical', reason: 'die Kasse braucht es', keep: 'directive' } as const;
    expect(filesIn(folder)).toEqual(await filesAfter({ warm_recipe_cache: said }));
    expect(runTool(folder, '.', '--dry-run', '--unsafe').stdout).not.toContain('start(warm_recipe_cache');
  });

  it('keeps a decision as a rule, and shows what that changes in the configuration', async () => {
    const folder = bakeryFolder({
      ...bakery,
      [CONFIG]: '# ours\nrules:\n  - callee: ovens.*\n    decision: critical\n',
    });
    const person = atTerminal(folder, ['.']);
    await person.sees('1/7');
    await press(person, 'c', 'leave alone');
    await press(person, ENTER, 'Keep this decision for later runs?');
    await press(person, DOWN + DOWN + ENTER, 'Why?');
    const shown = await press(person, ENTER, `Write this to ${CONFIG}`);
    expect(shown).toContain('+  - callee: warm_recipe_cache\n+    decision: critical\n   - callee: ovens.*');
    await press(person, ENTER, '2/7');
    expect(readFileSync(join(folder, CONFIG), 'utf8')).not.toContain('warm_recipe_cache');
    await quitAndWrite(person);
    const rules =
      '  - callee: warm_recipe_cache\n    decision: critical\n  - callee: ovens.*\n    decision: critical\n';
    expect(filesIn(folder)).toEqual(await filesAfter({}, { ...bakery, [CONFIG]: `# ours\nrules:\n${rules}` }));
    expect(runTool(folder, '.', '--dry-run', '--unsafe').stdout).not.toContain('start(warm_recipe_cache');
  });

  it('restores the call that a remark disables', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees('1/7');
    await press(person, 'g', 'Go to number');
    expect(await press(person, `5${ENTER}`, 'Remove it? (c can restore the call)')).toContain(REMARK);
    await press(person, 'c', 'restore the call as a background step');
    await press(person, DOWN + ENTER, '6/7');
    expect(await press(person, 'k', 'answered: restore')).toContain('startup_tasks.start(preload_photos)');
    await quitAndWrite(person);
    expect(filesIn(folder)).toEqual(await filesAfter({ [REMARK]: { says: 'restore' } }));
  });
});

describe.skipIf(process.platform === 'win32')('at the end', () => {
  it('repeated answers are offered as one rule', async () => {
    const folder = bakeryFolder();
    const person = atTerminal(folder, ['.']);
    await person.sees('1/7');
    await press(person, 'D', 'no to 3 items');
    await press(person, 'y', '4/7');
    const asked = await press(person, 'q', 'Write this to');
    expect(asked).toContain('You answered critical for 3 of 3 of *warm*');
    await press(person, ENTER, 'Write what was accepted to 3 files');
    person.press(ENTER);
    expect(await person.ended()).toBe(0);
    expect(readFileSync(join(folder, CONFIG), 'utf8')).toBe('rules:\n  - callee: "*warm*"\n    decision: critical\n');
  });

  it('what is wrong with a file is said, and the others are written', async () => {
    const folder = bakeryFolder({
      ...bakery,
      'broken.py':
        'from fastapi import FastAPI\n\0\nasync def lifespan(app): yield\napp = FastAPI(lifespan=lifespan)\n',
    });
    const person = atTerminal(folder, ['.', 'broken.py']);
    await person.sees('1/7');
    await press(person, 'y', '2/7');
    await press(person, 'q', 'Write what was accepted');
    person.press(ENTER);
    expect(await person.ended()).toBe(3);
    expect(person.sent()).toContain('not handled  broken.py: holds NUL bytes');
    const files = filesIn(folder);
    for (const [path, text] of await filesAfter({ warm_recipe_cache: 'yes' })) expect(files.get(path)).toBe(text);
  });
});

describe.skipIf(process.platform === 'win32')('a git work tree with changes', () => {
  function repository(): string {
    const folder = bakeryFolder();
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.org', ...args], { cwd: folder });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'Open the bakery');
    return folder;
  }

  it('is asked about before anything else, and writing beside them is a choice', async () => {
    const folder = repository();
    writeFileSync(join(folder, 'orders.py'), `${bakery['orders.py']}# theirs\n`);
    const person = atTerminal(folder, ['.']);
    await person.sees('The git work tree has changes in 1 file (orders.py)');
    person.press(ENTER);
    expect(await person.ended()).toBe(0);
    const again = atTerminal(folder, ['.']);
    await again.sees('orders.py');
    await press(again, DOWN + ENTER, '1/7');
    await press(again, 'y', '2/7');
    await quitAndWrite(again);
    const diff = execFileSync('git', ['diff', '--name-only'], { cwd: folder, encoding: 'utf8' });
    expect(diff).toBe('main.py\norders.py\n');
    expect(readFileSync(join(folder, 'orders.py'), 'utf8')).toBe(`${bakery['orders.py']}# theirs\n`);
  });

  it('keeps the answers in git’s own folder, not in the work tree', async () => {
    const folder = repository();
    const person = atTerminal(folder, ['.']);
    await person.sees('1/7');
    await press(person, 'y', '2/7');
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' })).toBe('');
    const other = atTerminal(folder, ['.']);
    expect(await other.ended()).toBe(2);
    expect(other.sent()).toContain('another review is open here');
    person.signal(9);
    await person.ended();
  });
});
