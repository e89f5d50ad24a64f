import type { StartThread } from './worker';

/** What is needed of the browser's `Worker`; the extension is not compiled against a browser's types. */
declare const Worker: new (url: string) => {
  onmessage: (event: { data: unknown }) => void;
  onerror: (event: { message?: string }) => void;
  postMessage(message: unknown): void;
  terminate(): void;
};

export const startThread: StartThread = (source, onMessage, onError) => {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onerror = ({ message }) => onError(new Error(message ?? 'the thread failed'));
  return {
    post: (message) => worker.postMessage(message),
    end: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
};
