/** A line of the table in docs/reliability.md. */
export interface Row {
  readonly what: string;
  /** How much of it was tried, such as `1,000 kills`. */
  readonly tried: string;
  /** What came of it, in numbers. */
  readonly outcome: string;
  /** How often something was lost, wrong or crashed; a run with any fails. */
  readonly failures: number;
}

/** One way to do harm. Short runs are tests of `npm test`, long ones the command `npm run torture`. */
export interface Scenario {
  readonly name: string;
  /** @param isLong whether this is the run whose numbers go into the table */
  run(isLong: boolean): Promise<readonly Row[]>;
}

/** A number as the table shows it: `12,000`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** A share as the table shows it; what is not all is never shown as 100%. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = Math.floor((part / whole) * 10_000) / 100;
  return `${percent.toFixed(2).replace(/\.?0+$/, '')}%`;
}
