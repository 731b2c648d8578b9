import { beforeAll, describe, expect, it } from 'vitest';
import type { FileFacts, Language, SourceFile } from '../../src/core/index.ts';
import { languages } from '../../src/languages/index.ts';
import { defaultScanOptions } from '../default-config.ts';
import { memoryProject } from '../memory-project.ts';

let python: Language;

beforeAll(async () => {
  const entry = languages.find(({ id }) => id === 'python');
  if (!entry) throw new Error('no Python front end is registered');
  python = await entry.load();
});

const HOOK = `
@asynccontextmanager
async def lifespan(app: FastAPI):
    yield


app = FastAPI(title="Café", lifespan=lifespan)
`;

const HEAD = 'from contextlib import asynccontextmanager\n\nfrom fastapi import FastAPI\n';

describe('the runtime helper', () => {
  it.each([
    ['a flat main.py', { 'main.py': HEAD + HOOK }, 'startup_tasks.py', 'startup_tasks'],
    [
      'flat siblings below the root',
      {
        'backend/main.py': `${HEAD}\nfrom database import init_db\n${HOOK}`,
        'backend/database.py': 'def init_db(): ...\n',
      },
      'backend/startup_tasks.py',
      'startup_tasks',
    ],
    [
      'absolute imports without __init__.py',
      {
        'src/api/main.py': `${HEAD}\nfrom src.core.db import init_db\n${HOOK}`,
        'src/core/db.py': 'def init_db(): ...\n',
      },
      'src/api/startup_tasks.py',
      'src.api.startup_tasks',
    ],
    [
      'a src layout',
      {
        'src/bakery/main.py': `${HEAD}\nfrom bakery.db import init_db\n${HOOK}`,
        'src/bakery/db.py': 'def init_db(): ...\n',
      },
      'src/bakery/startup_tasks.py',
      'bakery.startup_tasks',
    ],
    [
      'relative imports',
      {
        'bakery/__init__.py': '',
        'bakery/main.py': `${HEAD}\nfrom .db import init_db\n${HOOK}`,
        'bakery/db.py': 'def init_db(): ...\n',
      },
      'bakery/startup_tasks.py',
      '.startup_tasks',
    ],
    [
      'a start command in a Dockerfile',
      { 'backend/Dockerfile': 'CMD ["uvicorn", "app.main:app"]\n', 'backend/app/main.py': HEAD + HOOK },
      'backend/app/startup_tasks.py',
      'app.startup_tasks',
    ],
    [
      'a name that another module has',
      { 'main.py': HEAD + HOOK, 'startup_tasks.py': 'TASKS = ["öffnen"]\n' },
      'app_startup_tasks.py',
      'app_startup_tasks',
    ],
  ])('%s', (_, files, path, module) => {
    const [facts] = serversIn(files);
    expect(facts?.helper).toEqual({ path, importStatement: `from ${module} import StartupTasks`, state: 'absent' });
  });

  it('is one copy for each package that is started by itself', () => {
    const facts = serversIn({
      'backend/app/main.py': `${HEAD}\nfrom app.db import init_db\n${HOOK}`,
      'backend/app/db.py': 'def init_db(): ...\n',
      'worker/jobs/main.py': `${HEAD}\nfrom jobs.queue import connect\n${HOOK}`,
      'worker/jobs/queue.py': 'def connect(): ...\n',
    });
    expect(facts.map(({ helper }) => helper.path)).toEqual([
      'backend/app/startup_tasks.py',
      'worker/jobs/startup_tasks.py',
    ]);
  });

  it('is shared by the hooks of one app', () => {
    const facts = serversIn({
      'main.py': `${HEAD}\nfrom orders.routes import router\n${HOOK}\napp.include_router(router)\n`,
      'orders/routes.py': `${HEAD.replace('FastAPI', 'APIRouter, FastAPI')}${HOOK.replace('app = FastAPI(title="Café", ', 'router = APIRouter(')}`,
    });
    const statement = 'from startup_tasks import StartupTasks';
    expect(facts.map(({ helper }) => helper.importStatement)).toEqual([statement, statement]);
  });

  it('goes where the configuration says', () => {
    const files = { 'main.py': HEAD + HOOK };
    const [facts] = scan(files, { helperPath: 'shared/lib', helperImport: 'shared.lib.startup_tasks' }).files;
    expect(facts?.helper.path).toBe('shared/lib/startup_tasks.py');
    expect(facts?.helper.importStatement).toBe('from shared.lib.startup_tasks import StartupTasks');
  });

  it('is known again, with its state', () => {
    const shipped = python.syntax.helper({ ...onlyFacts({ 'main.py': HEAD + HOOK }) })?.text ?? '';
    const stateOf = (text: string) => onlyFacts({ 'main.py': HEAD + HOOK, 'startup_tasks.py': text }).helper.state;
    expect(stateOf(shipped)).toBe('current');
    expect(stateOf(shipped.replaceAll('\n', '\r\n'))).toBe('current');
    expect(stateOf(`${shipped}\n# größer\n`)).toBe('edited');
    expect(stateOf(shipped.replace('version 1', 'version 0'))).toBe('older');
  });
});

