import { Prequential, type Guess } from '../../core/learn/prequential';
import { standing } from '../../core/learn/standing';
import { contextOf, entityIdFrom, surroundingsOf, type Entity } from '../../core/model/entity';
import { anchoredOf, annotationsOf, idsOf, withAnchored } from '../../core/model/records';
import { composeSidecar } from '../../core/sidecar/compose';
import { sidecarName } from '../../core/sidecar/name';
import { NEW_FRAME } from '../../core/sidecar/sidecar';
import { writeSidecar } from '../../core/sidecar/write';
import { REFUSED, REFUSED_FORM, Refusals } from '../../core/suggest/refusals';
import { readListing } from '../../core/suggest/listing';
import { shortText } from '../../wording/short-text';
import { ArticleReader, NO_GIT } from '../article-reader';
import { oneOf, textOf, UsageError, type Command, type Option } from '../command';
import { CorpusFileError, DiskCorpus, obstacleOf, type ArticleReading } from '../corpus';
import { decodeBytes, readIfThere } from '../disk';
import { FolderTarget, stampOf } from '../folder-target';
import { deferInterrupts, letInterrupt } from '../interrupt';
import { needLessons } from '../lessons';
import { count, tellLeft } from '../report';
import { table } from '../table';
import { print, Progress, say } from '../terminal';

const LAYER: Option = {
  name: 'layer',
  value: 'NAME',
  description:
    'The layer of an annotator that is learned from and written; the shared one where nothing is said',
};

/** Who suggested, as sidecars name it. */
const LEARNED = 'learned';

/** Suggests entities that are learned from the articles that are done. */
export const suggest: Command = {
  name: 'suggest',
  summary: 'Suggests entities, learned from the articles that are done, and writes them into sidecars',
  usage: 'CORPUS [FILE…]',
  description:
    'Learns from all articles that are done (where none is, from all that have entities), on this machine, and predicts the entities of the others, or of the files that are named. Prints what it suggests, and writes nothing without --write: then suggestions go into the sidecars as entities to review, suggested by “learned”, with their score. None stands over or across an entity that is there, in an article that is done, or where it was refused (refused.yaml); a second time adds nothing.',
  examples: [
    ['corpus/', 'Prints what is suggested, and how sure that is.'],
    ['--sure --write corpus/', 'Writes what is sure, to be reviewed in the editor.'],
    ['--format json corpus/ corpus/a.txt', 'The suggestions of one article, a JSON line each.'],
  ],
  options: [
    { name: 'write', description: 'Writes suggestions into the sidecars' },
    { name: 'sure', description: 'Only what is as probable as what was right in 93 of 100' },
    { name: 'format', value: 'text|json', description: 'How it is printed; text where nothing is said' },
    LAYER,
    NO_GIT,
    { name: 'quiet', description: 'Prints nothing but errors' },
  ],
  exitCodes:
    '0 suggested, 1 some articles were left out: they cannot be used, or were changed meanwhile or since their sidecars were written',

  async run([root, ...files], values) {
    if (root === undefined) throw new UsageError('suggest needs the folder of a corpus.');
    const format = oneOf(values, 'format', ['text', 'json']) ?? 'text';
    const isQuiet = values.quiet === true;
    const corpus = DiskCorpus.open(root);
    const layer = layerOf(corpus, textOf(values, LAYER.name) ?? '');
    const named = namedIn(corpus, files);
    const refusals = refusalsOf(corpus);
    const reader = new ArticleReader(corpus, values);
    deferInterrupts();
    const course = new Prequential();
    const { order, open, leftOut } = await needLessons(corpus, reader, layer, course.learner, named);
    const learning = new Progress('articles learned', isQuiet);
    for (const path of order) {
      learning.tick();
      await letInterrupt();
      const { index, entities } = await reader.read(path, layer);
      course.next(index, entities);
    }
    const learned = new Set(order);
    for (const path of named)
      if (learned.has(path)) say(`${corpus.shown(path)} is done: nothing is suggested in it.`);
    const wanted = open.filter((path) => (named.size > 0 ? named.has(path) : !learned.has(path)));
    const target = values.write ? new FolderTarget(root, false) : undefined;
    const rows: (readonly string[])[] = [];
    let [found, changed, stale] = [0, 0, 0];
    let left: readonly string[];
    try {
      const predicting = new Progress('articles', isQuiet);
      for (const path of wanted) {
        predicting.tick();
        await letInterrupt();
        const sidecar = sidecarName(path, layer);
        const stamp = stampOf(corpus.file(sidecar));
        const reading = await reader.read(path, layer);
        if (layer !== '' && !reading.sidecar) continue;
        // What moves is for `repair` to tell.
        if (reading.isStale || obstacleOf(reading)) {
          say(
            `${corpus.shown(path)} was changed since its sidecar was written: run repair, then this again.`,
          );
          stale++;
          continue;
        }
        const { index, entities } = reading;
        const taken = entities.filter(({ broken }) => !broken);
        const suggested = standing(course.suggest(index), index.length, taken).filter(
          (one) => !isRefused(refusals, path, reading, one) && (one.isSure || !values.sure),
        );
        found += suggested.length;
        for (const one of suggested) {
          if (isQuiet) break;
          if (format === 'json') print(`${JSON.stringify(lineOf(path, reading, one))}\n`);
          else rows.push(rowOf(corpus.shown(path), reading, one));
        }
        if (suggested.length === 0) continue;
        changed++;
        const content = withSuggestions(path, reading, suggested);
        if (stamp === undefined) target?.write({ path: sidecar, content });
        else target?.replace(sidecar, content, stamp);
        await target?.rest();
      }
      left = (await target?.commit()) ?? [];
    } catch (error) {
      await target?.abort();
      throw error;
    }
    if (rows.length > 0) print(table([['article', 'span', 'label', 'score', 'sure', 'text'], ...rows]));
    if (!isQuiet) {
      const did = target ? 'Wrote' : 'Would write';
      say(
        `Learned from ${count(order.length, 'article')}. ${did} ${count(found, 'suggestion')} into ${count(changed - left.length, 'sidecar')}.`,
      );
    }
    tellLeft(left);
    return leftOut.count + stale + left.length > 0 ? 1 : 0;
  },
};

