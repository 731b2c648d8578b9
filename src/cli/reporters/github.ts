import { isAbsolute, relative } from 'node:path';
import { printable } from '../printable.ts';
import { type Finding, findingsOf } from './findings/index.ts';
import type { ReportSource } from './report-source.ts';

/**
 * Annotations for a run in GitHub Actions, the gravest first, since only the first ten of a kind are shown
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-an-error-message).
 */
export function githubAnnotations(source: ReportSource): string {
  const folder = folderInRepository(source.root);
  const errors = source.report.errors.map(({ path, message }) =>
    command('error', { file: folder + path, title: 'Not handled' }, message),
  );
  return [...errors, ...findingsOf(source).map((finding) => annotation(finding, folder))]
    .map((line) => `${line}\n`)
    .join('');
}

/** Annotations name files from the top of the repository: what stands there before the report's paths, with a slash. */
function folderInRepository(root: string): string {
  const top = process.env.GITHUB_WORKSPACE;
  const path = top === undefined ? '' : relative(top, root).replaceAll('\\', '/');
  return path === '' || path.startsWith('..') || isAbsolute(path) ? '' : `${path}/`;
}

function annotation({ level, path, line, rule, message, rewrite }: Finding, folder: string): string {
  const change = rewrite === undefined ? '' : `\nstartup-codemod --write: ${rewrite.title}`;
  const kind = level === 'note' ? 'notice' : level;
  return command(kind, { file: folder + path, line: String(line), title: rule.title }, message + change);
}

function command(kind: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${kind} ${list.join(',')}::${escapedMessage(message)}`;
}

/** As the runner reads them back (https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts). */
function escapedMessage(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => printable(line).replaceAll('%', '%25').replaceAll('\r', '%0D'))
    .join('%0A');
}

function escapedProperty(text: string): string {
  return escapedMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
