// Runs the built tool for `runTool`, one request after the other: what a run costs most is to load the compiler.
// Usage: node warm-tool.mjs REQUESTS ANSWERS, two named pipes that hold one JSON object a line.
import { createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [requests, answers] = process.argv.slice(2);
const asking = openSync(requests, 'r');
const answering = openSync(answers, 'w');
// Last, so that whoever waits for an answer sees the pipe close where the tool cannot be loaded.
const { run } = await import('../../dist/src/cli/run.js');

for await (const line of createInterface({ input: createReadStream('', { fd: asking }) })) {
  const { cwd, args } = JSON.parse(line);
  process.chdir(cwd);
  const [stdout, stderr] = [record(process.stdout), record(process.stderr)];
  const status = await run([process.execPath, 'startup-codemod', ...args]);
  writeAll(`${JSON.stringify({ status, stdout: stdout(), stderr: stderr() })}\n`);
}

/** Keeps what is written to a stream, until the returned function gives it back. */
function record(stream) {
  const { write } = stream;
  const parts = [];
  stream.write = (text) => parts.push(Buffer.from(text)) > 0;
  return () => {
    stream.write = write;
    stream.removeAllListeners('error');
    return Buffer.concat(parts).toString();
  };
}

function writeAll(text) {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(answering, rest));
}
