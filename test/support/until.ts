/**
 * Asks `probe` again and again until it gives something else than undefined or false, and returns that.
 * For what has no event to wait for; works in every host.
 */
export async function until<T>(
  probe: () => T | undefined | false | PromiseLike<T | undefined | false>,
  what: string | (() => string),
  limit = 30_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end)
      throw new Error(`Waited ${limit} ms in vain for ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
