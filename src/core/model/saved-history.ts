import { mapEdit, readEdits } from './edit';
import type { Anchored } from './entity';
import { refreshEdits } from '../follow-text';
import { carryEdits, type EditStep, type History, type SavedSteps, type StepAway } from './history';
import { placeEntities } from '../place';
import type { TextIndex } from '../text';
import type { Direction, TextStep } from '../text-step';

/** How long the source of a history may become, in UTF-16 units; older steps are left out. */
const LONGEST = 4_000_000;
/** How many edits are carried past how many changes of the text at most, to write one; about 0.2 s. */
const MOST_WORK = 500_000;

/** A step where it was when it was written last. */
interface Carried {
  readonly step: EditStep;
  /** The last change of the text that it was carried past. */
  readonly past: TextStep | undefined;
  /** Of the text that it was carried into. */
  readonly key: string;
  readonly source: string;
}

/** Writes histories. Remembers what it wrote, and goes on from there the next time. */
export class HistoryWriter {
  private readonly carried = new WeakMap<EditStep, Carried>();

  /**
   * The edits of a history, in coordinates of the text as it is now, as JSON.
   * @param article identifies the article
   * @param key identifies its text, see `textKey`
   * @returns `undefined` where there are none
   */
  write(history: History, article: string, index: TextIndex, key: string): string | undefined {
    let room = LONGEST;
    let work = MOST_WORK;
    const side = (direction: Direction) => {
      const sources: string[] = [];
      for (const away of history.editsFromHere(direction)) {
        const left = this.goOn(away);
        if ((work -= left.way.length * left.step.edits.length) < 0) break;
        const { source } = this.carry(away, left, index, key);
        if ((room -= source.length) < 0) break;
        sources.push(source);
      }
      return sources.join(',\n');
    };
    const [done, undone] = [side('undo'), side('redo')];
    if (done === '' && undone === '') return undefined;
    const head = `{"version":1,"article":${JSON.stringify(article)},"key":${JSON.stringify(key)}`;
    return `${head},\n"done":[${done}],\n"undone":[${undone}]}\n`;
  }

  /** What is left of a step's way since it was written last. */
  private goOn(away: StepAway): StepAway {
    const known = this.carried.get(away.step);
    const at = known?.past ? away.way.lastIndexOf(known.past) : -1;
    return known && at >= 0 ? { ...away, step: known.step, way: away.way.slice(at + 1) } : away;
  }

  private carry({ step: origin, way }: StepAway, left: StepAway, index: TextIndex, key: string): Carried {
    const known = this.carried.get(origin);
    if (known?.key === key && known.past === way.at(-1)) return known;
    const step = carryEdits(left, false);
    const { title, bulk } = step;
    const source = JSON.stringify({ title, bulk, edits: refreshEdits(step.edits, index) });
    const carried = { step, past: way.at(-1), key, source };
    this.carried.set(origin, carried);
    return carried;
  }
}

/**
 * The steps of a history that was written, in coordinates of the article's text: as they were where that
 * is still the same, else with their entities placed in it anew. None where the source is not a history
 * of the article.
 */
export function readHistory(source: string, article: string, index: TextIndex, key: string): SavedSteps {
  const none: SavedSteps = { done: [], undone: [] };
  let saved: Record<string, unknown>;
  try {
    saved = Object(JSON.parse(source)) as Record<string, unknown>;
  } catch {
    return none;
  }
  if (saved.version !== 1 || saved.article !== article) return none;
  const steps = { done: readSteps(saved.done), undone: readSteps(saved.undone) };
  return saved.key === key ? steps : placeSteps(steps, index);
}

/** The steps up to the first that is none: what is beyond that one cannot be undone without it. */
function readSteps(saved: unknown): EditStep[] {
  const steps = (Array.isArray(saved) ? saved : []).map(readStep);
  const broken = steps.indexOf(undefined);
  return (broken < 0 ? steps : steps.slice(0, broken)) as EditStep[];
}

function readStep(value: unknown): EditStep | undefined {
  const { title, edits, bulk } = Object(value) as Record<string, unknown>;
  const read = readEdits(edits);
  if (!read || typeof title !== 'string') return undefined;
  if (bulk !== undefined && typeof bulk !== 'string') return undefined;
  return { kind: 'edits', title, edits: read, bulk };
}

/** Steps in a text that is not theirs, each mention looked for once. */
function placeSteps({ done, undone }: SavedSteps, index: TextIndex): SavedSteps {
  const mentions = new Map<string, Anchored>();
  const collect = <A extends Anchored>(entity: A) => {
    mentions.set(mentionKey(entity), entity);
    return entity;
  };
  for (const step of [...done, ...undone]) for (const edit of step.edits) mapEdit(edit, collect);
  const all = [...mentions.values()];
  const { entities } = placeEntities(all, index);
  const placed = new Map(all.map((entity, i) => [mentionKey(entity), entities[i]!]));
  const place = <A extends Anchored>(entity: A): A => {
    const { start, end, text, parts, broken } = placed.get(mentionKey(entity))!;
    return { ...entity, start, end, text, parts, broken };
  };
  const placeAll = (steps: readonly EditStep[]) =>
    steps.map((step) => ({ ...step, edits: step.edits.map((edit) => mapEdit(edit, place)) }));
  return { done: placeAll(done), undone: placeAll(undone) };
}

function mentionKey({ start, end, text, parts, before, after }: Anchored): string {
  return JSON.stringify([start, end, text, parts, before, after]);
}
