/** Functions that get a callback which runs at another time: timers, events, queues, routes. */
export const LATER =
  /(^|\.)(setInterval|setTimeout|setImmediate|nextTick|queueMicrotask|on|once|off|addListener|prependListener|addEventListener|schedule|scheduleJob|cron|every|process|consume|subscribe|watch|watchFile|get|post|put|patch|delete|head|options|all|use|route|addHook|hook|register|define|listen|createServer|handle|command|action|hears|onMessage|effect)$/;

/** Calls that start something of their own and return. */
export const STARTS =
  /(^|\.)(setInterval|setTimeout|setImmediate|nextTick|schedule|scheduleJob|CronJob|Worker|fork|on|once|addListener|addEventListener|process|watch|every|defineTask|startTimer|unref)$/;

/** Calls that come back only when they are stopped. */
export const ENDLESS =
  /(^|\.)(launch|startPolling|pollForever|runForever|serveForever|waitUntilStopped)$|^(telegraf|grammy)\.\w+\.(launch|start)$|@temporalio\/worker\.Worker\.create\(\)\.run$|^bullmq\.Worker\.run$|^grammy\.Bot\.start$/;

/** What is launched and comes back: a browser, not a bot. */
export const RETURNS = /(puppeteer|playwright|chromium|firefox|webkit|browser)\S*\.launch$/i;

/** Calls that keep everything else in the process waiting, and take time. */
export const BLOCKING =
  /(^|\.)(execSync|execFileSync|spawnSync|pbkdf2Sync|scryptSync|hashSync|compareSync|genSaltSync|gzipSync|gunzipSync|brotliCompressSync|brotliDecompressSync|deflateSync|cpSync|sleepSync)$|^Atomics\.wait$/;

/** Calls that say nothing about what a body does, and take no time. */
export const CHEAP =
  /^(String|Number|Boolean|BigInt|Array|Object|Symbol|JSON|Math|Date|Map|Set|WeakMap|Error|TypeError|RegExp|URL|parseInt|parseFloat|isNaN|structuredClone|process\.(uptime|hrtime|memoryUsage|cwd|on|once)|performance\.now|Buffer|path|os|util|crypto\.randomUUID)(\b|\.)|(^|\.)(push|pop|shift|unshift|get|set|has|add|keys|values|entries|map|filter|forEach|reduce|find|findIndex|some|every|sort|slice|splice|concat|includes|indexOf|join|split|trim|replace|replaceAll|toString|toISOString|toLowerCase|toUpperCase|toFixed|startsWith|endsWith|padStart|padEnd|test|exec|match|bind|call|apply|then|catch|finally|freeze|assign|now|getTime|format|child|cancel|clear|clearInterval|clearTimeout|unref|resolve|emit)$/;
