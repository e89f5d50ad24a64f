import { isDeepStrictEqual } from 'node:util';
import { withDependents } from '../../src/core/model/dependents.ts';
import { applyEdits, invertEdits } from '../../src/core/model/edit.ts';
import { mergeAnnotations } from '../../src/core/model/merge.ts';
import { findObstacles } from '../../src/core/model/obstacles.ts';
import { KINDS, recordsOf, type Annotations } from '../../src/core/model/records.ts';
import { danglingIn, makeAnnotations, someEdits, type Numbers } from '../unit/core/model/generate.ts';
import { randomBelow } from './random.ts';
import { count, type Row, type Scenario } from './scenario.ts';

/** How many records there are when it begins anew. */
const MANY = 60;

/** Records of all kinds: edits and what goes along with them, taken back again, and merges of what two sides did. */
export const model: Scenario = {
  name: 'model',
  run: (isLong) => {
    const numbers = numbersOf(20_261_130);
    const [edits, merges] = isLong ? [1_000_000, 10_000] : [20_000, 500];
    return Promise.resolve([editing(numbers, edits), merging(numbers, merges)]);
  },
};

function* numbersOf(seed: number): Generator<number, never> {
  const below = randomBelow(seed);
  for (;;) yield below(2 ** 31);
}

function editing(numbers: Numbers, wanted: number): Row {
  let [state, done, gone, failures] = [makeAnnotations(numbers, 20, 'open'), 0, 0, 0];
  while (done < wanted) {
    const asked = someEdits(state, numbers);
    const edits = withDependents(state, asked);
    const after = applyEdits(state, edits);
    const back = invertEdits(edits);
    const isRight =
      danglingIn(after).length === 0 &&
      findObstacles(after, back).length === 0 &&
      isDeepStrictEqual(whole(applyEdits(after, back)), whole(state));
    if (!isRight) failures++;
    done += edits.length;
    gone += edits.length - asked.length;
    const size = KINDS.reduce((sum, kind) => sum + recordsOf(after, kind).length, 0);
    state = size > MANY ? makeAnnotations(numbers, 20, 'open') : after;
  }
  const outcome = `${count(gone)} more went along; each step was taken back exactly, and nothing named what was gone`;
  return { what: 'Edits of records of all kinds', tried: `${count(done)} edits`, outcome, failures };
}

function merging(numbers: Numbers, wanted: number): Row {
  let [lostInAll, failures] = [0, 0];
  for (let i = 0; i < wanted; i++) {
    const base = makeAnnotations(numbers, 30, 'open');
    const edited = () => applyEdits(base, withDependents(base, someEdits(base, numbers)));
    const [ours, theirs] = [edited(), edited()];
    const { annotations, lost } = mergeAnnotations(base, ours, theirs);
    const turned = mergeAnnotations(base, theirs, ours);
    const isRight =
      danglingIn(annotations).length === 0 &&
      isDeepStrictEqual([turned.annotations, turned.lost], [annotations, lost]) &&
      isDeepStrictEqual(whole(mergeAnnotations(base, base, theirs).annotations), whole(theirs));
    if (!isRight) failures++;
    lostInAll += lost.length;
  }
  const outcome = `0 name what is not there; the same whichever side is which; ${count(lostInAll)} records that could not be taken are told`;
  return { what: 'Merges of records of all kinds', tried: `${count(wanted)} merges`, outcome, failures };
}

/** Lists that are not said are empty ones. */
function whole(annotations: Annotations) {
  return [annotations.status, ...KINDS.map((kind) => recordsOf(annotations, kind))];
}
