import type { NoteCode } from '../formats/shared/note-codes';
import type { Translate } from './translate';

/** What a note says of the layers of annotators, in one sentence without a full stop. */
export function layersMessage(
  t: Translate,
  code: Extract<
    NoteCode,
    `layer-${'twice' | 'text' | 'name' | 'apart'}` | 'initial-passed' | 'source-passed'
  >,
  values: Readonly<Record<string, string>>,
): string {
  switch (code) {
    case 'layer-twice':
      return t('{source} is left out: there is a file of this annotator and document already', values);
    case 'layer-text':
      return t('{layer}: left out, as its text is another than that of the annotators before', values);
    case 'layer-name':
      return t('{layer}: left out, as its sidecar would be that of the article {name}', values);
    case 'layer-apart':
      return t('What {layer} annotated is a document of its own', values);
    case 'initial-passed':
      return t('{source} is passed over: it is what was there before anybody annotated', values);
    case 'source-passed':
      return t('{source} is passed over: in a project, it is no file of an annotator', values);
  }
}