describe('the logger', () => {
  it.each([
    ['import logging\n', 'logger = logging.getLogger("café")\n', 'logger', 'logging'],
    ['import structlog\n', 'log = structlog.get_logger()\n', 'log', 'structlog'],
    ['from loguru import logger\n', '', 'logger', 'loguru'],
    ['from bakery.logs import LOGGER\n', '', 'LOGGER', 'other'],
  ])('%s%s', (imports, assignment, expression, library) => {
    const { logger } = onlyFacts({ 'main.py': imports + HEAD + assignment + HOOK });
    expect(logger).toMatchObject({ expression, library });
    expect(logger.setUp).toBeUndefined();
  });

  it('is set up where the file has none, under a name that is free', () => {
    const { logger } = onlyFacts({ 'main.py': `${HEAD}\n\ndef logger():\n    return "Säge"\n${HOOK}` });
    expect(logger.setUp).toBe('_logger = logging.getLogger(__name__)');
    expect(logger.setUpImport).toBe('import logging');
  });

  it('is that of the class, where all hooks are methods of it', () => {
    const text = `${HEAD}
class Dairy:
    def __init__(self, logs):
        self.logger = logs["käse"]
        self.app = FastAPI(lifespan=self.lifespan)

    @asynccontextmanager
    async def lifespan(self, app):
        yield
`;
    expect(onlyFacts({ 'main.py': text }).logger.expression).toBe('self.logger');
  });
});

describe('the style', () => {
  it.each([
    [{ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' }, 100],
    [{ 'pyproject.toml': '[tool.black]\nline-length = 79\n' }, 79],
    [{ 'ruff.toml': 'line-length = 120\n', 'pyproject.toml': '[tool.black]\nline-length = 79\n' }, 120],
    [{ 'setup.cfg': '[flake8]\nmax-line-length = 99\n' }, 99],
    [{ '.flake8': '[flake8]\nmax-line-length = 0\n' }, 88],
    [{ 'pyproject.toml': '[project]\nname = "café"\n' }, 88],
  ])('takes the line length from %o', (files, length) => {
    expect(onlyFacts({ ...files, 'app/main.py': HEAD + HOOK }).style.lineLength).toBe(length);
  });

  it('is read from the file', () => {
    const text = (HEAD + HOOK).replaceAll('    ', '\t').replaceAll('"', "'").replaceAll('\n', '\r\n');
    expect(onlyFacts({ 'main.py': text }).style).toMatchObject({ eol: '\r\n', indentUnit: '\t', quote: "'" });
  });
});

describe('files that cannot be read', () => {
  it.each([
    ['lifespan = (\n', 'syntax error at line 1'],
    ['lifespan = 1\nprint "größer"\n', 'Python 2 syntax at line 2'],
    ['{% if cookiecutter.lifespan %}\nimport os\n{% endif %}\n', 'a template, not Python: syntax error at line 1'],
  ])('%o', (text, message) => {
    const { files, errors } = scan({ 'bad.py': text, 'main.py': HEAD + HOOK });
    expect(errors).toEqual([{ path: 'bad.py', message }]);
    expect(files.map(({ file }) => file.path)).toEqual(['main.py']);
  });

  it('reads 2,000 nested brackets', () => {
    const deep = `${'['.repeat(2000)}1${']'.repeat(2000)}`;
    const { files, errors } = scan({ 'main.py': `${HEAD}\nLEVELS = ${deep}\n${HOOK}` });
    expect(errors).toEqual([]);
    expect(files[0]?.hooks).toHaveLength(1);
  });
});

describe('the verification of new text', () => {
  const before = source('main.py', '"""Docs."""\n\nfrom __future__ import annotations\n\nstart("café")  # früh\n');

  it.each([
    ['as it was', before.text, []],
    ['with something added', before.text.replace('\nstart', '\nimport os\n\nstart'), []],
    ['that does not parse', `${before.text}(\n`, ['has a syntax error at line 6']],
    ['without a comment', before.text.replace('  # früh', ''), ['has lost `# früh`']],
    [
      'with a statement before __future__',
      before.text.replace('\nfrom', '\nimport os\nfrom'),
      ['has a statement before its `from __future__` import'],
    ],
  ])('%s', (_, after, problems) => {
    expect(python.verify(before, after, [])).toEqual(problems);
  });

  it('lets go what an edit covers', () => {
    const start = before.text.indexOf('# früh');
    expect(python.verify(before, before.text.replace('# früh', ''), [{ start, end: start + 6 }])).toEqual([]);
  });
});

describe('a file whose app was not asked for', () => {
  const files = {
    'main.py': 'from fastapi import FastAPI\n\nfrom startup import lifespan\n\napp = FastAPI(lifespan=lifespan)\n',
    'startup.py': `${HEAD.replace('from fastapi import FastAPI\n', '')}\n\n@asynccontextmanager\nasync def lifespan(app):\n    yield "très tôt"\n`,
  };

  it('has its hooks', () => {
    const project = memoryProject(files);
    const facts = python.scan([source('startup.py', files['startup.py'])], project, defaultScanOptions);
    expect(facts.files.map(({ file, hooks }) => [file.path, hooks.length])).toEqual([['startup.py', 1]]);
  });

  it('is not written to when only the app was asked for', () => {
    const project = memoryProject(files);
    const facts = python.scan([source('main.py', files['main.py'])], project, defaultScanOptions);
    expect(facts.files.flatMap(({ hooks }) => hooks)).toEqual([]);
  });
});

function scan(files: Readonly<Record<string, string>>, options: { helperPath?: string; helperImport?: string } = {}) {
  const sources = Object.entries(files)
    .filter(([path]) => path.endsWith('.py'))
    .map(([path, text]) => source(path, text));
  return python.scan(sources, memoryProject(files), { ...defaultScanOptions, ...options });
}

function serversIn(files: Readonly<Record<string, string>>): readonly FileFacts[] {
  return scan(files).files.filter(({ kind }) => kind === 'server');
}

function onlyFacts(files: Readonly<Record<string, string>>): FileFacts {
  const [facts] = serversIn(files);
  if (!facts) throw new Error('no server was found');
  return facts;
}

function source(path: string, text: string): SourceFile {
  return { path, text, bom: false, language: 'python' };
}
