import { isLogCall } from '../tree/log-lines.ts';
import type { CallMade } from './calls-made.ts';

/** Calls that say nothing about what a body does, and take no time. */
const CHEAP =
  /^(len|str|int|float|bool|repr|list|dict|set|tuple|frozenset|isinstance|issubclass|getattr|setattr|hasattr|type|super|range|enumerate|zip|sorted|reversed|min|max|sum|any|all|callable|id|iter|next|format|vars|cast|property|map|filter|abs|round|hash|str\.\w+|super\.\w+)$|^(time\.(time|monotonic|perf_counter)|datetime\.\S+|uuid\.\w+|os\.(getenv|getpid|environ\.get)|logging\.getLogger|structlog\.get_logger|asyncio\.(Event|Lock|Queue|PriorityQueue|Semaphore|get_event_loop|get_running_loop|current_task|iscoroutinefunction|Future)|typing\.cast|threading\.(Lock|RLock|Event|Thread|current_thread)|collections\.\w+|pathlib\.Path|contextlib\.\w+|inspect\.\w+|functools\.\w+|random\.\w+|math\.\w+)$/;
const CHEAP_METHOD =
  /\.(append|add|extend|insert|discard|get|keys|values|items|setdefault|copy|format|join|strip|lower|upper|split|startswith|endswith|replace|encode|decode|isoformat|total_seconds|add_done_callback|done|cancelled|is_set|get_name|set_name|locked|bind)$/;

/** Whether a call is as good as free: a log line, a builtin, a clock, a constructor of the standard library, a list method. */
export function isCheapCall(call: CallMade): boolean {
  if (isLogCall(call.node)) return true;
  return call.mode === 'plain' && (CHEAP.test(call.name) || CHEAP_METHOD.test(call.name));
}
