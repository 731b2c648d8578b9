const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Keeps a signal from ending the process in the middle of a write. Writing is synchronous, so a handler runs only once it is
 * over; it then lets the signal do what it does by default. Returns what gives the signals back.
 */
export function deferSignals(): () => void {
  const handlers = SIGNALS.map((signal) => {
    const handler = () => {
      process.removeListener(signal, handler);
      process.kill(process.pid, signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  // A signal that came meanwhile is delivered in the next turn of the event loop: the handlers must still be there.
  return () => {
    setImmediate(() => {
      setImmediate(() => {
        for (const { signal, handler } of handlers) process.removeListener(signal, handler);
      });
    });
  };
}
