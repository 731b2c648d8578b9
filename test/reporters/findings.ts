import { analyse } from '../../src/analyse.ts';
import { changesOf } from '../../src/apply.ts';
import { checklistOf } from '../../src/checklist.ts';
import type { ReportSource } from '../../src/cli/reporters/index.ts';
import type { FileChange, Report, SourceFile } from '../../src/core/index.ts';
import { reportOf } from '../../src/report.ts';
import { verifiedPlan } from '../../src/verify.ts';
import { transforms } from '../../transforms/index.ts';
import { defaultConfig } from '../default-config.ts';
import { memoryProject } from '../memory-project.ts';

const BOM = '\ufeff';

/** What a run over these files hands to the reporters; a text may begin with a byte order mark. */
export async function sourceOf(texts: Readonly<Record<string, string>>): Promise<ReportSource> {
  const files = Object.entries(texts).map(([path, text]): SourceFile => {
    const bom = text.startsWith(BOM);
    const language = path.endsWith('.py') ? 'python' : 'typescript';
    return { path, text: bom ? text.slice(1) : text, bom, language };
  });
  const project = memoryProject(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const analysis = await analyse(files, project, defaultConfig);
  const { plan, errors } = await verifiedPlan(analysis, project, transforms, { unsafe: false });
  const report = reportOf(analysis, plan, errors);
  return {
    report,
    changes: changesOf(plan),
    mode: 'dry-run',
    checklist: checklistOf(analysis, plan),
    analysis,
    plan,
    leftAlone: [],
    root: '/',
    read: project.read,
  };
}

/** A server whose startup has a call of every kind. */
export const SERVER = `import asyncio
import logging
from contextlib import asynccontextmanager

from fastapi import FastAPI

logger = logging.getLogger(__name__)


async def connect_db() -> None:
    raise OSError("keine Verbindung 🔌")


async def purge_expired_sessions() -> None:
    while True:
        await asyncio.sleep(60)


async def warm_photo_cache() -> None:
    logger.info("warm")


async def send_usage_metrics() -> None:
    logger.info("usage")


async def prepare() -> None:
    """Préparé."""
    await asyncio.sleep(1)


async def close_photos() -> None:
    logger.info("geschlossen")


async def close_db() -> None:
    logger.info("closed")


@asynccontextmanager
async def lifespan(app: FastAPI):
    """🔌"""
    await connect_db()
    await purge_expired_sessions()
    # TODO: temporarily disabled
    # await warm_rates()
    await warm_photo_cache()
    await prepare()
    asyncio.create_task(send_usage_metrics())
    yield
    await close_photos()
    await close_db()


app = FastAPI(lifespan=lifespan)
`;

/**
 * What a hostile file may hold: it moves a terminal's cursor, reorders and hides text, ends a script and starts another, leaves a
 * table's cell and a code span, calls people and issues, and gives a workflow commands.
 */
export const HOSTILE = [
  '\u001b[2J\u001b]0;owned\u0007\u009b31m\r',
  '\u202egnp.exe\u2066\u200f\u061c\u2028\ufeff\u00ad\u{e0041}',
  '</script></style></title><script>document.title = "owned"</script><img src="https://evil.example/a" onerror="document.title = \'owned\'">',
  '| cell | `code` ``more`` \\| \\` **bold** _x_ ~~y~~ $z$ <!-- --> &lt; [link](https://evil.example) ![](https://evil.example/b)',
  '@octocat octo/cat#1 #2 GH-3 www.evil.example https://evil.example evil@evil.example :tada:',
  '::error file=x,line=1::owned\n::stop-commands::owned\r\n::set-output name=a::b %0A::warning::owned ##[error]owned',
].join(' ');

/** What no reader is to be shown raw: it cannot be seen, or changes how the text around it looks. Line ends and tabs may stay. */
export const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

/** The same findings, with hostile text in each of their strings that is no fixed word. */
export function hostile(source: ReportSource): ReportSource {
  const free = new Set(['path', 'name', 'callee', 'reason', 'what', 'why', 'message', 'text', 'framework', 'at']);
  const change = (key: string, value: unknown): unknown => {
    if (Array.isArray(value) && ['hazards', 'notes'].includes(key)) return [HOSTILE, ...value];
    if (key === 'at') return `${HOSTILE}/a.py:3`;
    return typeof value === 'string' && free.has(key) ? `${value} ${HOSTILE}` : value;
  };
  const errors = [{ path: 'bad.py', message: 'syntax error' }];
  const report = JSON.parse(JSON.stringify({ ...source.report, errors }), change) as Report;
  const changes = source.changes.map(
    ({ path, before, after }): FileChange => ({
      path: `${path} ${HOSTILE}`,
      after: `# ${HOSTILE}\n${after}`,
      ...(before === undefined ? {} : { before }),
    }),
  );
  const checklist = (source.checklist ?? []).map((point) => ({
    ...point,
    why: HOSTILE,
    places: [{ path: HOSTILE, line: 1, what: HOSTILE }],
  }));
  return {
    ...source,
    report,
    changes,
    checklist,
    leftAlone: [{ path: HOSTILE, why: HOSTILE }],
    read: () => HOSTILE.repeat(3),
  };
}
