import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReportSource, reporters } from '../../src/cli/reporters/index.ts';
import { changesOf, planRewrites, reportOf, scan } from '../../src/index.ts';
import { copyOfProject } from '../end-to-end/tool.ts';
import { noChromium, type StartedBrowser, startChromium } from './chromium.ts';
import { hostile, SERVER, sourceOf, UNSEEN } from './findings.ts';

/** Where the picture of the README is; `REPORT_PICTURE=1` makes it anew. */
const PICTURE = 'docs/report.png';
const folder = mkdtempSync(join(tmpdir(), 'startup-codemod-page-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let started: StartedBrowser;

describe.skipIf(noChromium)(`the page in Chromium${noChromium ? ` (${noChromium})` : ''}`, () => {
  beforeAll(async () => {
    started = await startChromium();
  });
  afterAll(async () => {
    await started?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds, %s', async (colorScheme) => {
    for (const source of [await demo(), hostile(await sourceOf({ 'app/main.py': SERVER }))]) {
      const { page } = await opened(source, { colorScheme });
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'html-has-lang', 'region']));
    }
  });

  it('looks light or dark as the reader has it', async () => {
    const grounds = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await opened(await demo(), { colorScheme });
      grounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    }
    expect(grounds).toEqual(['rgb(255, 255, 255)', 'rgb(13, 17, 23)']);
  });

  it('asks no network for anything, and could not', async () => {
    const { page, requests, problems } = await opened(await demo());
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(problems).toEqual([]);
    await page.addScriptTag({ content: "document.title = 'owned'" }).catch(() => undefined);
    expect(await page.title()).toBe('What startup waits for');
    expect(problems.join()).toContain('Content Security Policy');
  });

  it('is filtered with the keyboard alone, and says how much it shows', async () => {
    const { page } = await opened(await demo());
    await tabTo(page, 'verdict');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.type('never');
    expect(await shownCalls(page)).toEqual(['start_cleanup_service', 'start_digest_scheduler']);
    await tabTo(page, 'category');
    await page.keyboard.type('scheduler');
    expect(await shownCalls(page)).toEqual(['start_digest_scheduler']);
    expect(await page.textContent('#shown')).toBe('1 of 8 calls shown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#shown:text-is("8 of 8 calls shown")');
    await tabTo(page, 'text');
    await page.keyboard.type('LOOPS for ever');
    expect(await shownCalls(page)).toEqual(['start_cleanup_service', 'start_digest_scheduler']);
    await page.keyboard.type(' nowhere');
    expect(await shownCalls(page)).toEqual([]);
    expect(await page.isVisible('.decisions [scope=rowgroup]')).toBe(false);
  });

  it('leads from a piece of evidence to its line', async () => {
    const { page } = await opened(await demo());
    await page.focus('a:has-text("cafe/cleanup.py:18")');
    await page.keyboard.press('Enter');
    const target = await page.textContent('tr:target');
    expect(target).toContain('while True:');
    const links = await page.$$eval('a[href^="#"]', (all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(20);
    for (const link of links) expect(await page.$(`[id="${link.slice(1)}"]`), link).not.toBeNull();
  });

  it('draws the startup of a hook before and after', async () => {
    const { page } = await opened(await demo());
    const heads = await page.$$eval('.timeline .head', (all) => all.map((head) => head.textContent));
    expect(heads).toEqual(['Before', 'never listens', 'After', 'listening']);
    expect(await page.$$eval('.timeline .bar.never', (all) => all.length)).toBe(1);
    expect(await page.$$eval('.timeline .bar.unreached', (all) => all.length)).toBe(6);
    expect(await page.$$eval('.timeline .bar.background', (all) => all.length)).toBe(7);
    const caption = await page.textContent('figcaption');
    expect(caption).toContain('Before: the server never listens, since start_cleanup_service never returns.');
    expect(caption).toContain('After: the server listens after 1 call.');
  });

  it('runs, loads and hides nothing that a hostile source holds', async () => {
    const { page, requests, problems } = await opened(hostile(await sourceOf({ 'app/main.py': SERVER })));
    expect(await page.title()).toBe('What startup waits for');
    expect(await page.$$eval('script, img, style', (all) => all.map((one) => one.nodeName))).toEqual([
      'STYLE',
      'SCRIPT',
    ]);
    expect(requests).toHaveLength(1);
    expect(problems).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('</script></style></title><script>document.title');
    expect(text).toContain('\\x1b[2J');
    expect(text).toContain('\\u202egnp.exe');
    expect(await page.content()).not.toMatch(UNSEEN);
  });

  it('is shown in the README by a small picture', async () => {
    const { page } = await opened(await demo(), { colorScheme: 'light' });
    const made = process.env.REPORT_PICTURE === undefined ? join(folder, 'report.png') : PICTURE;
    await page.screenshot({ path: made, clip: { x: 0, y: 0, width: 1180, height: 1150 } });
    for (const path of [made, PICTURE]) {
      const head = readFileSync(path);
      expect(head.subarray(1, 4).toString()).toBe('PNG');
      expect([head.readUInt32BE(16), head.readUInt32BE(20)]).toEqual([1180, 1150]);
      expect(statSync(path).size).toBeLessThan(200_000);
    }
    expect(readFileSync('README.md', 'utf8')).toContain(`](${PICTURE})`);
  });
});

/** The findings in the demo project of the README. */
async function demo(): Promise<ReportSource> {
  const found = await scan({ paths: [copyOfProject('demo')] });
  const { analysis, leftAlone, project } = found;
  const { plan } = await planRewrites(found, { unsafe: false });
  const report = reportOf(analysis, plan, found.errors);
  return {
    report,
    changes: changesOf(plan),
    mode: 'dry-run',
    analysis,
    plan,
    leftAlone,
    root: project.root,
    read: project.files.read,
  };
}

/** The page, loaded from a file by a browser that has no network; what it asked for, and what it complained about. */
async function opened(source: ReportSource, { colorScheme }: { readonly colorScheme?: 'light' | 'dark' } = {}) {
  const file = join(folder, 'report.html');
  writeFileSync(file, await reporters.html(source));
  const context = await started.browser.newContext({
    offline: true,
    viewport: { width: 1180, height: 1150 },
    ...(colorScheme ? { colorScheme } : {}),
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, requests, problems };
}

/** Presses Tab until the control of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement.name')) === name) return;
  }
  throw new Error(`no control named ${name} was reached with the Tab key`);
}

function shownCalls(page: Page): Promise<readonly string[]> {
  return page.$$eval('tr[data-verdict]:not([hidden]) th > code', (all) => all.map((call) => call.textContent ?? ''));
}
