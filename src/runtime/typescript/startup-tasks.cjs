// startup-codemod runtime helper, version 1
"use strict";

/**
 * Runs startup steps in the background, once the server is listening.
 *
 *     const startupTasks = new StartupTasks(logger);
 *     // Recorded here, called later:
 *     startupTasks.start("warmCache", () => warmCache("eu"));
 *     // Goes on until the shutdown:
 *     startupTasks.startService("pollQueue", () => pollQueue());
 *     await startupTasks.holdUntilListening(app);
 *     await app.listen({ port: 3000 });
 *
 * The shutdown begins with `await startupTasks.stop()`. Where no server of
 * Node listens (serverless functions, Bun, Deno), `startupTasks.release()`
 * stands instead of `holdUntilListening`. With `STARTUP_TASKS=inline` in the
 * environment the steps run in place, before the server listens.
 */
const { AsyncResource } = require("node:async_hooks");
const { subscribe, unsubscribe } = require("node:diagnostics_channel");
const { clearTimeout, setImmediate, setTimeout } = require("node:timers");
const { inspect } = require("node:util");

/**
 * The background steps of one startup of one server.
 *
 * Steps run in the order in which they were recorded, and services beside
 * them. A failure is logged, and ends neither the process nor other steps.
 */
class StartupTasks {
  #logger;
  #concurrency;
  #drain;
  #stopTimeout;
  #patience;
  #grace;
  #required;
  #steps = [];
  #isReleased = false;
  #isOpen = false;
  #isOver = false;
  #timer;
  #unwatch;

  constructor(logger, options = {}) {
    this.#logger = logger ?? console;
    this.#concurrency = options.concurrency ?? 1;
    this.#stopTimeout = options.stopTimeout ?? 5;
    this.#drain = Math.min(options.drain ?? 2, this.#stopTimeout);
    this.#patience = options.patience ?? 30;
    this.#grace = options.grace ?? 0.1;
    this.#required = options.required ?? [];
  }

  /** Records a call that comes to an end by itself. */
  start(name, call) {
    this.#record(name, call, false);
  }

  /** Records a call that goes on until the server stops. */
  startService(name, call) {
    this.#record(name, call, true);
  }

