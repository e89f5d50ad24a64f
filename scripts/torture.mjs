// npm run torture [-- scenario…]: does to the program what it must survive, prints a table of what came
// of it, and writes that into docs/reliability.md where no scenario is named. Takes some minutes.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { buildTests } from './build-tests.mjs';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

process.chdir(path.resolve(import.meta.dirname, '..'));
execFileSync(process.execPath, ['esbuild.js'], { stdio: ['ignore', 'ignore', 'inherit'] });
await buildTests(['torture']);
const { main } = await import('../out/test/torture.mjs');
process.exit((await main(process.argv.slice(2))) ? 0 : 1);
