import type { ProjectFiles } from '../../../core/index.ts';

/** Files beside or above a module that say how it is started. */
const FILES = [
  'Dockerfile',
  'docker-compose.yml',
  'docker-compose.yaml',
  'compose.yaml',
  'compose.yml',
  'Procfile',
  'Makefile',
  'pyproject.toml',
  'README.md',
];

/** The import root that a command names: `uvicorn app.main:app` for `backend/app/main.py` says `backend`. */
export function startedAs(path: string, project: ProjectFiles): string | undefined {
  const texts = [project.read(path), ...commandFiles(path, project)];
  for (const text of texts) {
    for (const match of (text ?? '').matchAll(/(?<![\w./-])([A-Za-z_][\w.]*):[A-Za-z_]\w*/g)) {
      const root = rootFor(match[1] ?? '', path);
      if (root !== undefined) return root;
    }
  }
  return undefined;
}

function commandFiles(path: string, project: ProjectFiles): readonly (string | undefined)[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === '') break;
  }
  return folders.flatMap((folder) => FILES.map((name) => project.read(folder ? `${folder}/${name}` : name)));
}

/** `app.main` fits `backend/app/main.py`; `main` fits it too, started in its own folder. */
function rootFor(name: string, path: string): string | undefined {
  const tail = `${name.replaceAll('.', '/')}.py`;
  if (path === tail) return '';
  return path.endsWith(`/${tail}`) ? path.slice(0, -tail.length - 1) : undefined;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
