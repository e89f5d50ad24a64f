import type { Translate } from './translate';

/** Who reads a format, and what for; by its id. */
export function purposeOf(t: Translate, id: string): string | undefined {
  const purposes: Readonly<Record<string, string>> = {
    brat: t('To go on in brat, with relations and notes'),
    conll2003: t('To train taggers: a word and its tag a line'),
    conllu: t('For treebanks, and tools of Universal Dependencies'),
    spacy: t('To train spaCy'),
    'spacy-doc': t('To load as spaCy’s Doc, with sentences and tokens'),
    prodigy: t('To go on in Prodigy'),
    doccano: t('To go on in doccano'),
    labelstudio: t('To go on in Label Studio'),
    webanno: t('To go on in INCEpTION or WebAnno'),
    'uima-json': t('For INCEpTION, and pipelines of UIMA'),
    'uima-xmi': t('For older pipelines of UIMA and DKPro'),
    webannotation: t('For annotations on the web: Recogito, Hypothesis'),
    tei: t('For editions: names marked in the text'),
    huggingface: t('To train with Hugging Face’s datasets'),
    'huggingface-parquet': t('To train with Hugging Face’s datasets, small and fast to load'),
    'table-csv': t('For spreadsheets, R and pandas: a row an entity'),
    'table-parquet': t('For DuckDB, Polars and pandas: a row an entity'),
    json: t('For programs of your own: text and spans'),
  };
  return purposes[id];
}
