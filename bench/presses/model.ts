import { assignHints, hintedWords } from '../../src/core/hints.ts';
import { nameRuns, widenToRun } from '../../src/core/name-runs.ts';
import { neighbourOf, untaggedNames } from '../../src/core/untagged.ts';
import { narrow, taggableRange, widen, type Range16 } from '../../src/core/words.ts';

/** How many presses of each kind a session took. */
export type Presses = Record<(typeof KINDS)[number], number>;

export const KINDS = [
  'label',
  'next name',
  'letters',
  'show letters',
  'widen to name',
  'widen or narrow by a word',
] as const;
type Kind = (typeof KINDS)[number];

/** Where a hand is that has tagged some entities. */
interface State {
  readonly selection: Range16;
  /** Whether sticky letters are shown, so that letters go there. */
  readonly isSticky: boolean;
  readonly pressed: readonly Kind[];
}

/** So many steps of one way are tried for an entity: `tab` so often, or a range changed so often. */
const MOST = { tabs: 6, changes: 5 };

/**
 * The fewest presses that tag all entities of an article in text order by keyboard alone, nothing being suggested, with
 * all of it in view. Letters are sticky: shown by one press, they come back after each tag; any other way to a name
 * puts them away until then. Shown by one press again, letters extend what is selected.
 * @param entities in text order; the longer first where two begin together
 */
export function fewestPresses(text: string, entities: readonly Range16[]): Presses {
  const runs = nameRuns(text);
  const view = { start16: 0, end16: text.length };
  let hints: ReadonlyMap<number, string> = new Map();
  let states: State[] = [{ selection: { start16: 0, end16: 0 }, isSticky: false, pressed: [] }];
  entities.forEach((entity, i) => {
    const names = untaggedNames(runs, entities.slice(0, i));
    const words = hintedWords(text, view, names, runs);
    hints = assignHints(
      words.map(({ start16 }) => start16),
      hints,
      hints.size,
    );
    const lettersOf = ({ start16 }: Range16) => {
      const hint = hints.get(start16);
      return hint === undefined ? undefined : Array<Kind>(hint.length).fill('letters');
    };
    const changes = new Map<string, readonly Kind[] | undefined>();
    /** The fewest presses that make the entity of a range. */
    const change = (from: Range16): readonly Kind[] | undefined => {
      const key = `${from.start16}:${from.end16}`;
      if (!changes.has(key))
        changes.set(
          key,
          fewestChanges(text, from, entity, (range) => widenToRun(text, runs, range)),
        );
      return changes.get(key);
    };
    const next: State[] = [];
    const reach = (state: State, isSticky: boolean, from: Range16, ...moves: Kind[]) => {
      const changed = change(from);
      // While letters are shown, a label's key is one of them.
      const isTaken = state.isSticky && moves.length === 0 && changed?.length === 0;
      if (changed && !isTaken)
        next.push({
          selection: entity,
          isSticky,
          pressed: [...state.pressed, ...moves, ...changed, 'label'],
        });
    };
    for (const state of states) {
      const selected = taggableRange(text, state.selection);
      if (selected) reach(state, state.isSticky, selected);
      let at: Range16 | undefined = state.selection;
      for (let tabs = 1; tabs <= MOST.tabs && (at = neighbourOf(names, at, 'next')); tabs++)
        reach(state, state.isSticky, at, ...Array<Kind>(tabs).fill('next name'));
      for (const word of words) {
        const letters = lettersOf(word);
        if (!letters) continue;
        const moves: Kind[] = [...(state.isSticky ? [] : ['show letters' as const]), ...letters];
        reach(state, true, word, ...moves);
        if (word.start16 !== entity.start16) continue;
        // From there to the letters of the entity's last word.
        for (const last of words.filter((one) => one !== word && one.end16 === entity.end16)) {
          const further = lettersOf(last);
          if (further) reach(state, true, entity, ...moves, 'show letters', ...further);
        }
      }
    }
    states = [true, false].flatMap(
      (isSticky) => fewest(next.filter((state) => state.isSticky === isSticky)) ?? [],
    );
    if (states.length === 0) throw new Error(`No way to “${text.slice(entity.start16, entity.end16)}”`);
  });
  const { pressed } = fewest(states)!;
  return Object.fromEntries(
    KINDS.map((kind) => [kind, pressed.filter((one) => one === kind).length]),
  ) as Presses;
}

function fewest(states: readonly State[]): State | undefined {
  return states.reduce<State | undefined>(
    (best, state) => (best && best.pressed.length <= state.pressed.length ? best : state),
    undefined,
  );
}

/** The fewest presses that widen and narrow a range to another; `undefined` where that takes more than {@link MOST}. */
function fewestChanges(
  text: string,
  from: Range16,
  to: Range16,
  toName: (range: Range16) => Range16,
): readonly Kind[] | undefined {
  const keyOf = ({ start16, end16 }: Range16) => `${start16}:${end16}`;
  const seen = new Set<string>();
  let reached: { range: Range16; pressed: readonly Kind[] }[] = [{ range: from, pressed: [] }];
  for (let n = 0; n <= MOST.changes; n++) {
    const found = reached.find(({ range }) => keyOf(range) === keyOf(to));
    if (found) return found.pressed;
    reached = reached.flatMap(({ range, pressed }) => {
      if (seen.has(keyOf(range)) || range.start16 > to.end16 || range.end16 < to.start16) return [];
      seen.add(keyOf(range));
      const byWord = [widen, narrow].flatMap((step) => [
        step(text, range, 'end'),
        step(text, range, 'start'),
      ]);
      return [
        { range: toName(range), pressed: [...pressed, 'widen to name' as const] },
        ...byWord.map((range) => ({ range, pressed: [...pressed, 'widen or narrow by a word' as const] })),
      ];
    });
  }
  return undefined;
}
