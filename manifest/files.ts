export const languages = [
  { id: 'corpus-article', aliases: ['Corpus Article'], configuration: './language-configuration.json' },
  { id: 'corpus-report', aliases: ['Corpus Report'] },
];

export const grammars = [
  {
    language: 'corpus-article',
    scopeName: 'text.corpus-article',
    path: './syntaxes/corpus-article.tmLanguage.json',
  },
];

const schema = (fileMatch: string, name: string) => ({
  fileMatch: [fileMatch],
  url: `./schemas/${name}.schema.json`,
});

export const yamlValidation = [
  schema('corpus.yaml', 'corpus'),
  schema('*.ann.yaml', 'sidecar'),
  schema('authority.yaml', 'authority'),
  schema('gazetteer.yaml', 'gazetteer'),
  schema('refused.yaml', 'refused'),
];
