import type { Anchored } from '../../core/model/entity';
import { anchoredOf, anchorKey, annotationsOf, isEntity, withAnchored } from '../../core/model/records';
import { misplaced } from '../../core/misplaced';
import { placedAt } from '../../core/placed';
import { composeSidecar } from '../../core/sidecar/compose';
import { sidecarName } from '../../core/sidecar/name';
import { writeSidecar } from '../../core/sidecar/write';
import { shortText } from '../../wording/short-text';
import type { Command } from '../command';
import { ArticleReader, NO_GIT } from '../article-reader';
import { DiskCorpus, obstacleOf, type ArticleReading } from '../corpus';
import { exactly } from '../formats';
import { deferInterrupts, letInterrupt } from '../interrupt';
import { LeftOut } from '../left-out';
import { LAYER_OR_ALL, layerAskedFor, layersOf } from '../layers';
import { count, tellLeft } from '../report';
import { FolderTarget, stampOf } from '../folder-target';
import { bringBack, type Found } from '../lost-sidecars';
import { print, Progress, say } from '../terminal';

/** Writes the new places of entities whose articles changed. */
export const repair: Command = {
  name: 'repair',
  summary: 'Moves spans to where their text is, after articles were changed',
  usage: 'CORPUS',
  description:
    'Looks for sidecars that were written for another text than their article has now, by their text_hash, or whose entities are not where they say, and writes the new places of their entities. The old text is taken from git where it is there, else an entity is looked for by its own text and what stood around it. One whose place is not certain stays where it was, for a person to place; nothing is guessed. A sidecar without an article moves, in all layers, to the one that has the text which it is about, by its text_hash, where that is one; not with --layer.',
  examples: [
    ['--dry-run corpus/', 'Shows what would move, and where.'],
    ['corpus/', 'Writes it, in the sidecars of annotators’ layers, too.'],
    ['--layer ada corpus/', 'Only in those of Ada’s layer.'],
  ],
  options: [
    { name: 'dry-run', description: 'Writes nothing' },
    LAYER_OR_ALL,
    NO_GIT,
    { name: 'quiet', description: 'Prints nothing but errors' },
  ],
  exitCodes:
    '0 every entity has its place, 1 some are left to place, a sidecar cannot be used, or is left without its article',

  async run(words, values) {
    const [root] = exactly(words, 1, 'the folder of a corpus, CORPUS') as [string];
    const corpus = DiskCorpus.open(root);
    const isQuiet = values.quiet === true;
    const reader = new ArticleReader(corpus, values);
    const layers = layersOf(corpus, values, LAYER_OR_ALL);
    deferInterrupts();
    const target = values['dry-run'] ? undefined : new FolderTarget(root, false);
    const progress = new Progress('articles', isQuiet);
    const tell = (line: string) => isQuiet || print(`${line}\n`);
    let [moved, comments, toPlace, changed] = [0, 0, 0, 0];
    const leftOut = new LeftOut(corpus);
    let left: readonly string[];
    let found: Found = { moved: [], unsure: [] };
    try {
      // One without an article stays together with its layers.
      if (layerAskedFor(values, LAYER_OR_ALL) === undefined) found = bringBack(corpus, target);
      found.moved.forEach(tell);
      for (const { article, layer } of layers) {
        if (layer === '') progress.tick();
        await letInterrupt();
        const sidecar = sidecarName(article, layer);
        const stamp = stampOf(corpus.file(sidecar));
        if (stamp === undefined) continue;
        const reading = placeSlips(await reader.read(article, layer));
        const obstacle = obstacleOf(reading);
        if (obstacle) {
          leftOut.add(obstacle);
          continue;
        }
        const shown = corpus.shown(layer === '' ? article : sidecar);
        for (const line of linesOf(shown, reading)) tell(line);
        toPlace += anchoredOf(reading).filter(({ broken }) => broken).length;
        const moves = movesOf(reading);
        if (!reading.isStale && moves.length === 0) continue;
        changed++;
        const ofEntities = moves.filter(({ after }) => isEntity(after)).length;
        moved += ofEntities;
        comments += moves.length - ofEntities;
        target?.replace(sidecar, repaired(reading), stamp);
        await target?.rest();
      }
      left = (await target?.commit()) ?? [];
    } catch (error) {
      await target?.abort();
      throw error;
    }
    const did = target ? 'Repaired' : 'Would repair';
    if (!isQuiet) corpus.tellLinks();
    if (!isQuiet && found.moved.length > 0)
      say(
        `${target ? 'Moved' : 'Would move'} ${count(found.moved.length, 'sidecar')} to where the article is.`,
      );
    found.unsure.forEach(say);
    if (!isQuiet)
      say(
        `${did} ${count(changed - left.length, 'sidecar')}: ${count(moved, 'entity', 'entities')}${comments > 0 ? `, ${count(comments, 'comment')}` : ''} moved. Left to place: ${toPlace.toLocaleString('en')}.`,
      );
    tellLeft(left);
    return toPlace + leftOut.count + left.length + found.unsure.length > 0 ? 1 : 0;
  },
};

/** Puts entities that the sidecar has elsewhere than its very text where that is certain. */
function placeSlips(reading: ArticleReading): ArticleReading {
  const { entities, sidecar, index, isSameText } = reading;
  if (!sidecar || !isSameText || !entities.some(({ broken }) => broken)) return reading;
  const slips = misplaced(sidecar.entities, index);
  const placed = entities.map((entity) => {
    const place = slips.get(entity.id);
    return place ? placedAt(entity, place, index) : entity;
  });
  return { ...reading, entities: placed };
}

function repaired(reading: ArticleReading): string {
  const { sidecar, index, article, textHash } = reading;
  const annotations = withAnchored(annotationsOf(sidecar), anchoredOf(reading));
  const { frame } = sidecar!;
  return writeSidecar(composeSidecar(annotations, index, { article, textHash, frame }, sidecar));
}

function movesOf(reading: ArticleReading): { before: Anchored; after: Anchored }[] {
  const was = new Map(anchoredOf(reading.sidecar!).map((one) => [anchorKey(one), one]));
  return anchoredOf(reading).flatMap((after) => {
    const before = was.get(anchorKey(after))!;
    const isSame = before.start === after.start && before.end === after.end && before.text === after.text;
    return after.broken || isSame ? [] : [{ before, after }];
  });
}

/** What moved, and what is to be placed, a line each. @param place what the lines are about */
function* linesOf(place: string, reading: ArticleReading): Generator<string> {
  const what = (one: Anchored) => `${isEntity(one) ? one.label : 'comment'} “${shortText(one.text)}”`;
  const span = ({ start, end }: Anchored) => `[${start}, ${end})`;
  for (const { before, after } of movesOf(reading))
    yield `${place}: ${what(after)} ${span(before)} → ${span(after)}`;
  for (const one of anchoredOf(reading))
    if (one.broken) yield `${place}: to place: ${what(one)} ${span(one)}`;
}
