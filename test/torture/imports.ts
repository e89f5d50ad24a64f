import type { Format } from '../../src/formats/shared/format.ts';
import { FORMATS } from '../../src/formats/index.ts';
import { processorTimeOf } from '../support/processor-time.ts';
import { CliFolder } from '../unit/cli/support.ts';
import { serialize } from '../unit/formats/support.ts';
import { randomDocument } from './random-document.ts';
import { randomBelow } from './random.ts';
import { count, type Scenario } from './scenario.ts';

const MEGA = 2 ** 20;
/** Files of these sizes are timed; in `npm test` there is one that is small. */
const SIZES = [MEGA, 8 * MEGA];
const SMALL = MEGA / 32;
/** How many small ones of each format are imported before, each from a seed of its own. */
const ROUNDS = 10;
/** So many words tell how large the files of a format are. */
const SAMPLE = 2000;

/** Random documents of each format are imported; then `validate` must find no error, and `stats` all entities. */
export const imports: Scenario = {
  name: 'imports',
  async run(isLong) {
    const sizes = [...Array<number>(isLong ? ROUNDS : 1).fill(SMALL), ...(isLong ? SIZES : [])];
    let [entities, failures] = [0, 0];
    let [slowest, growth] = [0, 0];
    for (const format of FORMATS) {
      const times = new Map<number, number>();
      for (const [seed, size] of sizes.entries()) {
        try {
          const run = await importOf(format, size, seed);
          entities += run.entities;
          times.set(size, run.ms);
        } catch (error) {
          failures++;
          console.error(`${format.id}, ${count(size)} bytes, seed ${seed}: ${String(error).slice(0, 600)}`);
        }
      }
      const [small = NaN, large = NaN] = SIZES.map((size) => times.get(size));
      slowest = Math.max(slowest, large / 1000);
      growth = Math.max(growth, large / small);
      if (isLong) console.log(`${format.id}: 1 MB ${Math.round(small)} ms, 8 MB ${Math.round(large)} ms`);
    }
    return [
      {
        what: 'Random documents of each format are imported by the command line, then validated and counted',
        tried: `${FORMATS.length} formats, ${sizes.length} times each${isLong ? ', files of up to 8 MB' : ''}`,
        outcome:
          `${count(entities)} entities, no error in what was written, all counted` +
          (isLong
            ? `; 8 MB took ${slowest.toFixed(1)} s at most, ${growth.toFixed(1)} times as long as 1 MB at most`
            : ''),
        failures,
      },
    ];
  },
};

/** @returns how many entities came, and how long all three commands took. @throws where something is wrong */
async function importOf(
  format: Format,
  size: number,
  seed: number,
): Promise<{ entities: number; ms: number }> {
  const write = (words: number) => {
    const below = randomBelow(seed);
    // Most of it is one large document.
    const documents = ['large', 'small', 'other'].map((name, i) =>
      randomDocument(name, Math.ceil(i === 0 ? words : words / 50), format.limits, below),
    );
    return serialize(format, documents).then((written) => ({ documents, ...written }));
  };
  const bytesOf = ({ bytes }: { bytes: ReadonlyMap<string, Uint8Array> }) =>
    [...bytes.values()].reduce((sum, { length }) => sum + length, 0);
  const { documents, bytes, report, notes } = await write(
    Math.ceil((SAMPLE * size) / bytesOf(await write(SAMPLE))),
  );
  const scratch = new CliFolder();
  try {
    for (const [name, content] of bytes) scratch.write(`in/${name || `all${format.extensions[0]}`}`, content);
    // A table has no texts: it is read into a corpus that has them.
    if (format.id.startsWith('table-'))
      for (const { name, index } of documents) scratch.write(`corpus/${name}.txt`, index.raw);
    const run = async (...args: string[]) => {
      const { status, stdout, stderr } = await scratch.run(...args);
      if (status !== 0)
        throw new Error(`${args.join(' ')}: ${status}\n${stdout.slice(0, 300)}${stderr.slice(0, 300)}`);
      return stdout;
    };
    let stats = '';
    const ms = await processorTimeOf(async () => {
      await run('import', '--quiet', '--from', format.id, 'in', 'corpus');
      await run('validate', '--severity', 'error', 'corpus');
      stats = await run('stats', '--format', 'json', 'corpus');
    });
    const { entities } = JSON.parse(stats) as { entities: number };
    const lost = notes.filter(({ kind, code }) => kind === 'lost' && code !== 'field').length;
    const there = documents.reduce((sum, one) => sum + one.entities.length, 0);
    if (entities !== report.entities || entities < there - lost)
      throw new Error(
        `${entities} entities of ${report.entities} that were written, of ${there}, ${lost} lost`,
      );
    return { entities, ms };
  } finally {
    scratch.remove();
  }
}
