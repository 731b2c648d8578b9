import { lastPart } from '../../wording/dotted-path.ts';
import { isLogCall } from '../tree/log-lines.ts';
import type { CallMade } from './calls-made.ts';

/** Whether a call is as good as free: a log line, a builtin, a clock, a path, a method of strings and collections. */
export function isCheapCall(call: CallMade): boolean {
  if (isLogCall(call.node) || COMBINES.test(call.name)) return true;
  if (call.mode !== 'plain' || call.target) return false;
  if (CHEAP.test(call.name)) return true;
  return CHEAP_METHOD.test(lastPart(call.name)) && !isOnApp(call);
}

/** It works on an app or router, where `get` and `use` mean something else than on a map. */
export function isOnApp({ written }: CallMade): boolean {
  const at = written.lastIndexOf('.');
  return at > 0 && APP.test(written.slice(0, at));
}

/** What it gives is waited for, and made by calls of its own. */
const COMBINES =
  /^(Promise\.\w+|String|Number|Boolean|(JSON|Object|Array|Math)\.\w+(\(\))?)$|\.(map|forEach|filter|flatMap|entries|values|keys)$/;

const APP = /(^|\.)(\w*app|server|fastify|express|\w*router|api|instance|hapi|koa|hono|application)(\(\))?$/i;

const CHEAP =
  /^(parseInt|parseFloat|isNaN|isFinite|structuredClone|encodeURI\w*|decodeURI\w*|require|clearInterval|clearTimeout|clearImmediate|(Number|String|Boolean|Array|Object|JSON|Math|Date|Symbol|BigInt|Reflect|Intl|Buffer|Promise|performance|util|path|os|url|events|async_hooks|querystring|assert)(\(\))?(\..*)?|(Map|Set|WeakMap|WeakSet|WeakRef|RegExp|URL|URLSearchParams|AbortController|AbortSignal|TextEncoder|TextDecoder|Proxy|EventEmitter|Uint8Array|Float32Array|ArrayBuffer)(\..*)?|\w*(Error|Exception)|process\.(cwd|uptime|hrtime|memoryUsage|on|once|env|emitWarning)(\..*)?|crypto\.(randomUUID|randomBytes|createHash|createHmac).*|fs\.(existsSync|statSync|mkdirSync|accessSync)|(chalk|picocolors|colors|ansi-colors|kleur|uuid|nanoid|dayjs|moment|date-fns|lodash|ms|pino|winston|debug|dotenv|zod|@nestjs\/common\.Logger)([(./].*)?)$/;

const CHEAP_METHOD =
  /^(push|unshift|pop|shift|splice|slice|concat|join|split|trim\w*|to(String|LowerCase|UpperCase|ISOString|Locale\w*|Fixed|Sorted|JSON|Object)|getTime|get|set|has|add|keys|values|entries|forEach|map|filter|reduce|find\w*|some|every|includes|indexOf|startsWith|endsWith|replace\w*|sort|reverse|flat|flatMap|padStart|padEnd|charAt|char\w+At|match|matchAll|test|exec|bind|call|apply|emit|unref|ref|removeListener|child|fill|at|assign|freeze|from|isArray|now|substring|substr|repeat|localeCompare|setMaxListeners)$/;
