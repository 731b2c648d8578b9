import { printable } from '../../printable.ts';

/** Text of a source file as a message: its brackets are no link (SARIF 2.1.0, 3.11.6), and it controls nothing. */
export function messageText(text: string): string {
  return printable(text.replaceAll(/\s*\r?\n\s*/g, ' ')).replaceAll(/[\\[\]]/g, '\\$&');
}
