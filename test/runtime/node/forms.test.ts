import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { asCommonJs, eraseTypes } from './erase-types.ts';

const folder = '../../../src/runtime/typescript';
const typescript = readFileSync('src/runtime/typescript/startup-tasks.ts', 'utf8');

test('the JavaScript forms are the TypeScript one without its types', async () => {
  const esm = eraseTypes(typescript);
  await expect(esm).toMatchFileSnapshot(`${folder}/startup-tasks.mjs`);
  await expect(asCommonJs(esm)).toMatchFileSnapshot(`${folder}/startup-tasks.cjs`);
});
