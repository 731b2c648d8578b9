import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../src/analyse.ts';
import type { FileFacts, StartupHook } from '../src/core/index.ts';
import { pythonAnchors, pythonHandlerAnchor } from '../src/languages/python/anchors.ts';
import { frameworks } from '../src/languages/python/frameworks/index.ts';
import { hookAnchors, programAnchors } from '../src/languages/typescript/anchors.ts';
import { frameworks as nodeFrameworks } from '../src/languages/typescript/frameworks/index.ts';
import { type FixtureFile, filesOf, scanned } from './scan-fixture.ts';

const ROOT = join(import.meta.dirname, '../fixtures/scan');

const cases = readdirSync(ROOT).flatMap((framework) =>
  readdirSync(join(ROOT, framework)).map((name) => `${framework}/${name}`),
);

describe.each(cases)('%s', (name) => {
  const files = filesOf(join(ROOT, name));

  it('has the hooks that its comments name, and no other', async () => {
    const { facts } = await scanned(files);
    expect(facts.flatMap(hookLines).sort()).toEqual(expectedHooks(files).sort());
  });

  it('is judged as its comments say', async () => {
    const { analysis, facts } = await scanned(files);
    const found = facts.flatMap((file) => file.hooks.flatMap((hook) => callLines(hook, analysis)));
    for (const expected of expectedCalls(files)) expect(found).toContainEqual(expected);
  });

  it('runs its hooks in the order that its comments name', async () => {
    const { apps } = await scanned(files);
    const orders = apps.map((app) =>
      app.orderKnown ? `startup ${names(app.startupOrder)}; shutdown ${names(app.shutdownOrder)}`.trim() : 'unknown',
    );
    for (const expected of comments(files, 'order')) expect(orders).toContain(expected);
  });

  it('is of the kind that its comments name, with the notes that they name', async () => {
    const { facts } = await scanned(files);
    const kinds = facts.filter(({ hooks }) => hooks.length === 0).map(({ kind }) => kind);
    expect(kinds).toEqual(comments(files, 'file'));
    const notes = facts.flatMap(({ hooks }) =>
      hooks.flatMap((hook) => hook.notes.map((note) => `${hook.name} ${note}`)),
    );
    for (const expected of comments(files, 'note')) {
      const [hook = '', ...words] = expected.split(' ');
      expect(notes.some((note) => note.startsWith(`${hook} `) && note.includes(words.slice(1).join(' ')))).toBe(true);
    }
  });
});

describe('the registry of languages', () => {
  it('lists what the Python front end finds', () =>
    expectContents('python', frameworks, [...pythonAnchors, pythonHandlerAnchor]));

  it('lists what the TypeScript front end finds', () =>
    expectContents('typescript', nodeFrameworks, [...hookAnchors, ...programAnchors]));
});

async function expectContents(language: string, found: readonly { readonly id: string }[], anchors: readonly string[]) {
  const rows = (values: readonly string[]) => [...new Set(values)].map((value) => `    '${value}',\n`).join('');
  const text = `/** What this front end finds, known without loading it. \`npx vitest run test/scan.test.ts -t registry -u\` writes it anew. */
export const contents = {
  frameworks: [
${rows(found.map(({ id }) => id))}  ],
  anchors: [
${rows(anchors)}  ],
};
`;
  await expect(text).toMatchFileSnapshot(`../src/languages/${language}/contents.ts`);
}

function hookLines(file: FileFacts): readonly string[] {
  return file.hooks.map((hook) => {
    const advice = hook.adviceOnly === undefined ? '' : ', advice only';
    return `${hook.path}:${hook.line} ${hook.form} (${hook.framework})${advice}`;
  });
}

function expectedHooks(files: readonly FixtureFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const expected = /(?:#|\/\/) hook: (.*)$/.exec(line)?.[1];
      return expected === undefined ? [] : [`${path}:${index + 1} ${expected}`];
    }),
  );
}

/** Decision and cost of each call, without the cost too: a comment may leave it out. */
function callLines(hook: StartupHook, analysis: Analysis): readonly string[] {
  return hook.steps.flatMap((step) => {
    const verdict = analysis.decisions.get(step.id)?.verdict;
    return step.calls.flatMap(({ line, cost }) => [
      `${hook.path}:${line} ${verdict}`,
      `${hook.path}:${line} ${verdict} (${cost})`,
    ]);
  });
}

function expectedCalls(files: readonly FixtureFile[]): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const expected = /(?:#|\/\/) expect: (.*)$/.exec(line)?.[1];
      return expected === undefined ? [] : [`${path}:${index + 1} ${expected}`];
    }),
  );
}

/** `# order: …`, `# file: …`, `# note: …`: what is expected of a whole file. */
function comments(files: readonly FixtureFile[], word: string): readonly string[] {
  return files.flatMap(({ text }) =>
    [...text.matchAll(new RegExp(`^(?:#|//) ${word}: (.*)$`, 'gm'))].map((match) => (match[1] ?? '').trim()),
  );
}

/** `src/main.py:12:connect` → `connect`. */
function names(ids: readonly string[]): string {
  return ids.map((id) => id.slice(id.lastIndexOf(':') + 1)).join(', ');
}
