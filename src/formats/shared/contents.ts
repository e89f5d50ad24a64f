import type { Plain } from '../../core/model/entity';
import { Contents, describeKeys, type Describe } from './carried';
import { describeBrat } from '../brat/contents';
import { describeConll2003 } from '../conll2003/contents';
import { describeConllu } from '../conllu/contents';
import { describeHuggingface } from '../huggingface/contents';
import { describeTask } from '../labelstudio/contents';
import { describeTei } from '../tei/contents';
import { describeUima } from '../uima/contents';
import { describeAnnotations } from '../webannotation/contents';
import { describeRecord } from './records/contents';

/** By the keys of what is carried. */
const DESCRIBE: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ['brat', describeBrat],
  ['conll2003', describeConll2003],
  ['conllu', describeConllu],
  ['spacy', describeRecord],
  ['spacy-doc', describeRecord],
  ['prodigy', describeRecord],
  ['doccano', describeRecord],
  ['json', describeRecord],
  ['labelstudio', describeTask],
  ['webanno', describeUima],
  ['uima-json', describeUima],
  ['uima-xmi', describeUima],
  ['webannotation', describeAnnotations],
  ['tei', describeTei],
  ['huggingface', describeHuggingface],
]);

/** What other formats lose of what is carried of one. */
export function contentsOf(format: string, carried: Plain | undefined): Contents {
  const contents = new Contents();
  (DESCRIBE.get(format) ?? describeKeys)(carried, contents);
  return contents;
}
