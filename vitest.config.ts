import { defineConfig } from 'vitest/config';

/** Tests that run the compiled tool, as a user does. */
const compiled = [
  'test/end-to-end/**/*.test.ts',
  'test/cli/**/*.test.ts',
  'test/jscodeshift/**/*.test.ts',
  'test/readme.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Most tests wait for programs that they start: vitest's own choice would leave a core idle.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'source', include: ['test/**/*.test.ts'], exclude: compiled } },
      { extends: true, test: { name: 'compiled', include: compiled, globalSetup: 'test/build.ts' } },
    ],
  },
});
