import hljs from 'highlight.js/lib/core';
import javascript from 'highlight.js/lib/languages/javascript';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import { printable } from '../../printable.ts';
import { type Html, html, trusted } from './markup.ts';

hljs.registerLanguage('python', python);
hljs.registerLanguage('typescript', typescript);
hljs.registerLanguage('javascript', javascript);

/** Colouring a longer text would keep the reader waiting. */
const LONGEST = 200_000;

/** The lines of a source text with syntax colours, control characters written out; the first is at index 0. */
export function highlightedLines(path: string, text: string): readonly Html[] {
  const shown = printable(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'));
  if (shown.length > LONGEST) return shown.split('\n').map((line) => html`${line}`);
  const { value } = hljs.highlight(shown, { language: languageOf(path), ignoreIllegals: true });
  return balancedLines(value);
}

function languageOf(path: string): string {
  if (path.endsWith('.py') || path.endsWith('.pyi')) return 'python';
  return /\.[cm]?tsx?$/.test(path) ? 'typescript' : 'javascript';
}

/** A span that goes over several lines is closed at the end of each, and opened again on the next. */
function balancedLines(markup: string): readonly Html[] {
  const open: string[] = [];
  return markup.split('\n').map((line) => {
    const opening = open.join('');
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === '</span>') open.pop();
      else open.push(tag);
    }
    return trusted(opening + line + '</span>'.repeat(open.length));
  });
}
