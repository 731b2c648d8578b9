/** Tests, mocks and stories start servers of their own, which nobody waits for. */
export function isTestFile(path: string): boolean {
  return TEST_FOLDER.test(path) || TEST_FILE.test(path);
}

const TEST_FOLDER = /(^|\/)(tests?|testing|__tests__|__mocks__|__fixtures__|e2e|cypress|playwright|\.storybook)\//;

const TEST_FILE =
  /(\.|-|_)(test|tests|spec|e2e|stories|bench)\.[cm]?[jt]sx?$|(^|\/)(jest|vitest|playwright|cypress|karma)\.[\w.]*[jt]s$/;
