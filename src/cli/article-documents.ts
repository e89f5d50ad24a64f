import type { Entity } from '../core/model/entity';
import { withOnly, type AnnotatedDocument } from '../core/interchange/document';
import type { Context } from '../core/interchange/format';
import { toDocument } from '../core/interchange/sidecars';
import { LineIndex } from '../core/lines';
import { ArticleReader } from './article-reader';
import { oneOf, textOf, type Values } from './command';
import { obstacleOf, type DiskCorpus } from './corpus';
import type { DocumentsInParts } from './document-parts';
import { letInterrupt } from './interrupt';
import { count } from './report';
import { say } from './terminal';

/** What is wanted of the articles of a corpus, one by one. One that cannot be used is left out, which is reported. */
export class ArticleDocuments implements DocumentsInParts<string> {
  readonly worker = 'articles';
  readonly isSound = true;
  private readonly reader: ArticleReader;
  private left = { articles: 0, entities: 0 };

  constructor(
    private readonly corpus: DiskCorpus,
    private readonly values: Values,
    private readonly selection = new Selection(values),
  ) {
    this.reader = new ArticleReader(corpus, values);
  }

  get about() {
    return { root: this.corpus.root, options: this.values };
  }

  items(): Generator<string> {
    return this.corpus.articles();
  }

  async *all(context: Context): AsyncGenerator<AnnotatedDocument> {
    // Some may have been counted in parts.
    this.takeCounts();
    this.left = { articles: 0, entities: 0 };
    yield* this.read(this.items(), context);
    this.addCounts(this.takeCounts());
  }

  async *read(paths: Iterable<string>, { report }: Context): AsyncGenerator<AnnotatedDocument> {
    const { corpus, selection } = this;
    for (const path of paths) {
      await letInterrupt();
      const reading = await this.reader.read(path);
      const { index, sidecar, entities } = reading;
      const obstacle = obstacleOf(reading);
      if (!obstacle) {
        const selected = selection.of(toDocument(path.replace(/\.[^./]*$/, ''), index, sidecar, entities));
        if (selected) yield selected;
        continue;
      }
      const { problem, source } = obstacle;
      const { line, character } = new LineIndex(source).at(problem.start16);
      const place = { file: corpus.shown(obstacle.path), line: line + 1, column: character + 1 };
      const values = { ...problem.values, problem: problem.code };
      report.add({ kind: 'invalid', code: 'file-invalid', ...place, values });
    }
  }

  takeCounts(): readonly number[] {
    const { articles, entities } = this.selection;
    this.selection.articles = this.selection.entities = 0;
    return [articles, entities];
  }

  addCounts([articles = 0, entities = 0]: readonly number[]): void {
    this.left.articles += articles;
    this.left.entities += entities;
  }

  /** Says what was left out as a person asked. */
  tellLeft(): void {
    const { articles, entities } = this.left;
    const left = [
      ...(articles > 0 ? [count(articles, 'article')] : []),
      ...(entities > 0 ? [count(entities, 'entity', 'entities')] : []),
    ];
    if (left.length > 0) say(`Left out as asked: ${left.join(', ')}.`);
  }
}

/** What a person wants of a corpus. What is left out so is no loss, but told. */
export class Selection {
  /** What was left out. */
  articles = 0;
  entities = 0;
  private readonly isReviewed: boolean;
  private readonly status: AnnotatedDocument['status'];
  private readonly labels: ReadonlySet<string> | undefined;

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
}
