import { Worker } from 'node:worker_threads';
import type { StartThread } from './worker';

/** What browsers have by themselves. */
const PRELUDE = `const { parentPort } = require('node:worker_threads');
globalThis.postMessage = (message, moved) => parentPort.postMessage(message, moved);
parentPort.on('message', (data) => globalThis.onmessage({ data }));
`;

export const startThread: StartThread = (source, onMessage, onError) => {
  const worker = new Worker(PRELUDE + source, { eval: true });
  worker.on('message', onMessage);
  worker.on('error', onError);
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    end: () => void worker.terminate(),
  };
};
