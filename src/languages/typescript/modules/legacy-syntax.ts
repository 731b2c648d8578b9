import { createRequire } from 'node:module';

/** Placeholder text for syntax that only other parsers read. */
export function legacyText(_path: string, _text: string): string | undefined {
  void createRequire;
  return undefined;
}
