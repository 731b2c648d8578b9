/** A project before the run that is killed, and what that run makes of it: one file is new, two are changed. */
export const OLD: Readonly<Record<string, string>> = { 'main.py': 'old main é\n', 'app/jobs.py': 'old jobs\n' };
export const NEW: Readonly<Record<string, string>> = {
  'startup_tasks.py': 'helper\n',
  'main.py': 'new main é\n',
  'app/jobs.py': 'new jobs\n',
};
