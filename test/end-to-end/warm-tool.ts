import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ToolRun } from './tool.ts';

interface WarmTool {
  readonly requests: number;
  readonly answers: number;
}

let started: WarmTool | undefined;

/** Runs the built tool in a process that stays for the next run, and waits for its answer. */
export function runWarm(cwd: string, args: readonly string[]): ToolRun {
  started ??= startTool();
  const { requests, answers } = started;
  writeSync(requests, `${JSON.stringify({ cwd, args })}\n`);
  return JSON.parse(readLine(answers));
}

function startTool(): WarmTool {
  const folder = mkdtempSync(join(tmpdir(), 'warm-tool-'));
  const [requests, answers] = [join(folder, 'requests'), join(folder, 'answers')] as const;
  execFileSync('mkfifo', [requests, answers]);
  const child = spawn(process.execPath, [resolve('test/end-to-end/warm-tool.mjs'), requests, answers], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.unref();
  // Opening waits for the other end; with both open the names are needed no more. The tool ends with its requests.
  const opened = { requests: openSync(requests, 'w'), answers: openSync(answers, 'r') };
  rmSync(folder, { recursive: true });
  return opened;
}

function readLine(from: number): string {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(65_536);
    const length = readSync(from, part);
    if (length === 0) throw new Error('the tool ended without an answer');
    parts.push(part.subarray(0, length));
    if (part[length - 1] === 10) return Buffer.concat(parts).toString();
  }
}
