import { describe, expect, it } from 'vitest';
import { applyEdits, type FileFacts } from '../../src/core/index.ts';
import { reindent } from '../../src/languages/python/syntax/reindent.ts';
import { helperImport, loggerSetUp } from '../../src/languages/python/syntax/set-up.ts';
import { argumentsIn, stringsAndComments, verbatimIn } from '../../src/languages/python/syntax/tokens.ts';
import { dropUnused } from '../../src/languages/python/syntax/unused.ts';

describe('strings and comments', () => {
  it.each([
    [`x = "a#b"  # größe`, ['"a#b"', '# größe']],
    [`x = rb'\\'' + f"{x}"`, [`rb'\\''`, 'f"{x}"']],
    [`x = """a\n"b" # c\n"""`, [`"""a\n"b" # c\n"""`]],
    [`x = ''''a'''`, [`''''a'''`]],
    [`x = 'open\ny = "b"`, [`'open`, '"b"']],
    ['profile = 1', []],
  ])('are found in %j', (text, expected) => {
    expect(stringsAndComments(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });

  it('do not separate arguments', () => {
    const text = '"a,b", [1, 2], f(x, y), größe=(3, 4)';
    expect(argumentsIn(text, { start: 0, end: text.length })).toEqual(['"a,b"', '[1, 2]', 'f(x, y)', 'größe=(3, 4)']);
  });
});

describe('indenting', () => {
  it.each([
    ['every line but the first and the blank ones', 'a()\n\n  b()\n# c\n', 'a()\n\n      b()\n    # c\n'],
    ['not inside strings', 'a("""\n  x\n""")\nb()\n', 'a("""\n  x\n""")\n    b()\n'],
    [
      'without breaking a line that was too long before',
      `a()\n${'x'.repeat(41)}()\n`,
      `a()\n    ${'x'.repeat(41)}()\n`,
    ],
    [
      'a line that becomes too long between its brackets',
      'a()\nresult = waiting(first_number, second)\n',
      'a()\n    result = waiting(\n        first_number, second\n    )\n',
    ],
    [
      'with an argument a line where they do not fit on one',
      'a()\nw(first_number, second_number, third_one)\n',
      'a()\n    w(\n        first_number,\n        second_number,\n        third_one,\n    )\n',
      42,
    ],
    [
      'a comment that becomes too long between words',
      'a()\n# für alles, was danach kommen könnte\n',
      'a()\n    # für alles, was danach kommen\n    # könnte\n',
      37,
    ],
  ])('reaches %s', (_name, text, expected, lineLength = 40) => {
    const facts = factsOf(text, { lineLength });
    const range = { start: 0, end: text.length };
    expect(applyEdits(text, reindent(range, verbatimIn(text, range), '    ', facts))).toBe(expected);
  });
});

describe('the import of the helper', () => {
  const place = (text: string, statement: string, own: readonly string[]) => {
    const statements = own.map((line) => ({ start: text.indexOf(line), end: text.indexOf(line) + line.length }));
    const firstParty = statements.at(-1) ? text.indexOf('\n', statements.at(-1)?.end) + 1 : text.indexOf('\n\n') + 1;
    const facts = factsOf(text, { statement, statements, firstParty });
    return applyEdits(text, helperImport(facts));
  };

  it.each([
    [
      'between its neighbours',
      'from api.a import x\nfrom api.z import y\n',
      'from api.startup_tasks import StartupTasks',
      1,
    ],
    [
      'before the relative ones that are nearer',
      'from ..a import x\nfrom .z import y\n',
      'from ..startup_tasks import StartupTasks',
      1,
    ],
    ['after the plain imports', 'import zoo\nfrom zoo import y\n', 'from api.startup_tasks import StartupTasks', 1],
    ['at the end', 'from a import x\nfrom b import y\n', 'from startup_tasks import StartupTasks', 2],
  ])('stands %s', (_name, text, statement, line) => {
    const own = text.trim().split('\n');
    expect(place(text, statement, own).split('\n')[line]).toBe(statement);
  });

  it('opens a group of its own', () => {
    const text = 'import os\n\n\nx = "größe"\n';
    const expected = 'import os\n\nfrom startup_tasks import StartupTasks\n\n\nx = "größe"\n';
    expect(place(text, 'from startup_tasks import StartupTasks', [])).toBe(expected);
  });
});

describe('the logger', () => {
  it('is set up after the imports, with its own import', () => {
    const text = 'import os\n\n\nx = "größe"\n';
    const facts = factsOf(text, { firstParty: 10 });
    const logger = {
      ...facts.logger,
      setUp: 'logger = logging.getLogger(__name__)',
      setUpAt: 10,
      setUpImport: 'import logging',
    };
    const result = applyEdits(text, loggerSetUp({ ...facts, logger }));
    expect(result).toBe('import logging\nimport os\n\nlogger = logging.getLogger(__name__)\n\n\nx = "größe"\n');
  });
});

describe('imports that are not used any more', () => {
  const dropped = (text: string, gone: string) => {
    const start = text.indexOf(gone);
    const edits = [{ range: { start, end: start + gone.length }, text: 'x' }];
    return applyEdits(text, [...edits, ...dropUnused(edits, factsOf(text))]);
  };

  it.each([
    ['go', 'import asyncio\nimport os\nasyncio.run(größe)\n', 'import os\nx(größe)\n'],
    ['go with the blank line of their group', 'import asyncio\n\nimport web\nasyncio.run(a)\n', 'import web\nx(a)\n'],
    ['stay with another use', 'import asyncio\nasyncio.run(a)\nasyncio.x\n', 'import asyncio\nx(a)\nasyncio.x\n'],
    [
      'stay with a use in a format string',
      'import asyncio\nasyncio.run(f"{asyncio}")\n',
      'import asyncio\nx(f"{asyncio}")\n',
    ],
    ['go with a mention in a comment', 'import asyncio\nasyncio.run(a)  # asyncio\n', 'x(a)  # asyncio\n'],
  ])('%s', (_name, text, expected) => {
    expect(dropped(text, 'asyncio.run')).toBe(expected);
  });

  it('stay where they were not used before', () => {
    const text = 'import asyncio\nx()\n';
    expect(dropUnused([], factsOf(text))).toEqual([]);
  });
});

interface Wanted {
  readonly lineLength?: number;
  readonly statement?: string;
  readonly statements?: FileFacts['imports']['statements'];
  readonly firstParty?: number;
}

function factsOf(text: string, wanted: Wanted = {}): FileFacts {
  return {
    file: { path: 'main.py', text, bom: false, language: 'python' },
    kind: 'server',
    hooks: [],
    remarks: [],
    thresholds: [],
    danglingTasks: [],
    style: { eol: '\n', indentUnit: '    ', quote: '"', lineLength: wanted.lineLength ?? 88 },
    logger: { expression: 'logger', library: 'logging', setUpAt: 0 },
    helper: {
      path: 'startup_tasks.py',
      importStatement: wanted.statement ?? 'from startup_tasks import StartupTasks',
      state: 'absent',
    },
    imports: { firstParty: wanted.firstParty ?? 0, standard: 0, names: [], statements: wanted.statements ?? [] },
  };
}
