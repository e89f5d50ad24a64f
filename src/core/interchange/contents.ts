import type { Plain } from '../model/entity';
import { Contents, describeKeys, type Describe } from './carried';
import { describeBrat } from './formats/brat/contents';
import { describeConll2003 } from './formats/conll2003-contents';
import { describeConllu } from './formats/conllu/contents';
import { describeHuggingface } from './formats/huggingface/contents';
import { describeTask } from './formats/labelstudio/contents';
import { describeTei } from './formats/tei/contents';
import { describeUima } from './formats/uima/contents';
import { describeAnnotations } from './formats/webannotation/contents';
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
