import type { Entity } from '../../core/model/entity';
import { withOnly, type AnnotatedDocument } from '../../formats/shared/document';
import type { Context } from '../../formats/shared/format';
import { toDocument } from '../../formats/shared/sidecars';
import { LineIndex } from '../../core/lines';
import { ArticleReader, NO_GIT } from '../article-reader';
import { oneOf, textOf, UsageError, type Command, type Values } from '../command';
import { DiskCorpus, obstacleOf } from '../corpus';
import {
  exactly,
  FORMAT_OPTIONS,
  FORMAT_NAMES,
  formatOf,
  REPORT_OPTIONS,
  SHARD_OPTION,
  shardOf,
} from '../formats';
import { deferInterrupts, letInterrupt } from '../interrupt';
import { LAYER, layerAskedFor, layersOf } from '../layers';
import { count, exitCodesOf } from '../report';
import { say } from '../terminal';
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
    LAYER,
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
    const selection = new Selection(values);
    const shard = shardOf(values);
    const corpus = DiskCorpus.open(root);
    const labelsOf = () => corpus.labelSet.labels;
    deferInterrupts();
    const writing = { to, output, labelsOf, values, shard, did: 'Exported', counted: 'articles' };
    const reader = new ArticleReader(corpus, values);
    const exitCode = await writeDocuments(
      (context) => documentsOf(corpus, reader, selection, values, context),
      writing,
    );
    if (values.quiet !== true) {
      selection.tell();
      corpus.tellLinks();
    }
    return exitCode;
  },
};

/** What is wanted of the articles of a corpus, one by one. One that cannot be used is left out, which is reported. */
async function* documentsOf(
  corpus: DiskCorpus,
  reader: ArticleReader,
  selection: Selection,
  values: Values,
  { report }: Context,
): AsyncGenerator<AnnotatedDocument> {
  for (const { article, layer } of layersOf(corpus, values, LAYER)) {
    await letInterrupt();
    const reading = await reader.read(article, layer);
    const { index, sidecar, entities } = reading;
    const obstacle = obstacleOf(reading);
    if (!obstacle) {
      const name = article.replace(/\.[^./]*$/, '');
      const selected = selection.of(toDocument(name, index, sidecar, entities));
      // Of several layers, each is a document of its own.
      if (selected) yield layerAskedFor(values, LAYER) === layer ? selected : { ...selected, layer };
      continue;
    }
    const { problem, source } = obstacle;
    const { line, character } = new LineIndex(source).at(problem.start16);
    const place = { file: corpus.shown(obstacle.path), line: line + 1, column: character + 1 };
    const said = { ...problem.values, problem: problem.code };
    report.add({ kind: 'invalid', code: 'file-invalid', ...place, values: said });
  }
}

/** What a person wants of a corpus. What is left out so is no loss, but told. */
class Selection {
  private readonly isReviewed: boolean;
  private readonly status: AnnotatedDocument['status'];
  private readonly labels: ReadonlySet<string> | undefined;
  private articles = 0;
  private entities = 0;

  /** @throws UsageError */
  constructor(values: Values) {
    this.isReviewed = oneOf(values, 'only', ['reviewed']) === 'reviewed';
    this.status = oneOf(values, 'status', ['done', 'open']);
    const labels = textOf(values, 'label');
    this.labels = labels === undefined ? undefined : new Set(labels.split(',').map((label) => label.trim()));
  }

  /** @returns `undefined` where nothing of it is wanted */
  of(document: AnnotatedDocument): AnnotatedDocument | undefined {
    if (this.status !== undefined && (document.status ?? 'open') !== this.status) {
      this.articles++;
      return undefined;
    }
    const isWanted = ({ reviewed, label }: Entity) =>
      (!this.isReviewed || reviewed === true) && (this.labels?.has(label) ?? true);
    const wanted = withOnly(document, isWanted);
    this.entities += document.entities.length - wanted.entities.length;
    return wanted;
  }

  tell(): void {
    const left = [
      ...(this.articles > 0 ? [count(this.articles, 'article')] : []),
      ...(this.entities > 0 ? [count(this.entities, 'entity', 'entities')] : []),
    ];
    if (left.length > 0) say(`Left out as asked: ${left.join(', ')}.`);
  }
}
