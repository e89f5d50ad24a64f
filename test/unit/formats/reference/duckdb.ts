import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBConnection, JS } from '@duckdb/node-api';
import { serialize } from '../support';
import type { AnnotatedDocument } from '../../../../src/formats/shared/document';
import type { Format } from '../../../../src/formats/shared/format';

/** DuckDB, in memory, and a folder for the files that it reads and writes: its working directory in all queries. */
export class Duck {
  private running: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  private constructor(
    private readonly connection: DuckDBConnection,
    readonly folder: string,
  ) {}

  /** Skips the tests of a suite, and says so, where DuckDB has no binary for this platform; in CI they must run. */
  static async open(suite: Mocha.Context): Promise<Duck> {
    const { DuckDBInstance } = await import('@duckdb/node-api').catch((error: Error & { code?: string }) => {
      const isMissing = error.code === 'MODULE_NOT_FOUND' || /unsupported arch/.test(error.message);
      if (!isMissing || process.env.CI) throw error;
      console.log(`  SKIPPED: DuckDB has no binary here (${process.platform}-${process.arch})`);
      return suite.skip();
    });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-duckdb-'));
    // In one thread: among busy processes, a query that several threads shared was not done after a minute.
    const instance = await DuckDBInstance.create(':memory:', { file_search_path: folder, threads: '1' });
    return new Duck(await instance.connect(), folder);
  }

  /** The rows of a query. A number of 64 bits is a bigint, a date a `Date`, null and false are themselves. */
  async rows(query: string): Promise<Record<string, JS>[]> {
    assert.ok(!this.isClosed, 'DuckDB is closed');
    const result = this.connection.runAndReadAll(query);
    this.running = result.catch(() => undefined);
    return (await result).getRowObjectsJS();
  }

  /** The types of the columns of a table, in their order: `article VARCHAR`. */
  async columns(table: string): Promise<string[]> {
    const rows = await this.rows(`DESCRIBE FROM ${table}`);
    return rows.map((row) => `${row.column_name as string} ${row.column_type as string}`);
  }

  /** How many rows one table has that the other has not, either way; a row that is there twice counts twice. */
  async differences(one: string, other: string): Promise<number> {
    const minus = (a: string, b: string) => `(FROM ${a} EXCEPT ALL FROM ${b})`;
    const [row] = await this.rows(
      `SELECT count(*)::INTEGER AS n FROM (FROM ${minus(one, other)} UNION ALL FROM ${minus(other, one)})`,
    );
    return row!.n as number;
  }

  /** Writes documents into a file of the folder. */
  async write(
    file: string,
    format: Format,
    documents: readonly AnnotatedDocument[],
    options: Record<string, string> = {},
  ): Promise<void> {
    const { bytes } = await serialize(format, documents, { options });
    fs.writeFileSync(path.join(this.folder, file), bytes.get('') ?? '');
  }

  /** Writes what a query gives into a file. @param how the options of `COPY` @returns the bytes of it */
  async copy(query: string, file: string, how: string): Promise<Uint8Array> {
    await this.rows(`COPY (${query}) TO '${path.join(this.folder, file)}' (${how})`);
    return fs.readFileSync(path.join(this.folder, file));
  }

  /** Waits for a query that a test has left behind: DuckDB hangs where its connection is closed under one. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
    this.connection.closeSync();
    fs.rmSync(this.folder, { recursive: true });
  }
}
