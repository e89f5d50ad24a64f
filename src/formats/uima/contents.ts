import type { Plain } from '../../core/model/entity';
import { objectOf, type Contents } from '../shared/carried';
import { isText, itemsOf } from '../shared/json';
import { nameOfFeature, shortName } from './cas';
import { META_DATA, SENTENCE, SOFA, TOKEN } from './structure';

export const DOCUMENT = 'uima.tcas.DocumentAnnotation';
/** What every CAS has, and an article needs no entities for. */
export const EXPECTED: ReadonlySet<string> = new Set([SENTENCE, TOKEN, META_DATA, SOFA, DOCUMENT]);
/** What INCEpTION and DKPro write of a project: its layers, its tag sets, when a document was exported. */
const BOOKS =
  /^de\.tudarmstadt\.ukp\.(?:clarin\.webanno\.api\.type\.\w+|dkpro\.core\.api\.metadata\.type\.TagsetDescription)$/;

/** Whether a feature says where a structure is. */
export function isPlace(key: string): boolean {
  return ['sofa', 'begin', 'end'].includes(nameOfFeature(key));
}

/** Whether a structure only says how the text was cut, or what the document is called. */
export function isOfForm(type: string, features: Iterable<string>): boolean {
  if (type === META_DATA || type === DOCUMENT || BOOKS.test(type)) return true;
  // DKPro numbers the tokens of a place, as a rule with 0.
  const isForm = (key: string) => isPlace(key) || nameOfFeature(key) === 'order';
  return EXPECTED.has(type) && [...features].every(isForm);
}

/** Annotations of other layers, by these, and what entities and relations have that is no attribute. */
export function describeUima(carried: Plain | undefined, contents: Contents): void {
  const { form, names, structures, frame } = objectOf(carried);
  if (form === true) return;
  for (const comment of itemsOf(objectOf(frame).comments)) if (comment) contents.add('comment');
  for (const item of itemsOf(structures)) {
    const { type: number, as, features, run } = objectOf(item);
    const type = itemsOf(names)[Number(number)];
    if (!isText(type) || as === 'text') continue;
    const keys = Object.keys(objectOf(features));
    if (as !== undefined) contents.name(...keys.map((key) => `${shortName(type)}.${nameOfFeature(key)}`));
    else if (!isOfForm(type, keys)) {
      const isPlaced = keys.some((key) => nameOfFeature(key) === 'begin');
      if (isPlaced) contents.add('annotation', 1 + (isText(run) ? run.split(' ').length : 0));
      contents.name(shortName(type));
    }
  }
}
