import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';

/** Opens a file at a line in the editor of VISUAL or EDITOR, and waits for it. Returns why it could not, as a sentence. */
export function edit(file: string, line: number): string | undefined {
  const editor = process.env.VISUAL || process.env.EDITOR || (process.platform === 'win32' ? 'notepad' : 'vi');
  const args = placeFor(editor, file, line);
  // As git does: the variable is a command line, not only a name.
  const run =
    process.platform === 'win32'
      ? spawnSync(`${editor} ${args.map((arg) => `"${arg}"`).join(' ')}`, { stdio: 'inherit', shell: true })
      : spawnSync('sh', ['-c', `${editor} "$@"`, editor, ...args], { stdio: 'inherit' });
  if (run.status === 0) return undefined;
  return `${editor} ended with ${run.status ?? run.signal ?? 'an error'}: set VISUAL or EDITOR to your editor`;
}

/** How well-known editors are told the line; of another one only the file is known to be understood. */
function placeFor(editor: string, file: string, line: number): readonly string[] {
  const name = basename(editor.trim().split(/\s+/)[0] ?? '').replace(/\.(exe|cmd)$/i, '');
  if (/^(vi|vim|nvim|gvim|view|nano|emacs|emacsclient|micro|kak|joe|ed|ne|pico)$/.test(name)) return [`+${line}`, file];
  if (/^(code|code-insiders|codium|cursor)$/.test(name)) return ['--wait', '--goto', `${file}:${line}`];
  if (/^(hx|helix|zed|subl)$/.test(name)) return [`${file}:${line}`];
  return [file];
}
