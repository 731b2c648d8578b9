import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { format, type Options } from 'prettier';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import type { SourceFile } from '../../src/core/index.ts';
import { plan } from '../../src/plan.ts';
import { transforms } from '../../transforms/index.ts';
import { defaultConfig } from '../default-config.ts';
import { memoryProject } from '../memory-project.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/transforms');

/** What a step can look like; each is laid out by Prettier first. */
const STEPS = [
  'await warmCache("größe")',
  'await this.priceService.warmEverythingUp(regions, { force: true })',
  'await preload("all regions of the world", "all products of each of them", "everything else")',
  'await preloadTheCategoriesOfAllTheShopsInTheWorld("all regions of the world")',
  'await index.rebuild({ regions, batchSize: 500, languages: ["de", "en"], mode: "everything" })',
  'await index.rebuild(regions, { batchSize: 500, languages: ["de", "en"], mode: "all of it" })',
  'await index.rebuild({\n regions })',
  'await index.load(`\n select 1\n   from größe`)',
  'await index.each(async (entry) => { await entry.touch(); })',
  'await index.each(regions, (entry) => entry.touchEverythingThatBelongsTo(regions, entry))',
  'await index.loadAll(["all regions of the world", "all products of each of them", "and"])',
  'await withTimeout(index.rebuild("all regions of the world"), 5000, "took too long")',
  'await warmCache("größe").catch((error) => console.error(error))',
  'await mailer.connect().then(() => mailer.verify()).catch((error) => { console.error(error); })',
  'await Promise.all([warmCache("größe"), preload("all regions of the world"), index.load("a")])',
  'await Promise.all([warmCache("größe"), preload("all regions of the world"), index.load("all of the world"), a()])',
  'await Promise.all(regions.map(async (region) => { await warmCache(region); }))',
  'void warmCache("größe")',
  'void mailer.sendGreetingsTo("everybody that has an account", "and to all of the others")',
  'warmCache("größe").catch((error) => console.error("the cache could not be warmed", error))',
  'void (async () => { await warmCache("größe"); await mailer.verify(); })()',
  'if (isPrimary) await warmCache("größe")',
  'if (isPrimary) await preload("all regions of the world", "and", "products")',
  'if (isPrimary) { await preload("all regions of the world", "and the products") }',
  'for (const region of regions) { await warmCache(region); }',
  'try { await preload("all regions of the world", "and all of their products", 1); console.log("regions loaded"); } catch (error) { console.error(error); }',
  'try { await mailer.sendGreetingsTo("everybody that has an account", "in time"); } catch { console.warn("not sent") }',
  'const count = await warmCache("all"); console.log("cache loaded with entries", count, "and more")',
] as const;

const STYLES: readonly Options[] = [
  {},
  { semi: false, singleQuote: true },
  { useTabs: true, trailingComma: 'none' },
  { printWidth: 100, tabWidth: 4, trailingComma: 'es5', singleQuote: true },
  { printWidth: 60 },
];

describe('new text', () => {
  it.each(STYLES)('stays as Prettier has it in the style %j', async (style) => {
    const steps = STEPS.map((step) => `// startup-codemod: background\n${step};\n`).join('');
    const source = `import express from "express"; import { logger } from "./logger";
export class Server { app = express(); async start() {
${steps}this.app.listen(3000);
process.on("SIGTERM", async () => { await mailer.close("the connection to the server of all the mails, in time"); await redis.quit(); }); } }
`;
    const before = await format(source, { parser: 'typescript', ...style });
    const after = await rewritten(before, 'main.ts', style);
    expect(after.match(/startupTasks\.start\(/g)?.length).toBeGreaterThanOrEqual(STEPS.length);
    expect(await format(after, { parser: 'typescript', ...style })).toBe(after);
    expect(await rewritten(after, 'main.ts', style)).toBe(after);
  });
});

describe('the fixtures', () => {
  const cases = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.before\.[jt]s$/.test(path),
  );

  it.each(cases)('%s stays as Prettier has it', async (name) => {
    const text = readFileSync(join(FIXTURES, name), 'utf8');
    const style: Options = {
      semi: /;$/m.test(text),
      singleQuote: !text.includes('"'),
      useTabs: /^\t/m.test(text),
      printWidth: Math.max(80, ...text.split('\n').map((line) => line.length)),
    };
    const parser = name.endsWith('.ts') ? 'typescript' : 'babel';
    const before = await format(text, { parser, ...style });
    const after = await rewritten(before, `main${extname(name)}`, style);
    expect(await format(after, { parser, ...style })).toBe(after);
  });
});

/** The text after one run in a project with these settings; nothing is set aside. */
async function rewritten(text: string, path: string, style: Options): Promise<string> {
  const file: SourceFile = { path, text, bom: false, language: 'typescript' };
  const settings = { '.prettierrc': JSON.stringify(style), 'package.json': '{"devDependencies":{"prettier":"^3"}}' };
  const analysis = await analyse([file], memoryProject({ [path]: text, ...settings }), defaultConfig);
  const result = plan(analysis, transforms, { unsafe: true });
  expect(analysis.errors).toEqual([]);
  expect(result.setAside).toEqual([]);
  return result.files[0]?.after ?? text;
}
