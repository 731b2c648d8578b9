import { createHash } from 'node:crypto';
import type { Finding } from '../findings/index.ts';

/**
 * What each finding is known by from run to run: names, never lines, so that code above it may come and go. Code scanning
 * compares `primaryLocationLineHash` only
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 */
export function fingerprints(findings: readonly Finding[]): ReadonlyMap<Finding, Record<string, string>> {
  const counts = new Map<string, number>();
  const inOrderOfLines = [...findings].sort((a, b) => a.line - b.line);
  return new Map(
    inOrderOfLines.map((finding) => {
      const hash = createHash('sha256').update(JSON.stringify(finding.key)).digest('hex').slice(0, 32);
      const nth = (counts.get(hash) ?? 0) + 1;
      counts.set(hash, nth);
      const print = `${hash}:${nth}`;
      return [finding, { 'hookAndCallee/v1': print, primaryLocationLineHash: print }];
    }),
  );
}
