import fs from 'node:fs';

/** What `results.json` holds. `runs` is how many were measured. */
export interface Result {
  name: string;
  unit: string;
  median: number;
  runs: number;
}

/** What a median should stay under, or, where it is a speed, over, by the name of its result. */
export type Aims = Readonly<Record<string, number>>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function result(name: string, unit: string, values: readonly number[]): Result {
  if (values.length === 0) throw new Error(`Nothing was measured for ${name}`);
  return { name, unit, median: Math.round(median(values) * 100) / 100, runs: values.length };
}

export function writeResults(file: string, results: readonly Result[]): void {
  fs.writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
}

/** The names of ratios that are not as they should be. */
export function missedRatios(results: readonly Result[], aims: Aims): string[] {
  return results.flatMap(({ name, unit, median }) =>
    unit === '×' && median >= (aims[name] ?? Infinity) ? [name] : [],
  );
}

/** Of small times, and of what is not counted in whole, two. */
function digitsOf(median: number, unit: string): number {
  const isFine = unit === 'ms' || (unit === '' && !Number.isInteger(median));
  return isFine && median < 10 ? 2 : 1;
}

/** An aligned table for people. */
export function table(results: readonly Result[], aims: Aims): string {
  const rows = results.map(({ name, unit, median, runs }) => {
    const aim = aims[name];
    const isSpeed = unit.endsWith('/s');
    const isMet = aim !== undefined && (isSpeed ? median > aim : median < aim);
    const verdict = aim === undefined ? '' : `${isSpeed ? '>' : '<'} ${aim}${isMet ? '' : '  missed'}`;
    return [name, median.toFixed(digitsOf(median, unit)), unit, String(runs), verdict];
  });
  const all = [['name', 'median', 'unit', 'runs', 'aim'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, i) => (i === 1 || i === 3 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(all[0]!), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
