import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { installed } from '../npm-environment.ts';

/** A Chromium with the folder that it was unpacked into. */
export interface StartedBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Why there is none: the package @sparticuz/chromium carries one for Linux on x64 only. */
export const noChromium =
  process.env.CHROMIUM_PATH === undefined && `${process.platform}-${process.arch}` !== 'linux-x64'
    ? 'No Chromium comes from the registry for this system: set CHROMIUM_PATH to one'
    : undefined;

/** The Chromium of `CHROMIUM_PATH`, else that of the package. */
export async function startChromium(): Promise<StartedBrowser> {
  const own = process.env.CHROMIUM_PATH;
  if (own !== undefined) {
    const browser = await chromium.launch({ executablePath: own });
    return { browser, close: () => browser.close() };
  }
  return startPackaged();
}

/** Unpacks the package's Chromium with the libraries and fonts that it carries, and starts it. */
async function startPackaged(): Promise<StartedBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'startup-codemod-chromium-'));
  // It unpacks into the temporary folder, and the libraries only where this name says that they are missing.
  process.env.TMPDIR = folder;
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
  const packages = await installed('report-packages');
  const entry = join(packages, '@sparticuz/chromium/build/esm/index.js');
  if (!existsSync(entry)) throw new Error(`${entry} is missing`);
  const { default: packaged } = (await import(pathToFileURL(entry).href)) as { readonly default: PackagedChromium };
  const executablePath = await packaged.executablePath();
  writeFileSync(join(folder, 'fonts', 'fonts.conf'), fontsIn(folder));
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  const close = async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return { browser, close };
}

/** The package's own file looks for its fonts in /tmp, and a Chromium without any font ends at the first page. */
function fontsIn(folder: string): string {
  const list = `<dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${list}</fontconfig>\n`;
}

/** A container seldom lets it make a sandbox, and it has no graphics card; all else is as in any Chromium. */
const ARGUMENTS = ['--no-sandbox', '--disable-gpu'];

interface PackagedChromium {
  executablePath(): Promise<string>;
}