  /**
   * Lets the recorded steps run as soon as the server of the app listens:
   * a server of Node, an Express app, or what has a server (Fastify, Hapi,
   * Nest). Without one it is the next server that begins to listen.
   */
  holdUntilListening(app) {
    this.#forgetLastRun();
    if (this.#isReleased) return Promise.resolve();
    const { STARTUP_TASKS: mode } = process.env;
    if (mode === "inline") return this.#runInPlace();
    this.#endHold();
    if (serverOf(app)?.listening) {
      this.release();
      return Promise.resolve();
    }
    this.#unwatch = watchListening(app, () => {
      this.release();
    });
    this.#timer = after(this.#patience, () => {
      this.#warnOfSilence();
    }).unref();
    return Promise.resolve();
  }

  /**
   * Lets the recorded steps run, shortly afterwards: what stands after the
   * call comes first, even where the beginning of a step blocks.
   */
  release() {
    this.#forgetLastRun();
    if (this.#isReleased) return;
    this.#endHold();
    this.#announce("In the background");
    this.#timer = after(this.#grace, () => {
      this.#open();
    });
  }

  /** Ends what still runs; what has not begun is never called. */
  async stop() {
    const deadline = process.uptime() + this.#stopTimeout;
    const running = this.#close();
    const services = running.filter((step) => step.isService);
    for (const step of services) cancel(step);
    const steps = running.filter((step) => !step.isService);
    await endOf(steps, this.#drain);
    const late = steps.filter((step) => !step.hasEnded);
    for (const step of late) cancel(step);
    const heeding = running.filter((step) => step.heedsStop);
    await endOf(heeding, deadline - process.uptime());
    for (const step of running) {
      const isLeft = !step.isService || step.heedsStop;
      if (isLeft && !step.hasEnded) {
        this.#warn(`${step.name}: still running, no longer waited for`);
      }
    }
  }

  /**
   * Whether a step of this name has run to its end, or as a service: for
   * shutdown steps that need what only a finished start has set.
   */
  finished(name) {
    const steps = this.#steps.filter((step) => step.label === name);
    return steps.some(hasRun);
  }

  /** State, seconds and error of each step, by its name. */
  status() {
    const entries = this.#steps.map((step) => [step.name, statusOf(step)]);
    return Object.fromEntries(entries);
  }

  /** Whether the required steps have finished, or run as services. */
  get ready() {
    const required = new Set(this.#required);
    const steps = this.#steps.filter((step) => required.has(step.label));
    return this.#isOpen && steps.every(isReady);
  }

  /** Waits until no step is on its way any more; for tests. */
  async waitReady(seconds) {
    const deadline = process.uptime() + seconds;
    for (;;) {
      const left = this.#steps.filter(isOnItsWay);
      if (left.length === 0) return this.ready;
      if (process.uptime() > deadline) {
        throw new Error(`Not ready: ${namesOf(left)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  #record(label, call, isService) {
    this.#forgetLastRun();
    const alike = this.#steps.filter((step) => step.label === label);
    const count = alike.length + 1;
    this.#steps.push({
      name: count > 1 ? `${label} (${String(count)})` : label,
      label,
      // It sees the AsyncLocalStorage of where it was recorded.
      call: AsyncResource.bind(call),
      isService,
      heedsStop: call.length > 0,
      stop: new AbortController(),
      state: "waiting",
      hasEnded: false,
      error: undefined,
      began: 0,
      seconds: 0,
      end: Promise.resolve(),
    });
    if (this.#isOpen) this.#beginSoon();
  }

  #forgetLastRun() {
    if (!this.#isOver) return;
    this.#steps = [];
    this.#isOver = false;
  }

  #announce(where) {
    this.#isReleased = true;
    const names = namesOf(this.#steps);
    if (names) this.#info(`${where}: ${names}`);
    const labels = this.#steps.map((step) => step.label);
    for (const name of this.#required) {
      if (labels.includes(name)) continue;
      this.#warn(`${name}: required, not recorded`);
    }
  }

  #open() {
    this.#isOpen = true;
    this.#beginNext();
  }

  /** Lets no further step begin, and returns those that run. */
  #close() {
    this.#endHold();
    this.#isReleased = false;
    this.#isOpen = false;
    this.#isOver = true;
    for (const step of this.#steps) {
      if (step.state === "waiting") step.state = "cancelled";
    }
    return this.#steps.filter((step) => step.state === "running");
  }

  #endHold() {
    clearTimeout(this.#timer);
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #warnOfSilence() {
    const names = namesOf(this.#steps);
    if (!names) return;
    const waiting = `${names}: not started`;
    const time = `after ${String(this.#patience)} s`;
    const advice = "where no server of Node listens, call release()";
    this.#warn(`${waiting}, since nothing listens ${time}; ${advice}`);
  }

  async #runInPlace() {
    this.#announce("Before the server listens");
    for (const step of this.#steps) {
      if (step.state !== "waiting") continue;
      step.end = this.#run(step);
      if (!step.isService) await step.end;
    }
    if (this.#isReleased) this.#open();
  }

  #beginSoon() {
    setImmediate(() => {
      this.#beginNext();
    });
  }

  /** One a turn: requests are answered between two steps that block. */
  #beginNext() {
    if (!this.#isOpen) return;
    const next = this.#steps.find((step) => this.#mayBegin(step));
    if (next === undefined) return;
    next.end = this.#run(next);
    this.#beginSoon();
  }

  #mayBegin(step) {
    if (step.state !== "waiting") return false;
    const busy = this.#steps.filter(isBusy);
    return step.isService || busy.length < this.#concurrency;
  }

  async #run(step) {
    step.state = "running";
    step.began = process.uptime();
    this.#info(`${step.name}: started`);
    try {
      await step.call(step.stop.signal);
      this.#succeeded(step);
    } catch (error) {
      this.#failed(step, error);
    }
    this.#beginSoon();
  }

  #succeeded(step) {
    const took = end(step);
    if (step.state === "cancelled") return;
    step.state = "ready";
    const { name } = step;
    if (step.isService) this.#warn(`${name}: service ended after ${took}`);
    else this.#info(`${name}: ready after ${took}`);
  }

  #failed(step, error) {
    const took = end(step);
    step.error = error instanceof Error ? String(error) : inspect(error);
    if (step.state === "cancelled") {
      this.#info(`${step.name}: ended by the stop, ${step.error}`);
      return;
    }
    step.state = "failed";
    logError(this.#logger, `${step.name}: failed after ${took}`, error);
  }

  #info(line) {
    if (this.#logger.info) this.#logger.info(line);
    else this.#logger.log?.(line);
  }

  #warn(line) {
    if (this.#logger.warn) this.#logger.warn(line);
    else this.#info(line);
  }
}

function cancel(step) {
  step.state = "cancelled";
  step.seconds = process.uptime() - step.began;
  step.stop.abort();
}

function end(step) {
  step.hasEnded = true;
  step.seconds = process.uptime() - step.began;
  return `${step.seconds.toFixed(1)} s`;
}

function after(seconds, call) {
  return setTimeout(call, seconds * 1000);
}

/** Waits until the steps have ended, but not longer than that. */
async function endOf(steps, seconds) {
  const left = steps.filter((step) => !step.hasEnded);
  if (left.length === 0 || seconds <= 0) return;
  let timer;
  const timeout = new Promise((resolve) => {
    timer = after(seconds, resolve);
  });
  const ends = Promise.all(left.map((step) => step.end));
  await Promise.race([ends, timeout]);
  clearTimeout(timer);
}

function namesOf(steps) {
  return steps.map((step) => step.name).join(", ");
}

function isBusy(step) {
  return step.state === "running" && !step.isService;
}

function isReady(step) {
  const runs = step.isService && step.state === "running";
  return runs || step.state === "ready";
}

function hasRun(step) {
  const wasService = step.isService && step.state === "cancelled";
  return isReady(step) || (wasService && step.began > 0);
}

function isOnItsWay(step) {
  const { state } = step;
  return (state === "waiting" || state === "running") && !isReady(step);
}

function statusOf(step) {
  const { state, error } = step;
  const runs = state === "running";
  const seconds = runs ? process.uptime() - step.began : step.seconds;
  return { state, seconds, error };
}

const CHANNEL = "tracing:net.server.listen";

/** Calls back when the app's server listens; returns what ends the watch. */
function watchListening(app, listens) {
  // The one that begins first, for an app of which no server is known.
  let next;
  const begins = (message) => {
    const server = serverIn(message);
    // One without a listener only tries whether a port is free.
    if (server.listenerCount("connection") > 0) next ??= server;
  };
  const fails = (message) => {
    if (next === serverIn(message)) next = undefined;
  };
  const ends = (message) => {
    const server = serverIn(message);
    if (isServerOf(app, server) ?? server === next) listens();
  };
  subscribe(`${CHANNEL}:asyncStart`, begins);
  subscribe(`${CHANNEL}:error`, fails);
  subscribe(`${CHANNEL}:asyncEnd`, ends);
  // For runtimes in which that channel is silent.
  const known = serverOf(app);
  known?.once("listening", listens);
  return () => {
    unsubscribe(`${CHANNEL}:asyncStart`, begins);
    unsubscribe(`${CHANNEL}:error`, fails);
    unsubscribe(`${CHANNEL}:asyncEnd`, ends);
    known?.off("listening", listens);
  };
}

function serverIn(message) {
  return message.server;
}

/** Another server, for metrics say, is not the app's; undefined: unknown. */
function isServerOf(app, server) {
  const own = serverOf(app);
  if (own) return own === server;
  // An Express app is itself what answers the requests.
  if (typeof app !== "function") return undefined;
  return server.listeners("request").includes(app);
}

/** The server itself, or Fastify's, Hapi's or Nest's, as soon as it is made. */
function serverOf(app, depth = 2) {
  const isObject = typeof app === "object" && app !== null;
  if (!isObject && typeof app !== "function") return undefined;
  if (isServer(app)) return app;
  if (depth === 0) return undefined;
  const outer = app;
  for (const inner of [outer.server, outer.httpServer, outer.listener]) {
    const server = serverOf(inner, depth - 1);
    if (server) return server;
  }
  return serverOf(outer.getHttpServer?.(), depth - 1);
}

function isServer(value) {
  return "listening" in value && "address" in value && "once" in value;
}

function logError(logger, line, error) {
  const details = inspect(error);
  // Pino and Fastify take the error first, Nest's Logger its stack last.
  if (logger.bindings) logger.error({ err: error }, line);
  else if (!logger.info) logger.error(line, details);
  else logger.error(`${line}\n${details}`);
}

module.exports = { StartupTasks };
