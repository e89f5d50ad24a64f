import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** How many items make a part. */
const PART = 48;
/** How many parts the other thread has at once: one to work on, and the next. */
const AHEAD = 2;
/** With fewer parts, the other thread, which takes a while to start, does not pay. */
const FEW = 6;

/** Of what is thrown away soon: with more, nothing is faster, and both threads together take over 200 MB. */
const LIMITS = { maxYoungGenerationSizeMb: 12 };

/** What it takes and gives is copied from thread to thread. */
type Method = (...args: never[]) => unknown;

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
}
type Answer = { readonly value: unknown } | { readonly error: unknown };

let program: string | undefined;

/** From now on, work is shared with a second thread where that pays. @param file a program that calls {@link serve} */
export function allowThreads(file: string): void {
  if (availableParallelism() > 1) program = file;
}

/** Is the second thread. @param workers make what works there, by its name, of what it is about */
export function serve(workers: Readonly<Record<string, (about: never) => object>>): void {
  const { name, about } = workerData as { name: string; about: never };
  const worker = workers[name]!(about) as Record<string, Method>;
  let turn = Promise.resolve();
  parentPort!.on('message', ({ method, args }: Call) => {
    turn = turn
      .then(() => worker[method]!(...(args as never[])))
      .then(
        (value): Answer => ({ value }),
        (error: unknown): Answer => ({ error }),
      )
      .then((answer) => parentPort!.postMessage(answer));
  });
}

/** A second thread, where there is a core for it. @param name of what works there @param about for {@link serve} */
export function secondThread(name: string, about: unknown): SecondThread | undefined {
  return program === undefined ? undefined : new SecondThread(program, name, about);
}

/** The second thread, as the first one sees it. It does what it is told in turn. */
export class SecondThread {
  private readonly worker: Worker;
  private readonly waiting: {
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  private failure: Error | undefined;

  constructor(file: string, name: string, about: unknown) {
    this.worker = new Worker(file, { workerData: { name, about }, resourceLimits: LIMITS });
    this.worker.on('message', (answer: Answer) => {
      const call = this.waiting.shift()!;
      if ('value' in answer) call.resolve(answer.value);
      else call.reject(answer.error);
    });
    this.worker.on('error', (error) => {
      this.failure = error;
      for (const { reject } of this.waiting.splice(0)) reject(error);
    });
  }

  /** How much it was told that it has not done yet. */
  get load(): number {
    return this.waiting.length;
  }

  call(method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.worker.postMessage({ method, args });
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Ends it, in the middle of whatever it does. */
  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

/**
 * Shares work on a list with a second thread, where the list is long. What works is there in both threads: of what it
 * was made of here, {@link serve} makes the same there.
 */
export class TwoThreads<T extends { readonly [M in keyof T]: Method }> {
  private helper: SecondThread | undefined;
  private isDecided = false;
  /** Which parts went to the second thread: they go there again, since it remembers them. */
  private readonly theirs: boolean[] = [];

  /** @param name of what works, and what it is about, for {@link serve} */
  constructor(
    private readonly own: T,
    private readonly name: string,
    private readonly about: unknown,
  ) {}

  /** Calls a method with one part of the items after the other. @returns what it gives, in the order of the items */
  async *each<M extends keyof T & string>(
    items: Iterable<unknown>,
    method: M,
  ): AsyncGenerator<Awaited<ReturnType<T[M]>>> {
    const begun: { readonly result: Promise<unknown>; isDone: boolean }[] = [];
    let number = 0;
    for (const part of partsOf(items)) {
      if (number === FEW) this.decide();
      const isTheirs = (this.theirs[number] ??= this.helper !== undefined && this.helper.load < AHEAD);
      number++;
      const result = isTheirs
        ? this.helper!.call(method, [part])
        : Promise.resolve(this.own[method](...([part] as never[])));
      const work = { result, isDone: false };
      begun.push(work);
      const finish = () => (work.isDone = true);
      result.then(finish, finish);
      // Answers of the other thread have their turn.
      if (!isTheirs) await result.then(() => new Promise((resolve) => setImmediate(resolve)));
      while (begun[0]?.isDone) yield (await begun.shift()!.result) as Awaited<ReturnType<T[M]>>;
    }
    for (const { result } of begun) yield (await result) as Awaited<ReturnType<T[M]>>;
  }

  /** Calls a method in each thread there is. */
  async inAll<M extends keyof T & string>(
    method: M,
    ...args: Parameters<T[M]>
  ): Promise<Awaited<ReturnType<T[M]>>[]> {
    this.isDecided = true;
    const there = this.helper?.call(method, args);
    const results = [await this.own[method](...args), ...(there ? [await there] : [])];
    return results as Awaited<ReturnType<T[M]>>[];
  }

  end(): void {
    void this.helper?.end();
  }

  /** Starts the second thread, unless the first one is in the middle of its work already. */
  private decide(): void {
    if (!this.isDecided) this.helper = secondThread(this.name, this.about);
    this.isDecided = true;
  }
}

function* partsOf<I>(items: Iterable<I>): Generator<readonly I[]> {
  let part: I[] = [];
  for (const item of items) {
    part.push(item);
    if (part.length < PART) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
