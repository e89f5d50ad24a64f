import type { LiveArticle } from '../../workspace/open/live-article';

/** Tells of entities that were gone and are there again, as when an undo brings them back. */
export class Returned {
  private article: LiveArticle | undefined;
  private annotations: LiveArticle['annotations'] | undefined;
  private there = new Set<string>();
  private gone = new Set<string>();

  /** @returns the id of the first that came back since this was asked last, in the order of the text */
  follow(article: LiveArticle | undefined): string | undefined {
    if (article !== this.article) {
      this.article = article;
      this.annotations = undefined;
      this.there.clear();
      this.gone.clear();
    }
    if (!article || article.annotations === this.annotations) return undefined;
    this.annotations = article.annotations;
    const there = new Set(article.entities.map(({ id }) => id));
    const back = article.entities.find(({ id }) => this.gone.has(id))?.id;
    for (const id of this.there) if (!there.has(id)) this.gone.add(id);
    for (const id of there) this.gone.delete(id);
    this.there = there;
    return back;
  }
}
