import { beforeAll, describe, expect, it } from 'vitest';
import { createModules } from '../../src/languages/python/modules/modules.ts';
import { findRemarks } from '../../src/languages/python/remarks/remarks.ts';
import { loadPython } from '../../src/languages/python/tree/parse.ts';
import { memoryProject } from '../memory-project.ts';
import { hookOf } from './hook-of.ts';

beforeAll(loadPython);

function remarksIn(source: string, hooks: Parameters<typeof findRemarks>[1] = []) {
  const module = createModules(memoryProject({ 'main.py': source })).at('main.py');
  if (!module) throw new Error('main.py does not parse');
  return findRemarks(module, hooks);
}

describe('remarks', () => {
  it.each([
    ['# TODO: fix later', undefined],
    ['# todo(ana): später', undefined],
    ['# FIXME', undefined],
    ['# TEMPORARILY DISABLED: await start_mail()', 'await start_mail()'],
    ['# Temporarily disabled - causing startup delays\n# await start_mail()', 'await start_mail()'],
    ['# await start_mail()  # disabled for now', 'await start_mail()'],
    ['# Skipped for now\n# mail = await Mail.open(\n#     "é",\n# )', 'mail = await Mail.open( "é", )'],
    ['# Commented out to speed up startup - uncomment if needed\n# await warm()', 'await warm()'],
    ['# vorübergehend deaktiviert\n# await warm()', 'await warm()'],
    ['# временно отключено', undefined],
    ['# 暂时禁用', undefined],
    ['# Désactivé temporairement', undefined],
  ])('%s', (source, call) => {
    const [remark, ...more] = remarksIn(`${source}\nx = 1\n`);
    expect(more).toEqual([]);
    expect(remark?.text).toBe(source);
    expect(remark?.disabledCall).toBe(call);
  });

  it.each([
    '# await init_db()',
    '# migrations are run by Alembic\n# await init_db()',
    '# Temporarily disable foreign keys, so that tables can be copied',
    '# for now the first entry counts',
    '# a todo list of the day',
    '# noqa: E501 TODO',
    'x = 1  # type: ignore  # TODO',
    '# TODO: rename  # noqa: E501',
    '# startup-codemod: background — TODO',
    '# Copyright 2024\n# TODO: year',
    '"""\n# TODO: in a docstring\n"""',
    'text = "# TODO: in a string"',
  ])('none in %s', (source) => {
    expect(remarksIn(`${source}\ny = 2\n`)).toEqual([]);
  });

  it('remove whole lines, or a trailing comment with its blanks', () => {
    const source = 'x = 1\n# Keeps é.\n# TODO: fix\n#   both of them\n# Keeps too.\ny = 2  # FIXME later\r\n';
    const cut = remarksIn(source).reduceRight(
      (text, { range }) => text.slice(0, range.start) + text.slice(range.end),
      source,
    );
    expect(cut).toBe('x = 1\n# Keeps é.\n# Keeps too.\ny = 2\r\n');
  });

  it('remove one of two blank lines that would meet', () => {
    const source = 'x = 1\n\n# TODO: é\n\ny = 2\n';
    const [remark] = remarksIn(source);
    expect(remark && source.slice(0, remark.range.start) + source.slice(remark.range.end)).toBe('x = 1\n\ny = 2\n');
  });

  it('know whether they stand in a hook', () => {
    const source = '# TODO: outside\nasync def lifespan(app):\n    # TODO: inside\n    yield\n';
    expect(remarksIn(source, [hookOf(source).hook]).map((remark) => remark.inHook)).toEqual([false, true]);
  });
});
