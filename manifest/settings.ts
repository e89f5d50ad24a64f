/** What a person can set; the README lists them. */
export const configuration = {
  title: 'Corpus Annotator',
  properties: {
    'corpusAnnotator.highlightStyle': {
      type: 'string',
      enum: ['background', 'underline'],
      enumDescriptions: [
        'A tint of the label’s colour behind the mention, and a line below it.',
        'A line below the mention only.',
      ],
      default: 'background',
      scope: 'window',
      description: 'How entities are drawn in the text.',
    },
    'corpusAnnotator.openArticlesFor': {
      type: 'string',
      enum: ['tagging', 'editing'],
      enumDescriptions: [
        'The text is locked, and a label’s key tags. alt+a unlocks the text.',
        'The text can be edited. alt+a locks it, and a label’s key tags.',
      ],
      default: 'tagging',
      scope: 'window',
      description: 'What articles are opened for.',
    },
    'corpusAnnotator.markReviewedOnTagging': {
      type: ['string', 'boolean'],
      enum: ['auto', 'always', 'never', true, false],
      enumDescriptions: [
        'Where you work alone: nothing is imported, and nobody else has a sidecar.',
        'Always.',
        'Never: all that is tagged waits for a review.',
        'The same as always.',
        'The same as never.',
      ],
      default: 'auto',
      scope: 'resource',
      description: 'Whether what you tag by hand is reviewed at once.',
    },
    'corpusAnnotator.annotator': {
      type: 'string',
      default: '',
      scope: 'window',
      markdownDescription:
        'Who you are, where several people annotate the same texts: what you tag goes into sidecars of your own (with `ada`, `000_x.ada.ann.yaml` beside `000_x.txt`), and only those are shown. Empty: one sidecar an article, for all.',
    },
    'corpusAnnotator.showLabels': {
      type: 'boolean',
      default: true,
      scope: 'window',
      description: 'Show the label of each entity, small, at its span. It takes no room in the text.',
    },
    'corpusAnnotator.suggestions': {
      type: ['string', 'boolean'],
      enum: ['learned', 'knownForms', 'off', true, false],
      enumDescriptions: [
        'Known forms, and what is learned from the articles that are done, on this machine.',
        'The names that gazetteer.yaml lists, and those that you tagged, or that were reviewed, anywhere in the corpus.',
        'Nothing.',
        'The same as learned.',
        'The same as off.',
      ],
      default: 'learned',
      scope: 'resource',
      description: 'What is suggested as entities in untagged text.',
    },
  },
};

/** What the extension sets for its languages, until a person says otherwise. */
export const configurationDefaults = {
  'explorer.fileNesting.enabled': true,
  'explorer.fileNesting.patterns': {
    '*.txt': '${capture}.ann.yaml, ${capture}.*.ann.yaml',
    '*.text': '${capture}.ann.yaml, ${capture}.*.ann.yaml',
    '*.md': '${capture}.ann.yaml, ${capture}.*.ann.yaml',
  },
  '[corpus-report]': {
    'editor.wordWrap': 'on',
    'editor.wrappingIndent': 'deepIndent',
    'editor.minimap.enabled': false,
    'editor.lineNumbers': 'off',
  },
  '[corpus-article]': {
    'editor.wordWrap': 'on',
    'editor.wordSeparators':
      '`~!@#$%^&*()-=+[{]}\\|;:\'",.<>/?“”„‘’«»‹›…–—、。，！？：；（）【】《》〈〉「」『』',
    'editor.unicodeHighlight.ambiguousCharacters': false,
    'editor.unicodeHighlight.invisibleCharacters': false,
    'editor.unicodeHighlight.nonBasicASCII': false,
    'editor.quickSuggestions': {
      other: 'off',
      comments: 'off',
      strings: 'off',
    },
    'editor.wordBasedSuggestions': 'off',
    'editor.occurrencesHighlight': 'singleFile',
    'editor.renderWhitespace': 'none',
    'editor.lineHeight': 1.6,
    'editor.padding.top': 6,
    'files.trimTrailingWhitespace': false,
    'files.trimFinalNewlines': false,
    'files.insertFinalNewline': false,
    'editor.wrappingIndent': 'none',
  },
};
