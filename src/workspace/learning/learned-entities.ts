import * as vscode from 'vscode';
import { proposalsOf } from '../../core/suggest/guesses';
import type { TextProposer } from '../../core/suggest/proposer';
import type { TextIndex } from '../../core/text';
import type { FormLists } from '../asking/form-lists';
import type { Proposer, ProposerChange } from '../asking/proposers';
import { suggestionsOf } from '../asking/suggestions-setting';
import type { ArticleEntry } from '../corpus/article-entry';
import type { Catalog } from '../corpus/catalog';
import type { Corpus } from '../corpus/corpus';
import type { LiveArticles } from '../open/live-articles';
import { Course } from './course';

/**
 * Proposes entities as they were tagged in articles that are done, by what stands around them. Learns nothing of a
 * corpus before one of its articles is shown.
 */
export class LearnedEntities implements Proposer {
  private readonly changed = new vscode.EventEmitter<ProposerChange>();
  readonly onDidChange = this.changed.event;
  private readonly courses = new Map<Corpus, Course>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly catalog: Catalog,
    private readonly live: LiveArticles,
    private readonly lists: FormLists,
  ) {
    this.subscription = vscode.Disposable.from(
      this.changed,
      catalog.onDidChangeIndex((entries) => this.courses.forEach((course) => course.follow(entries))),
      // What one annotator did does not lead another.
      catalog.onDidChangeCorpora(() =>
        this.end((corpus, { layer }) => !catalog.corpora.includes(corpus) || layer !== catalog.layer),
      ),
      vscode.workspace.onDidChangeConfiguration(() =>
        this.end((corpus) => suggestionsOf(corpus.root) !== 'learned'),
      ),
    );
  }

  dispose(): void {
    this.subscription.dispose();
    this.end(() => true);
  }

  of(corpus: Corpus): Promise<TextProposer> {
    return Promise.resolve(this.ofNow(corpus));
  }

  ofNow(corpus: Corpus): TextProposer {
    return {
      learn: () => undefined,
      look: (path, index, entities) => {
        const entry = this.catalog.entry(corpus.at(path));
        const guesses = (entry && this.courseOf(corpus)?.guessesIn(entry, index)) ?? [];
        const forms = this.lists.ofNow(corpus);
        return proposalsOf(guesses, path, index, entities, (one) => {
          const isSilent = forms?.isRefused(one) === true || forms?.trustOf(one.form, one.label) === 0;
          return corpus.allows(one.label) && !isSilent;
        });
      },
    };
  }

  async prepare(entry: ArticleEntry, index: TextIndex): Promise<void> {
    await this.courses.get(entry.corpus)?.ask(entry, index.raw);
  }

  /** `undefined` where nothing is to be learned. */
  private courseOf(corpus: Corpus): Course | undefined {
    if (suggestionsOf(corpus.root) !== 'learned') return undefined;
    let course = this.courses.get(corpus);
    if (!course) {
      course = new Course(corpus, this.catalog, this.live);
      course.onDidChange((entry) => this.changed.fire({ corpus, only: entry }));
      this.courses.set(corpus, course);
    }
    return course;
  }

  private end(isToEnd: (corpus: Corpus, course: Course) => boolean): void {
    for (const [corpus, course] of this.courses) {
      if (!isToEnd(corpus, course)) continue;
      course.dispose();
      this.courses.delete(corpus);
    }
  }
}
