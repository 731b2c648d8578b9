import {
  type AppEvents,
  type EventHandler,
  type FileEdit,
  type FileFacts,
  insert,
  type LifespanSite,
  remove,
} from '../../../core/index.ts';

/** A lifespan in the place of an app's event handlers. Edits of several files, where handlers stand in others. */
export function mergeEvents({ path, handlers, site }: AppEvents, facts: FileFacts): readonly FileEdit[] {
  if (!site) return [];
  const gone = handlers.flatMap(({ registration }) =>
    registration ? [{ ...remove(registration.range), path: registration.path }] : [],
  );
  const text = missingBlanks(facts.file.text, site) + lifespanText(handlers, site, facts.style.indentUnit);
  return [...gone, ...[insert(site.at, text), ...site.edits].map((edit) => ({ ...edit, path }))];
}

/** Two blank lines stand above a function of a module. */
function missingBlanks(text: string, { at, indent }: LifespanSite): string {
  const above = /(?:^|\n)((?:[ \t\r]*\n)*)$/.exec(text.slice(0, at))?.[1] ?? '';
  const blanks = above.split('\n').length - 1;
  return indent === '' && at > 0 ? '\n'.repeat(Math.max(0, 2 - blanks)) : '';
}

/**
 * The handlers as the framework called them: one after the other, plain functions in the event loop too, those of shutdown
 * whenever startup was done.
 */
function lifespanText(
  handlers: readonly EventHandler[],
  { indent, name, parameter }: LifespanSite,
  unit: string,
): string {
  const imports = handlers.flatMap(({ importStatement }) => importStatement ?? []);
  const calls = (event: EventHandler['event']) => handlers.filter((one) => one.event === event).map(callOf);
  const ending = calls('shutdown');
  const lines = [
    '@asynccontextmanager',
    `async def ${name}(${parameter}):`,
    ...[
      ...imports,
      ...(imports.length > 0 ? [''] : []),
      ...calls('startup'),
      ...(ending.length === 0 ? ['yield'] : ['try:', `${unit}yield`, 'finally:', ...ending.map((one) => unit + one)]),
    ].map((line) => (line === '' ? '' : unit + line)),
    ...(indent === '' ? ['', ''] : ['']),
  ];
  return lines.map((line) => `${line === '' ? '' : indent + line}\n`).join('');
}

function callOf({ name, isAsync }: EventHandler): string {
  return `${isAsync ? 'await ' : ''}${name}()`;
}
