import { checkArticle } from '../../src/core/check-article.ts';
import { compareEntities } from '../../src/core/model/entity.ts';
import { addLabelsToYaml, readCorpusYaml } from '../../src/core/labels.ts';
import { LineIndex } from '../../src/core/lines.ts';
import { placeEntities } from '../../src/core/place.ts';
import { checkSidecar } from '../../src/core/sidecar/check.ts';
import { SidecarPlaces } from '../../src/core/sidecar/locate.ts';
import { readSidecar } from '../../src/core/sidecar/read.ts';
import { hashText, TextIndex } from '../../src/core/text.ts';
import { MOST_CHARACTERS } from '../../src/core/yaml-source.ts';
import { assertKept } from '../support/kept.ts';
import { counted, repeated, type HostileFile } from './hostile-files.ts';
import { count, type Scenario } from './scenario.ts';

const ARTICLE = new TextIndex('text of an article');

/** Files that mean harm, read as the extension reads them: how long it takes, and whether anything is lost. */
export const hostile: Scenario = {
  name: 'hostile',
  async run(isLong) {
    const tally = new Tally();
    // The second is the most that is read whatever it consists of, the third the most that is read at all.
    const lengths = isLong ? [1000, MOST_CHARACTERS / 4 - 1000, MOST_CHARACTERS - 1000, 5_000_000] : [500];
    for (const length of lengths) {
      for (const file of repeated(length)) await tally.read(file);
      for (const file of counted(length)) await tally.read(file);
    }
    const { files, refused, failures, slowest } = tally;
    return [
      {
        what: 'Hostile sidecars, label sets and articles',
        tried: `${count(files)} files${isLong ? ` of up to ${lengths.at(-1)! / 1e6} million characters` : ''}`,
        outcome:
          `${count(refused)} refused with the place, ${count(files - refused - failures)} kept whole, ` +
          `none crashed; the slowest took ${slowest.toFixed(1)} s`,
        failures,
      },
    ];
  },
};

class Tally {
  files = 0;
  refused = 0;
  /** In seconds of the processor. */
  slowest = 0;
  failures = 0;

  async read(file: HostileFile): Promise<void> {
    const name = `${file.as}: ${file.name}, ${file.text.length} characters`;
    this.files++;
    try {
      const start = process.cpuUsage();
      const problems = await readers[file.as](file.text);
      const { user, system } = process.cpuUsage(start);
      const seconds = (user + system) / 1e6;
      if (seconds > 1) console.error(`${name}: ${seconds.toFixed(1)} s`);
      this.slowest = Math.max(this.slowest, seconds);
      if (problems === undefined) this.refused++;
      // Writing is no part of the time until a file is shown.
      if (file.as === 'sidecar') assertKept(file.text);
      if (file.as === 'corpus.yaml') addLabelsToYaml(file.text, [{ name: 'NEW', color: '#123456' }]);
    } catch (error) {
      this.failures++;
      console.error(`${name}: ${String(error).slice(0, 200)}`);
    }
  }
}

/** Each reads a file to the point at which its problems are shown, and gives nothing where it is refused. */
const readers: Record<HostileFile['as'], (text: string) => unknown> = {
  sidecar(text) {
    const { sidecar, problems } = readSidecar(text);
    if (!sidecar) return places(text, problems);
    const { entities } = placeEntities(sidecar.entities, ARTICLE);
    const facts = {
      article: 'a.txt',
      hasLabel: () => false,
      broken: entities.filter(({ broken }) => broken),
      moved: 0,
      isStale: true,
    };
    return checkSidecar(sidecar, new SidecarPlaces(text), facts);
  },

  'corpus.yaml'(text) {
    const { labelSet, problems } = readCorpusYaml(text);
    return labelSet ? problems : places(text, problems);
  },

  async article(text) {
    const index = new TextIndex(text);
    await hashText(index.raw);
    if (index.toCodePoint(index.toUtf16(index.length)) !== index.length) throw new Error('another length');
    const broken = [{ id: 'a', label: 'A', start: 5, end: 9, text: 'gone' }].sort(compareEntities);
    const lines = new LineIndex(text);
    return checkArticle(index, broken).map(({ start16 }) => lines.at(start16));
  },
};

/** Puts the problems of a file that is refused at their lines; there must be some. */
function places(text: string, problems: readonly { start16: number }[]): undefined {
  if (problems.length === 0 || problems.length > 100) throw new Error(`${problems.length} problems`);
  const lines = new LineIndex(text);
  for (const { start16 } of problems) lines.at(start16);
}
