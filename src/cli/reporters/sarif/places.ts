import type { ArtifactLocation, Location, Region } from 'sarif';
import { lineAt, type TextRange } from '../../../core/index.ts';
import type { Finding } from '../findings/index.ts';
import type { Texts } from '../report-source.ts';

export function locationOf({ path, line, range }: Finding, texts: Texts): Location {
  const text = texts.get(path);
  const region = range && text !== undefined ? regionOf(text, range) : { startLine: line };
  return { physicalLocation: { ...artifact(path), region } };
}

/** The line of `src/core/db.py:46`, or the whole file where it has no line. */
export function locationAt(place: string, texts: Texts): Location {
  const [, path = place, line] = /^(.*):(\d+)$/.exec(place) ?? [];
  const region = line === undefined ? {} : { region: { startLine: Number(line) } };
  return { physicalLocation: { ...artifact(texts.has(place) ? place : path), ...region } };
}

/** Lines and columns counted from 1; the end column is the one after the last character. */
export function regionOf(text: string, range: TextRange): Region {
  const [start, end] = [positionAt(text, range.start), positionAt(text, range.end)];
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A URI reference, relative to the folder in which the tool was run. */
export function artifact(path: string): { artifactLocation: ArtifactLocation } {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return { artifactLocation: { uri, uriBaseId: 'SRCROOT' } };
}

function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return { line: lineAt(text, offset), column: offset - lineStart + 1 };
}
