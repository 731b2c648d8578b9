import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endSession, type SavedTurn, savedTurns, startSession } from '../../src/project/review-session.ts';
import { folderWith } from './temporary-folder.ts';

const asked = (key: string) => [{ key: `step|main.py|lifespan|${key}|1`, print: 'c0ffee' }];
const TURNS: readonly SavedTurn[] = [
  { answer: { says: 'yes' }, asked: asked('wärme_vor') },
  { undo: true },
  { answer: { says: 'change', to: 'thread', reason: 'it counts "beans"' }, asked: asked('grind') },
  {
    answer: { says: 'change', to: 'critical', keep: { callee: 'grind', decision: 'critical' } },
    asked: [...asked('grind'), ...asked('brew')],
  },
  { answer: { says: 'restore' }, asked: asked('# TODO\n# await milk()') },
];

function sessionOf(folder: string): string {
  const state = join(folder, '.startup-codemod');
  return join(state, readdirSync(state).find((name) => name.endsWith('.jsonl')) ?? '');
}

function kept(): string {
  const folder = folderWith({ 'main.py': '' });
  const session = startSession(folder, TURNS.slice(0, 1));
  for (const turn of TURNS.slice(1)) session.add(turn);
  return folder;
}

describe('the session of a review', () => {
  it('has every turn, and leaves nothing behind when it ends', () => {
    const folder = kept();
    expect(savedTurns(folder)).toEqual(TURNS);
    startSession(folder, TURNS.slice(2)).add({ undo: true });
    expect(savedTurns(folder)).toEqual([...TURNS.slice(2), { undo: true }]);
    endSession(folder);
    expect(savedTurns(folder)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['main.py']);
  });

  it('that was cut off at any byte has every turn but the one that was being written', () => {
    const folder = kept();
    const whole = readFileSync(sessionOf(folder));
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(sessionOf(folder), whole.subarray(0, length));
      const lines = whole.subarray(0, length).toString('utf8').split('\n').length - 1;
      const turns = savedTurns(folder);
      expect(turns).toEqual(TURNS.slice(0, turns.length));
      expect(turns.length).toBeGreaterThanOrEqual(lines - 1);
    }
  });

  it('that was written to is read up to what it cannot hold', () => {
    const folder = kept();
    const lines = readFileSync(sessionOf(folder), 'utf8').split('\n');
    for (const bad of ['{"answer":{"says":"maybe"},"asked":[]}', '[]', '\0', '{"undo":true,"rm":"-rf"}']) {
      writeFileSync(sessionOf(folder), [...lines.slice(0, 2), bad, ...lines.slice(2)].join('\n'));
      expect(savedTurns(folder)).toEqual(TURNS.slice(0, 1));
    }
  });

  it('is not taken from a process that is at work', () => {
    const folder = kept();
    const lines = readFileSync(sessionOf(folder), 'utf8').split('\n').slice(1);
    const head = (process: number, host = hostname()) => JSON.stringify({ version: 1, process, host });
    writeFileSync(sessionOf(folder), [head(process.ppid), ...lines].join('\n'));
    expect(() => savedTurns(folder)).toThrow(`another review is open here: process ${process.ppid}`);
    writeFileSync(sessionOf(folder), [head(process.ppid, 'elsewhere'), ...lines].join('\n'));
    expect(savedTurns(folder)).toEqual(TURNS);
  });
});
