import { ArticleDocuments, Selection } from '../article-documents';
import { NO_GIT } from '../article-reader';
import { UsageError, type Command } from '../command';
import { DiskCorpus } from '../corpus';
import {
  exactly,
  FORMAT_OPTIONS,
  FORMAT_NAMES,
  formatOf,
  REPORT_OPTIONS,
  SHARD_OPTION,
  shardOf,
} from '../formats';
import { deferInterrupts } from '../interrupt';
import { exitCodesOf } from '../report';
import { writeDocuments } from '../writing';

/** Writes a corpus, or a part of it, in another format. */
export const exportCorpus: Command = {
  name: 'export',
  summary: 'Writes a corpus in another format',
  usage: '--to FORMAT CORPUS OUT',
  description:
    'Writes the articles of a corpus with their entities into a file, a folder, or standard output (-). What the format cannot hold is told, and so is each entity whose place in its article is not certain (see repair).',
  examples: [
    ['--to conll2003 corpus/ train.conll', 'All articles.'],
    [
      '--to brat --status done --only reviewed corpus/ collection/',
      'What is finished, and of that what a person has reviewed.',
    ],
    ['--to conll2003 --label PER,ORG corpus/ - | head', 'Two labels, in a pipe.'],
    [
      '--to huggingface-parquet --shard 3/16 corpus/ train-00002-of-00016.parquet',
      'The third of sixteen files, for datasets and DuckDB; articles are in the same one on every machine.',
    ],
    ['--to conll2003 --strict corpus/ train.conll', 'Writes nothing if anything would be lost.'],
  ],
  options: [
    { name: 'to', value: 'FORMAT', description: `One of ${FORMAT_NAMES}` },
    { name: 'only', value: 'reviewed', description: 'Leaves out entities that are not reviewed' },
    { name: 'status', value: 'done|open', description: 'Leaves out articles with another status' },
    { name: 'label', value: 'LABEL,…', description: 'Leaves out entities with other labels' },
    SHARD_OPTION,
    ...REPORT_OPTIONS,
    { name: 'force', description: 'Replaces files that are there' },
    NO_GIT,
    ...FORMAT_OPTIONS,
  ],
  exitCodes: exitCodesOf('exported'),

  async run(words, values) {
    const [root, output] = exactly(words, 2, 'the folder of a corpus and what is written, CORPUS OUT') as [
      string,
      string,
    ];
    const to = formatOf(values, 'to');
    if (!to) throw new UsageError('export needs --to FORMAT.');
    const shard = shardOf(values);
    const selection = new Selection(values);
    const corpus = DiskCorpus.open(root);
    const articles = new ArticleDocuments(corpus, values, selection);
    const labelsOf = () => corpus.labelSet.labels;
    deferInterrupts();
    const writing = { to, output, labelsOf, values, shard, did: 'Exported', counted: 'articles' };
    const exitCode = await writeDocuments(
      { all: (context) => articles.all(context), parts: articles },
      writing,
    );
    if (values.quiet !== true) {
      articles.tellLeft();
      corpus.tellLinks();
    }
    return exitCode;
  },
};
