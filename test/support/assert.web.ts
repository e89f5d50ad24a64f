// The part of node:assert/strict that the integration tests use, for the web worker host, which has none.

class AssertionError extends Error {
  override name = 'AssertionError';
  readonly actual: unknown;
  readonly expected: unknown;
  readonly showDiff = true;
  constructor(message: string, actual?: unknown, expected?: unknown) {
    super(message);
    this.actual = actual;
    this.expected = expected;
  }
}

function raise(
  message: string | Error | undefined,
  otherwise: string,
  actual?: unknown,
  expected?: unknown,
): never {
  throw message instanceof Error ? message : new AssertionError(message ?? otherwise, actual, expected);
}

type Message = string | Error;

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Map && b instanceof Map) return same([...a], [...b]);
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((value) => b.has(value));
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

type Expected = RegExp | (new (...args: never[]) => unknown) | ((error: unknown) => boolean) | object;

function checkError(error: unknown, expected: Expected | undefined): void {
  if (expected === undefined) return;
  if (expected instanceof RegExp) return assert.match(String(error), expected);
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return;
    if (expected.prototype === undefined || !(expected.prototype instanceof Error)) {
      if ((expected as (error: unknown) => boolean)(error)) return;
    }
    throw error;
  }
  for (const [key, value] of Object.entries(expected)) {
    const actual = (error as Record<string, unknown>)[key];
    if (value instanceof RegExp) assert.match(String(actual), value);
    else assert.deepEqual(actual, value);
  }
}

const show = (value: unknown) => {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
};

function assert(value: unknown, message?: Message): asserts value {
  if (!value) raise(message, `${show(value)} is not true`, value, true);
}

assert.ok = (value: unknown, message?: Message) => assert(value, message);
assert.fail = (message?: Message) => raise(message, 'Failed');
assert.equal = (actual: unknown, expected: unknown, message?: Message) => {
  if (!Object.is(actual, expected))
    raise(message, `${show(actual)} is not ${show(expected)}`, actual, expected);
};
assert.notEqual = (actual: unknown, other: unknown, message?: Message) => {
  if (Object.is(actual, other)) raise(message, `${show(actual)} was not expected`);
};
assert.deepEqual = (actual: unknown, expected: unknown, message?: Message) => {
  if (!same(actual, expected)) raise(message, 'Values are not deeply equal', actual, expected);
};
assert.notDeepEqual = (actual: unknown, other: unknown, message?: Message) => {
  if (same(actual, other)) raise(message, `${show(actual)} was not expected`);
};
assert.match = (text: string, pattern: RegExp, message?: Message) => {
  if (!pattern.test(text)) raise(message, `${show(text)} does not match ${pattern}`);
};
assert.doesNotMatch = (text: string, pattern: RegExp, message?: Message) => {
  if (pattern.test(text)) raise(message, `${show(text)} matches ${pattern}`);
};
assert.throws = (run: () => unknown, expected?: Expected, message?: Message) => {
  try {
    run();
  } catch (error) {
    return checkError(error, expected);
  }
  raise(message, 'Nothing was thrown');
};
assert.rejects = async (
  run: PromiseLike<unknown> | (() => PromiseLike<unknown>),
  expected?: Expected,
  message?: Message,
) => {
  try {
    await (typeof run === 'function' ? run() : run);
  } catch (error) {
    return checkError(error, expected);
  }
  raise(message, 'Nothing was rejected');
};
assert.doesNotReject = async (run: PromiseLike<unknown> | (() => PromiseLike<unknown>)) => {
  await (typeof run === 'function' ? run() : run);
};
assert.doesNotThrow = (run: () => unknown) => void run();
assert.strictEqual = assert.equal;
assert.deepStrictEqual = assert.deepEqual;

export const { ok, fail, equal, notEqual, deepEqual, notDeepEqual, match, doesNotMatch, throws, rejects } =
  assert;
export default assert;
