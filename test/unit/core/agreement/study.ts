import {
  agreementOf,
  countArticle,
  MEASURES,
  type Agreement,
  type AgreementOptions,
  type Row,
} from '../../../../src/core/agreement/index.ts';
import { GAMMA } from '../../../../src/core/agreement/gamma.ts';
import type { AgreementSpan, StudyArticle } from '../../../../src/core/agreement/study.ts';
import { Tally } from '../../../../src/core/agreement/tally.ts';
import { TextIndex } from '../../../../src/core/text.ts';

/** A span of a test: where it begins and ends, and its label. */
export type TestSpan = readonly [start: number, end: number, label: string];

/** An article of so many code points in words of four and a space, with what annotators have tagged. */
export function articleOf(
  length: number,
  layers: readonly (readonly TestSpan[] | undefined)[],
): StudyArticle {
  return {
    index: new TextIndex('word '.repeat(Math.ceil(length / 5)).slice(0, length)),
    layers: layers.map((spans) => spans && { entities: spans.map(spanOf) }),
  };
}

export function spanOf([start, end, label]: TestSpan, number: number): AgreementSpan {
  return { id: `a${number}`, start, end, label };
}

/** A coding study as an article: a line an item, with the label of each annotator; none where that is missing. */
export function linesOf(items: readonly (readonly (string | number | undefined)[])[]): StudyArticle {
  const lines = items.map((_, n) => `item ${n}`);
  const starts = lines.map((_, n) => lines.slice(0, n).reduce((sum, line) => sum + line.length + 1, 0));
  const layers = items[0]!.map((_, annotator) => ({
    entities: items.flatMap((labels, n) => {
      const label = labels[annotator];
      const [start, end] = [starts[n]!, starts[n]! + lines[n]!.length];
      return label === undefined ? [] : [{ id: `a${n}`, start, end, label: String(label) }];
    }),
  }));
  return { index: new TextIndex(`${lines.join('\n')}\n`), layers };
}

/** A table of two annotators as items: how many have which two labels. */
export function tableOf(rows: readonly (readonly number[])[]): string[][] {
  return rows.flatMap((row, a) =>
    row.flatMap((count, b) => Array.from({ length: count }, () => [`${a}`, `${b}`])),
  );
}

export function measure(
  articles: readonly StudyArticle[],
  options: Partial<AgreementOptions> = {},
): Agreement {
  const all: AgreementOptions = {
    unit: 'token',
    measures: MEASURES.filter((name) => name !== 'gamma'),
    gamma: GAMMA,
    ...options,
  };
  const tally = new Tally();
  for (const article of articles) tally.add(countArticle(article, all, tally.names));
  return agreementOf(tally, articles[0]?.layers.length ?? 0, all);
}

/** The figure of all annotators and labels. */
export function valueOf({ rows }: Agreement, name: Row['measure'], part?: Row['part']): number | undefined {
  return rowOf(rows, name, part).estimate.value;
}

export function rowOf(rows: readonly Row[], name: Row['measure'], part?: Row['part'], label?: string): Row {
  return rows.find(
    (row) => row.measure === name && row.part === part && row.label === label && row.pair === undefined,
  )!;
}
