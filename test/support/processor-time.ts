/** How often something was measured: a test that measures tells nothing while other code runs beside it. */
export let measurements = 0;

/**
 * How long the processor worked for this process while `task` ran, in ms. Unlike the clock, it does not count the
 * time in which other programs kept the processor busy.
 */
export function processorTime(task: () => unknown): number {
  measurements++;
  const before = process.cpuUsage();
  task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** As {@link processorTime}, of a task that waits for others; nothing else is to run meanwhile. */
export async function processorTimeOf(task: () => Promise<unknown>): Promise<number> {
  measurements++;
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
