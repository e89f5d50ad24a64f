import { appendFileSync, existsSync, utimesSync } from 'node:fs';
import { randomBelow, type Below } from './random.ts';
import { count, type Row, type Scenario } from './scenario.ts';
import type { DeathPoint } from './writer/options.ts';
import { wordOf, wordSpan } from './writer/words.ts';
import { WrittenArticle, type Writer } from './writer.ts';

const FIRST_SEED = 1;
/** How many rounds an article lives through before another takes its place. */
const ROUNDS = 40;
/** How many entities a process may add before it ends by itself. */
const MOST = 30;
/** How many calls of the file system adding a few entities takes. */
const CALLS = 100;
/** How long a process may take from its start to its first entity, in ms, whatever it finds left behind. */
const LONGEST_WAIT = 6000;
/** An age at which a file counts as left over, in s. */
const OLD = 61;

/** Processes that are killed while they write; another that writes as well, and the next one, go on. */
export const kills: Scenario = {
  name: 'kills',
  async run(isLong) {
    const tally = new Tally();
    const wanted = isLong ? 1000 : 8;
    for (let seed = FIRST_SEED; tally.kills < wanted; seed++) {
      const before = tally.failures;
      const story = new Story(randomBelow(seed), tally);
      await story.run(wanted);
      if (tally.failures > before) console.error(`Failed with seed ${seed}`);
    }
    return [tally.row()];
  },
};

class Tally {
  kills = 0;
  acknowledged = 0;
  leftovers = 0;
  slowest = 0;
  failures = 0;

  fail(what: unknown): void {
    console.error(what);
    this.failures++;
  }

  row(): Row {
    return {
      what: 'A process is killed (`SIGKILL`) while it writes, at a random moment or in a random disk call',
      tried: `${count(this.kills)} kills`,
      outcome:
        `${count(this.acknowledged)} acknowledged entities, ${this.failures === 0 ? 'all' : 'not all'} ` +
        `in a valid sidecar or a whole draft after each kill; ${count(this.leftovers)} files left behind and ` +
        `removed; the next entity ${(this.slowest / 1000).toFixed(1)} s after a start at most`,
      failures: this.failures,
    };
  }
}

/** The life of one article. */
class Story {
  private readonly article = new WrittenArticle(9999);
  /** The next word that nobody has tagged. */
  private word = 0;

  constructor(
    private readonly below: Below,
    private readonly tally: Tally,
  ) {}

  async run(wanted: number): Promise<void> {
    for (let round = 0; round < ROUNDS && this.tally.kills < wanted; round++) {
      await this.round();
      this.check('in a sidecar or a draft', () => this.article.kept());
      if (this.below(2) === 0) this.editByHand();
      if (this.below(2) === 0) this.age();
    }
    await this.end();
    this.tally.acknowledged += this.article.acknowledged.size;
    this.article.remove();
  }

  /** One process or two, of which one or both are killed. */
  private async round(): Promise<void> {
    const isUnsaved = this.below(4) === 0;
    const all = Array.from({ length: 1 + this.below(2) }, (_, n) =>
      n === 0 || this.below(2) === 0 ? this.startVictim(isUnsaved) : this.start(isUnsaved),
    );
    for (const writer of all) await this.follow(writer);
  }

  private startVictim(isUnsaved: boolean): Writer {
    const { below } = this;
    const how = below(5);
    if (how < 2) {
      const when = (['before', 'in', 'after'] as const)[below(3)]!;
      return this.start(isUnsaved, { call: 1 + below(CALLS), when });
    }
    const writer = this.start(isUnsaved);
    if (how === 2) setTimeout(() => writer.kill(), below(200));
    else void writer.ready.then(() => setTimeout(() => writer.kill(), below(80)));
    return writer;
  }

  private start(isUnsaved: boolean, dieAt?: DeathPoint): Writer {
    const first = this.word;
    this.word += MOST;
    return this.article.start({ first, step: 1, count: MOST, isUnsaved, dieAt });
  }

  private async follow(writer: Writer): Promise<void> {
    const end = await writer.ended;
    if (end === 'killed') this.tally.kills++;
    else if (end !== 'done') this.tally.fail(end);
    this.tally.slowest = Math.max(this.tally.slowest, writer.firstAfter ?? 0);
    if ((writer.firstAfter ?? 0) > LONGEST_WAIT)
      this.tally.fail(`The first entity after ${writer.firstAfter} ms`);
  }

  private check(where: string, read: () => Set<string>): void {
    try {
      const ids = read();
      for (const id of this.article.acknowledged) if (!ids.has(id)) this.tally.fail(`${id} is not ${where}`);
    } catch (error) {
      this.tally.fail(error);
    }
  }

  /** Another program adds an entity; what it wrote must stay as well. */
  private editByHand(): void {
    if (!existsSync(this.article.sidecar)) return;
    const { start, end } = wordSpan(this.word);
    const id = `hand${this.word}`;
    appendFileSync(
      this.article.sidecar,
      `  - {id: ${id}, label: GPE, start: ${start}, end: ${end}, text: ${wordOf(this.word)}}\n`,
    );
    this.word++;
    this.article.acknowledged.add(id);
  }

  /** A minute passes: the next start removes what was left behind. */
  private age(): void {
    const then = Date.now() / 1000 - OLD;
    const leftovers = this.article.leftovers();
    for (const file of leftovers) utimesSync(file, then, then);
    this.tally.leftovers += leftovers.length;
  }

  /** The last start, which nobody kills, brings everything to the sidecar and leaves nothing else. */
  private async end(): Promise<void> {
    this.age();
    await this.follow(this.start(false));
    this.check('in the sidecar', () => this.article.ids());
    for (const id of this.article.draftIds()) this.tally.fail(`${id} is still in a draft`);
    for (const file of this.article.leftovers()) this.tally.fail(`${file} is still there`);
  }
}