/** @throws UsageError where no article has the layer */
function layerOf(corpus: DiskCorpus, layer: string): string {
  if (layer === '') return '';
  for (const one of corpus.layers()) if (one.layer === layer) return layer;
  throw new UsageError(`No article has a layer ${layer}.`);
}

/** The paths of articles that are named. @throws UsageError where one is none */
function namedIn(corpus: DiskCorpus, files: readonly string[]): ReadonlySet<string> {
  const articles = new Set(files.length > 0 ? corpus.articles() : []);
  return new Set(
    files.map((file) => {
      const path = corpus.pathOf(file);
      if (path !== undefined && articles.has(path)) return path;
      throw new UsageError(`${file} is no article of ${corpus.root}.`);
    }),
  );
}

/** What is not to be suggested. @throws CorpusFileError where that cannot be read: nothing refused comes back */
function refusalsOf(corpus: DiskCorpus): Refusals {
  const bytes = readIfThere(corpus.file(REFUSED));
  if (!bytes) return new Refusals([]);
  const source = decodeBytes(bytes)?.text;
  if (source === undefined)
    throw new CorpusFileError(corpus.shown(REFUSED), '', { code: 'file-not-utf8', values: {}, start16: 0 });
  const { items, problems } = readListing(source, REFUSED_FORM);
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) throw new CorpusFileError(corpus.shown(REFUSED), source, error);
  return new Refusals(items);
}

function isRefused(refusals: Refusals, article: string, { index }: ArticleReading, one: Guess): boolean {
  const text = index.slice(one);
  const around = surroundingsOf(one, (part) => index.slice(part));
  return refusals.has({ text, form: text, label: one.label, article, ...around });
}

/** As sidecars have it: three digits say enough. */
function scoreOf({ probability }: Guess): number {
  return Number(probability.toFixed(3));
}

/** What a program reads: a field each, as the documentation says. */
function lineOf(article: string, { index }: ArticleReading, one: Guess) {
  const { start, end, label, isSure } = one;
  return { article, start, end, text: index.slice(one), label, score: scoreOf(one), sure: isSure };
}

function rowOf(article: string, { index }: ArticleReading, one: Guess): readonly string[] {
  const { start, end, label, probability, isSure } = one;
  const text = `“${shortText(index.slice(one))}”`;
  return [article, `[${start}, ${end})`, label, probability.toFixed(2), isSure ? 'sure' : '', text];
}

/** The sidecar with suggestions as entities that are to review. */
function withSuggestions(path: string, reading: ArticleReading, suggested: readonly Guess[]): string {
  const { index, sidecar, article, textHash } = reading;
  const taken = new Set(sidecar && idsOf(sidecar));
  const added = suggested.map((one): Entity => {
    const { start, end, label } = one;
    const text = index.slice(one);
    // The same wherever the same is suggested, so that two branches add it once.
    let id = '';
    for (let n = 0; id === '' || taken.has(id); n++)
      id = entityIdFrom([path, LEARNED, start, label, text, ...(n > 0 ? [n] : [])].join('\n'));
    taken.add(id);
    const context = contextOf(index.text, one, (part) => index.slice(part));
    return { id, label, start, end, text, suggestedBy: LEARNED, score: scoreOf(one), ...context };
  });
  const annotations = withAnchored(annotationsOf(sidecar), [...anchoredOf(reading), ...added]);
  const about = { article, textHash, frame: sidecar?.frame ?? NEW_FRAME };
  return writeSidecar(composeSidecar(annotations, index, about, sidecar));
}
