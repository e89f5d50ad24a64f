import { count, type Row, type Scenario } from './scenario.ts';
import { WrittenArticle } from './writer.ts';

/** Processes that tag one article at once; another reads the sidecar all the time. */
export const writers: Scenario = {
  name: 'writers',
  async run(isLong) {
    if (!isLong) return [await together(2, 25)];
    return [await together(2, 1000), await together(4, 250)];
  },
};

async function together(processes: number, each: number): Promise<Row> {
  const article = new WrittenArticle(processes * each);
  const all = Array.from({ length: processes }, (_, first) =>
    article.start({ first, step: processes, count: each, isUnsaved: false }),
  );
  let isOver = false;
  const ends = Promise.all(all.map(({ ended }) => ended)).finally(() => (isOver = true));
  let reads = 0;
  let failures = 0;
  while (!isOver) {
    failures += missing(article);
    reads++;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const end of await ends) {
    if (end === 'done') continue;
    console.error(end);
    failures++;
  }
  failures += missing(article);
  const written = article.ids().size;
  failures += Math.abs(written - processes * each) + article.leftovers().length + article.draftIds().size;
  article.remove();
  return {
    what: `${count(processes)} processes tag one article at once`,
    tried: `${count(each)} times each`,
    outcome: `${count(written)} of ${count(processes * each)} entities; valid and whole at ${count(reads)} reads`,
    failures,
  };
}

/** How much of what was acknowledged is not in the sidecar. */
function missing(article: WrittenArticle): number {
  const acknowledged = [...article.acknowledged];
  try {
    const ids = article.ids();
    return acknowledged.filter((id) => !ids.has(id)).length;
  } catch (error) {
    console.error(error);
    return 1;
  }
}
