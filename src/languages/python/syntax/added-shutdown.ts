import { type Edit, type FileFacts, insert, replace, type StartupHook } from '../../../core/index.ts';
import { tasksExpression } from './names.ts';
import { HANDLER } from './ranks.ts';
import { isBlank, lineEnd, lineOf, nextLine } from './text.ts';

/** A shutdown handler that ends the tasks, registered the way the startup handler is. */
export function addedShutdown(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { text } = facts.file;
  const stop = `await ${tasksExpression(hook, facts)}.stop()`;
  if (text.includes(stop)) return [];
  const name = handlerName(hook);
  const decorator = decoratorOf(text.slice(hook.range.start, hook.range.end));
  if (decorator) return [handler(hook, facts, name, stop, [decorator])];
  const registration = registrationOf(hook, facts, name);
  return registration && [handler(hook, facts, name, stop, []), registration];
}

/** The startup handler's own decorator, for the shutdown: `@app.on_event("shutdown")`, `@app.after_serving`. */
function decoratorOf(definition: string): string | undefined {
  const event = /^@[^\n]*\bon_event\(\s*(["'])startup\1\s*\)/.exec(definition)?.[0];
  if (event) return event.replace('startup', 'shutdown');
  const method = new RegExp(`^@[^\\n]*\\b(${Object.keys(COUNTERPARTS).join('|')})\\b["']?\\)?$`, 'm').exec(definition);
  return method?.[0].replace(method[1] ?? '', COUNTERPARTS[method[1] ?? ''] ?? '');
}

/** What takes functions for the start, and its like for the stop that comes before the others. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  before_serving: 'after_serving',
  before_server_start: 'before_server_stop',
  on_startup: 'on_shutdown',
  on_start: 'on_stop',
};

function handlerName(hook: StartupHook): string {
  return hook.body.takenNames.includes('stop_startup_tasks') ? 'end_startup_tasks' : 'stop_startup_tasks';
}

/** Below the startup handler, at its level, with the blank lines that the level asks for. */
function handler(hook: StartupHook, facts: FileFacts, name: string, stop: string, decorators: readonly string[]): Edit {
  const { text } = facts.file;
  const unit = facts.style.indentUnit;
  const indent = hook.body.indent.slice(unit.length);
  const parameters = /\bdef\s+\w+\(([^()\n]*)\)/.exec(text.slice(hook.range.start, hook.body.start))?.[1] ?? '';
  const blanks = indent === '' ? '\n\n\n' : '\n\n';
  const lines = [...decorators, `async def ${name}(${parameters}):`, `${unit}${stop}`].map((line) => indent + line);
  const at = lineEnd(text, hook.body.end);
  const next = nextLine(text, at);
  const isCrowded = next < text.length && !isBlank(lineOf(text, next));
  return { ...insert(at, `${blanks}${lines.join('\n')}${isCrowded ? blanks.slice(1) : ''}`), rank: HANDLER };
}

/** `app.add_event_handler("startup", f)` and `on_startup=[f]` have their like for the shutdown. */
function registrationOf(hook: StartupHook, facts: FileFacts, name: string): Edit | undefined {
  const { text } = facts.file;
  const call = new RegExp(
    `^([ \\t]*)([\\w.]+\\.add_event_handler\\(\\s*)(["'])startup\\3(\\s*,\\s*)${hook.name}\\s*\\)`,
    'm',
  ).exec(text);
  if (call) {
    const [whole, indent, opening, quote, comma] = call;
    return insert(
      lineEnd(text, call.index + whole.length),
      `\n${indent}${opening}${quote}shutdown${quote}${comma}${name})`,
    );
  }
  const taken = new RegExp(
    `^([ \\t]*[\\w.]+\\.)(${Object.keys(COUNTERPARTS).join('|')})(\\.append\\(|\\(| \\+= )${hook.name}(\\)?)[ \\t]*$`,
    'm',
  ).exec(text);
  if (taken) {
    const [whole, receiver, startup = '', opening, closing = ''] = taken;
    return insert(
      taken.index + whole.trimEnd().length,
      `\n${receiver}${COUNTERPARTS[startup]}${opening}${name}${closing}`,
    );
  }
  const list = new RegExp(`\\bon_startup\\s*=\\s*\\[\\s*${hook.name}\\s*,?\\s*\\]`).exec(text);
  if (!list || /\bon_shutdown\s*=/.test(text)) return undefined;
  const end = list.index + list[0].length;
  return replace({ start: end, end }, `, on_shutdown=[${name}]`);
}
