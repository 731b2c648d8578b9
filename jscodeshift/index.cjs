'use strict';

const { join } = require('node:path');
const { Worker } = require('node:worker_threads');

/**
 * The transform for jscodeshift's runner: what `startup-codemod FILE --write` does, one file at a time.
 *
 * The runner compiles whatever is required in its process, with Babel. So the work is done in a thread of its own, which loads
 * modules as Node does.
 */
module.exports = function transform(file, api, options) {
  const { unsafe, transforms, frameworks, config, dry } = options;
  return ask({ path: file.path, source: file.source, options: { unsafe, transforms, frameworks, config, dry } }).then(
    ({ text, messages }) => {
      for (const message of messages) api.report(message);
      return text;
    },
  );
};

let worker;
let next = 0;
const waiting = new Map();

function ask(request) {
  worker ??= started();
  const id = next++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    // The thread keeps the process alive only while it has something to do.
    worker.ref();
    worker.postMessage({ id, ...request });
  });
}

function started() {
  const made = new Worker(join(__dirname, '..', 'dist', 'src', 'jscodeshift', 'worker.js'));
  made.on('message', ({ id, error, ...answer }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) made.unref();
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  });
  made.on('error', (error) => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  return made;
}
