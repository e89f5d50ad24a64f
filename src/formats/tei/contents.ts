import type { Plain } from '../../core/model/entity';
import { objectOf, type Contents } from '../shared/carried';
import { isText } from '../shared/json';
import { labelOf } from './elements';

/** What only frames a text or cuts it, and what is read. */
const KNOWN = new Set([
  ...['TEI', 'text', 'body', 'div', 'p', 'ab', 's', 'w', 'c', 'pc', 'lb'],
  ...['standOff', 'spanGrp', 'span', 'listAnnotation', 'note', 'listRelation', 'relation'],
]);
const IN_HEADER = new Set([
  'teiHeader',
  'fileDesc',
  'titleStmt',
  'title',
  'publicationStmt',
  'sourceDesc',
  'p',
]);

/** The elements that are no entities (`head`, `hi` …), and the header, where it says more than a title. */
export function describeTei(carried: Plain | undefined, contents: Contents): void {
  const { source } = objectOf(carried);
  if (!isText(source)) return;
  let isInHeader = false;
  for (const [, isEnd, , name = ''] of source.matchAll(/<(\/?)([\w.-]+:)?([\p{L}_][\p{L}\p{N}_.-]*)/gu)) {
    if (name === 'teiHeader') isInHeader = isEnd === '';
    else if (isEnd !== '') continue;
    else if (isInHeader) {
      if (!IN_HEADER.has(name)) contents.name('teiHeader');
    } else if (!KNOWN.has(name) && labelOf(name, undefined) === undefined) contents.name(name);
  }
}
