import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plan } from '../src/plan.ts';
import { remainingTraps, traps, trapsOf } from '../src/traps/index.ts';
import { transforms } from '../transforms/index.ts';
import { defaultConfig } from './default-config.ts';
import { type FixtureFile, filesOf, scanned } from './scan-fixture.ts';

const ROOT = join(import.meta.dirname, '../fixtures/traps');
const cases = readdirSync(ROOT).flatMap((id) => readdirSync(join(ROOT, id)).map((name) => `${id}/${name}`));

describe.each(cases)('%s', (name) => {
  it('has the traps that its comments name, and no other', async () => {
    const files = filesOf(join(ROOT, name));
    const { analysis } = await scanned(files);
    expect(trapsOf(analysis).map(({ path, line, code }) => `${path}:${line} ${code}`)).toEqual(expectedTraps(files));
  });
});

describe('the traps', () => {
  it('have a fixture that shows each, and one that only looks like it', () => {
    const shown = cases.filter((name) => expectedTraps(filesOf(join(ROOT, name))).length > 0);
    for (const { id } of traps) {
      expect(shown.some((name) => name.startsWith(`${id}/`))).toBe(true);
      expect(cases.some((name) => name.startsWith(`${id}/no-`) && !shown.includes(name))).toBe(true);
    }
  });

  it('are gone where their step moves', async () => {
    const { analysis } = await scanned(filesOf(join(ROOT, 'void-promise/server.ts')));
    const unmoved = plan(analysis, [], { unsafe: false });
    const moved = plan(analysis, transforms, { unsafe: true });
    expect(remainingTraps(analysis, unmoved)).toHaveLength(1);
    expect(remainingTraps(analysis, moved)).toEqual([]);
  });

  it('need hooks of a server', async () => {
    const script = 'import asyncio, time\nasync def main():\n    time.sleep(3)\nasyncio.run(main())\n';
    const { analysis } = await scanned([{ path: 'tool.py', text: script }]);
    expect(analysis.config).toBe(defaultConfig);
    expect(trapsOf(analysis)).toEqual([]);
  });
});

/** `# trap: SC104` behind the line. */
function expectedTraps(files: readonly FixtureFile[]): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const code = /(?:#|\/\/) trap: (SC\d+)$/.exec(line)?.[1];
      return code === undefined ? [] : [`${path}:${index + 1} ${code}`];
    }),
  );
}
