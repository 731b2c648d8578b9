import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { inOrder, startServer } from './server.ts';
import { filesOf, rewrittenProject } from './tool.ts';

const layouts = [
  { project: 'layout-flat', app: 'main:app', from: '.', helper: 'startup_tasks.py' },
  { project: 'layout-relative', app: 'departures.main:app', from: '.', helper: 'departures/startup_tasks.py' },
  { project: 'layout-absolute', app: 'src.api.main:app', from: '.', helper: 'src/api/startup_tasks.py' },
  { project: 'layout-src', app: 'departures.main:app', from: 'src', helper: 'src/departures/startup_tasks.py' },
  { project: 'layout-deployables', app: 'main:app', from: 'backend', helper: 'backend/startup_tasks.py' },
  { project: 'layout-deployables', app: 'main:app', from: 'worker', helper: 'worker/startup_tasks.py' },
];

describe.each(layouts)('$project started in $from', ({ project, app, from, helper }) => {
  test(`imports ${helper}`, async () => {
    const folder = rewrittenProject(project);
    expect([...filesOf(folder).keys()]).toContain(helper);
    const server = await startServer(python(), app, join(folder, from));
    await server.says('timetable cache warm');
    expect(await server.get('/departures')).toEqual(['Žilina']);
    const marks = ['database ready', 'Uvicorn running on', 'timetable cache begun'];
    expect(inOrder(server.output(), marks)).toEqual(marks);
  });
});
