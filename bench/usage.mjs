// Loaded before a program (`node --import`): tells, when that ends, what it used since, in the file that BENCH_USAGE names.
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';

const [clock, processor] = [performance.now(), process.cpuUsage()];
process.on('exit', () => {
  const ms = performance.now() - clock;
  const { user, system } = process.cpuUsage(processor);
  const { maxRSS } = process.resourceUsage();
  const usage = { ms, processor: (user + system) / 1000, system: system / 1000, peak: maxRSS / 1024 };
  fs.writeFileSync(process.env.BENCH_USAGE, JSON.stringify(usage));
});
