import type { Entity } from '../src/core/model/entity.ts';
import type { AnnotatedDocument } from '../src/formats/shared/document.ts';
import type { Format } from '../src/formats/shared/format.ts';
import { FORMATS } from '../src/formats/index.ts';
import { Report } from '../src/formats/shared/report.ts';
import { receive, writeReadable } from '../src/formats/shared/sidecars.ts';
import { readSidecar } from '../src/core/sidecar/read.ts';
import { hashText, TextIndex } from '../src/core/text.ts';
import { processorTimeOf } from '../test/support/processor-time.ts';
import { parse, serialize, type Files } from '../test/unit/formats/support.ts';
import { result, type Aims, type Result } from './results.ts';

/** The sizes of files, in MB. */
const [SMALL, LARGE] = [1, 8];
const MEGA = 2 ** 20;
/** What is linear takes 8 times as long for 8 times as much, and a little for the memory; by the square it is 64. */
const MOST = 12;
const RUNS = 3;
/** What takes less, in ms, is too short to be compared. */
const SHORTEST = 30;
/** So many entities tell how large the file of one is. */
const SAMPLE = 500;

/** The name of the article that a document becomes. */
const ARTICLE = 'a.txt';

const TASKS = ['write', 'read', 'import'] as const;
const nameOf = (task: string, { id }: Format, size: number) => `${task} ${id}, ${size} MB`;
const ratioOf = (task: string, { id }: Format) => `${task} ${id}: ${LARGE} MB, as ${SMALL} MB`;

export const formatAims: Aims = Object.fromEntries(
  FORMATS.flatMap((format) => TASKS.map((task) => [ratioOf(task, format), MOST])),
);

/**
 * What a document takes in each format, in processor time: to be written, to be read, and to become a sidecar, which
 * is then read as `validate` does.
 */
export async function readingAndWriting(): Promise<Result[]> {
  const results: Result[] = [];
  for (const format of FORMATS) {
    console.log(`… reading and writing ${format.id}`);
    results.push(...(await measure(format)));
  }
  return results;
}

async function measure(format: Format): Promise<Result[]> {
  const sample = bytesOf(await filesOf(format, documentOf(SAMPLE))) / SAMPLE;
  const times = new Map<string, number[]>();
  const keep = (task: string, size: number, ms: number) => {
    const name = nameOf(task, format, size);
    times.set(name, [...(times.get(name) ?? []), ms]);
  };
  for (const size of [SMALL, LARGE])
    for (let run = 0; run < RUNS; run++) {
      const written = documentOf(Math.round((size * MEGA) / sample));
      let files: Files = {};
      let read = written;
      keep('write', size, await processorTimeOf(async () => (files = await filesOf(format, written))));
      keep(
        'read',
        size,
        await processorTimeOf(async () => (read = await documentIn(format, files, written))),
      );
      keep('import', size, await processorTimeOf(() => imported(read)));
    }
  return TASKS.flatMap((task) => {
    const [small, large] = [SMALL, LARGE].map((size) => times.get(nameOf(task, format, size))!);
    const ratio = Math.min(...large!) / Math.max(SHORTEST, Math.min(...small!));
    return [
      result(nameOf(task, format, SMALL), 'ms', small!),
      result(nameOf(task, format, LARGE), 'ms', large!),
      result(ratioOf(task, format), '×', [ratio]),
    ];
  });
}

async function filesOf(format: Format, document: AnnotatedDocument): Promise<Files> {
  const { bytes } = await serialize(format, [document]);
  const named = [...bytes].map(([path, content]) => [path || `a${format.extensions[0]}`, content] as const);
  return Object.fromEntries(named);
}

function bytesOf(files: Files): number {
  return Object.values(files).reduce((sum, { length }) => sum + length, 0);
}

async function documentIn(
  format: Format,
  files: Files,
  { index, entities }: AnnotatedDocument,
): Promise<AnnotatedDocument> {
  const path = Object.keys(files).find((name) => name.endsWith(format.extensions[0]))!;
  const { documents } = await parse(format, files, path, {}, () => index.raw);
  if (documents[0]?.entities.length !== entities.length)
    throw new Error(
      `${format.id}: ${documents[0]?.entities.length} of ${entities.length} entities were read`,
    );
  return documents[0];
}

async function imported(document: AnnotatedDocument): Promise<void> {
  const { name, index } = document;
  const textHash = await hashText(index.raw);
  const { sidecar } = receive(document, { article: ARTICLE, textHash, index }, new Report());
  const { problems } = readSidecar(writeReadable(sidecar, name));
  if (problems.length > 0) throw new Error(`The sidecar of ${name} has problems: ${problems[0]!.code}`);
}

/** One document on one line, with an entity in each sentence: of a few that come again, or of one that does not. */
function documentOf(size: number): AnnotatedDocument {
  const entities: Entity[] = [];
  let [text, length] = ['', 0];
  for (let i = 0; i < size; i++) {
    const name = i % 2 === 0 ? 'Ada Lovelace' : `Zoë Number ${i.toString(36)}`;
    text += `zu hören war 😀 heute ${name}. `;
    const start = length + 'zu hören war . heute '.length;
    length = start + name.length + 2;
    entities.push({ id: `e${i}`, label: 'PER', start, end: start + name.length, text: name });
  }
  return { name: 'a', index: new TextIndex(text), entities, relations: [], carried: {} };
}
