/** What a shell says of a program that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** How often signals have their turn, in ms. */
const PAUSE = 50;

/** Somebody wants the program to end. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super('Broken off.');
  }
}

let caught: number | undefined;
let next = 0;
const listeners = new Map<NodeJS.Signals, () => void>();

/**
 * From now on, ctrl+c and its like end the program at the next {@link letInterrupt}, so that what was begun can be
 * taken away. Not for one that waits for standard input: while it waits, nothing else has its turn.
 */
export function deferInterrupts(): void {
  for (const [signal, code] of Object.entries(EXIT_CODES) as [keyof typeof EXIT_CODES, number][]) {
    const listener = () => (caught = code);
    listeners.set(signal, listener);
    process.on(signal, listener);
  }
}

/** Signals end the program at once again. */
export function endInterrupts(): void {
  for (const [signal, listener] of listeners) process.removeListener(signal, listener);
  listeners.clear();
  caught = undefined;
}

/** To be called often in what takes long. @throws Interrupted */
export async function letInterrupt(): Promise<void> {
  const now = performance.now();
  if (now < next) return;
  next = now + PAUSE;
  await new Promise((resolve) => setImmediate(resolve));
  if (caught !== undefined) throw new Interrupted(caught);
}
