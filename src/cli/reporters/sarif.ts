import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { Report } from '../../core/index.ts';
import { version } from '../version.ts';
import { type Finding, findingsOf, rules } from './findings/index.ts';
import { jsonText } from './json.ts';
import { type ReportSource, type Texts, textsOf } from './report-source.ts';
import { fingerprints } from './sarif/fingerprints.ts';
import { fixesOf } from './sarif/fixes.ts';
import { messageText } from './sarif/message.ts';
import { locationAt, locationOf } from './sarif/places.ts';

/** A log for code scanning: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). */
export function sarifReport(source: ReportSource): string {
  const findings = findingsOf(source);
  const marks = fingerprints(findings);
  const texts = textsOf(source);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'startup-codemod', semanticVersion: version(), rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n'],
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder in which startup-codemod was run' } } },
        invocations: [
          {
            executionSuccessful: source.report.errors.length === 0,
            toolExecutionNotifications: notifications(source.report),
          },
        ],
        results: findings.map((finding) => resultOf(finding, marks.get(finding) ?? {}, texts)),
      },
    ],
  };
  return jsonText(log);
}

function descriptor({ id, title, level, help }: (typeof rules)[number]): ReportingDescriptor {
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: help },
    help: { text: help, markdown: help },
    defaultConfiguration: { level },
    properties: { tags: ['startup', 'performance'], precision: 'high' },
  };
}

function resultOf(finding: Finding, partialFingerprints: Record<string, string>, texts: Texts): Result {
  const related = finding.seen.map(({ what, at }, index) => ({
    ...locationAt(at, texts),
    id: index + 1,
    message: { text: messageText(what) },
  }));
  const links = related.map(({ id, message }) => ` [${message.text}](${id}).`);
  const fixes = fixesOf(finding.rewrite, texts);
  return {
    ruleId: finding.rule.id,
    ruleIndex: rules.indexOf(finding.rule),
    level: finding.level,
    message: { text: messageText(finding.message) + links.join('') },
    locations: [locationOf(finding, texts)],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    partialFingerprints,
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}

function notifications({ errors }: Report): Notification[] {
  return errors.map(({ path, message }) => ({
    level: 'error',
    message: { text: messageText(message) },
    locations: [locationAt(path, new Map())],
  }));
}
