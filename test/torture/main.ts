import { readFile, writeFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { Row, Scenario } from './scenario.ts';
import { hosts } from './hosts.ts';
import { presses } from './presses.ts';
import { scenarios } from './scenarios.ts';

const PAGE = 'docs/reliability.md';
const TABLE = /(?<=<!-- table -->\n)[^]*(?=<!-- \/table -->)/;

/** Runs the scenarios that are named, or all; prints their table, and writes it where all were run. */
export async function main(names: readonly string[]): Promise<boolean> {
  const chosen = [...scenarios, hosts, presses].filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
  const rows: Row[] = [];
  for (const scenario of chosen) rows.push(...(await timed(scenario)));
  const table = toTable(rows);
  console.log('\n' + table);
  if (names.length === 0) {
    const page = await readFile(PAGE, 'utf8');
    await writeFile(PAGE, page.replace(TABLE, `\n${table}\n\n`));
  }
  return chosen.length > 0 && rows.every(({ failures }) => failures === 0);
}

async function timed(scenario: Scenario): Promise<readonly Row[]> {
  const start = performance.now();
  const rows = await scenario.run(true);
  console.log(`${scenario.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  for (const { what, outcome } of rows) console.log(`  ${what}: ${outcome}`);
  return rows;
}

function toTable(rows: readonly Row[]): string {
  const lines = [
    ['What was done', 'How much of it', 'What came of it', 'Failures'],
    ['---', '---', '---', '---:'],
    ...rows.map(({ what, tried, outcome, failures }) => [what, tried, outcome, String(failures)]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
