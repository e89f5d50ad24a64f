/** A thread of its own, in either host. */
export interface Thread {
  post(message: unknown): void;
  /** Ends it at once, whatever it does. */
  end(): void;
}

/**
 * Starts a thread. Chosen at build time as `#worker`, since Node and browsers name it differently.
 * @param source JavaScript that sets `onmessage` and calls `postMessage`, as in a browser
 */
export type StartThread = (
  source: string,
  onMessage: (message: unknown) => void,
  onError: (error: Error) => void,
) => Thread;
