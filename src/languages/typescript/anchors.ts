import type { SourceFile } from '../../core/index.ts';
import { frameworks } from './frameworks/index.ts';

/** Words without which a file holds no hook. */
export const hookAnchors: readonly string[] = [...new Set(frameworks.flatMap(({ anchors }) => anchors))];

/** The file holds a word of a framework whose hooks may stand in such a file. */
export function mayHoldHooks({ path, text }: SourceFile): boolean {
  return frameworks.some(
    ({ anchors, files }) => (files === undefined || files.test(path)) && anchors.some((word) => text.includes(word)),
  );
}

/** A program begins at the left edge: it awaits, calls its main function, or asks whether it was started itself. */
export function mayBeProgram({ text }: SourceFile): boolean {
  return AT_LEFT_EDGE.test(text);
}

const AT_LEFT_EDGE =
  /^(#!|await\b|[;!]?\((async\b|function\b|\(\))|void\s|[A-Za-z_$][\w$.]*\([^()\n]*\)\s*(;|$|\.|\r)|if\s*\(\s*(require\.main|import\.meta|module\b|process\.argv))/m;

/** Words of programs that await something at their top and may be standalone scripts. */
export const programAnchors: readonly string[] = ['await ', '.catch(', '.then(', '#!'];
