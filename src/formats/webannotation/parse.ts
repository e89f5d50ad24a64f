import { TextIndex } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import { FormatError, optionOf, type Context, type Format, type SourceFile } from '../shared/format';
import { isObject, parseJson, type JsonObject } from '../shared/json';
import { nameOfFile, DocumentNames } from '../shared/document-names';
import {
  addressOf,
  hasType,
  idOf,
  inOtherTerms,
  listOf,
  readContainer,
  shown,
  type Container,
} from './container';
import { Reader, type AddNote, type Annotation } from './reader';
import { readTarget, type Target } from './selectors';

/** The documents of a file of annotations: one for each text that they are about. */
export function* parseWebAnnotation(
  format: Pick<Format, 'id' | 'options' | 'title' | 'extensions'>,
  file: SourceFile,
  { report, options }: Context,
): Generator<AnnotatedDocument> {
  const { title, extensions } = format;
  const unit = optionOf(format, 'offsets', options) === 'utf-16' ? 'utf-16' : 'python';
  const chosen = options.offsets === undefined ? undefined : unit;
  const note: AddNote = (kind, code, values, document) =>
    report.add({ kind, code, document, label: values?.label, file: file.path, values });
  const container = readContainer(parseJson(file.text(), file.path), file.path, title);
  for (const id of container.missing) note('invalid', 'reference-missing', { id });
  const { bySource, about } = sortOut(container, note);
  if (container.items.length > 0 && bySource.size + about.length === 0) throw inOtherTerms(file.path);
  const stem = nameOfFile(file.path.slice(file.path.lastIndexOf('/') + 1), extensions);
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const names = new DocumentNames(report);
  const claimed = new Set<JsonObject>();
  let found = 0;
  for (const [source, annotations] of bySource) {
    const named = fileNameOf(source);
    const embedded = annotations.flatMap(({ targets }) => targets.flatMap(({ text }) => text ?? []))[0];
    const article = file.sibling(named) ?? (bySource.size === 1 ? file.sibling(`${stem}.txt`) : undefined);
    const raw = article?.text() ?? embedded;
    if (raw === undefined) {
      if (bySource.size === 1) throw new FormatError('text-missing', { file: file.path }, { name: named });
      note('invalid', 'reference-missing', { id: source });
      continue;
    }
    const name = bySource.size === 1 ? folder + stem : names.take(folder + nameOfFile(named, ['.txt']));
    const reader = new Reader(name, new TextIndex(raw), article?.hasMark ?? false, note, chosen);
    yield reader.read(annotations, about, container.frame, source, claimed);
    found++;
  }
  for (const { value } of about)
    if (!claimed.has(value))
      note('invalid', 'reference-missing', { id: addressOf(listOf(value.target)[0]!) ?? '' });
  if (found > 0) return;
  if (bySource.size > 0)
    throw new FormatError(
      'text-missing',
      { file: file.path },
      { name: fileNameOf([...bySource.keys()][0]!) },
    );
  // No annotation, but a text: that there are none is known of it.
  const article = file.sibling(`${stem}.txt`);
  if (!article) throw new FormatError('text-missing', { file: file.path }, { name: `${stem}.txt` });
  const index = new TextIndex(article.text());
  yield new Reader(folder + stem, index, article.hasMark, note).read([], [], container.frame, '', claimed);
}

/** Annotations of texts by their texts, and those that are about other annotations. */
function sortOut({ items }: Container, note: AddNote) {
  const ids = new Set<string>();
  const all: (Omit<Annotation, 'targets'> & { readonly value: JsonObject })[] = [];
  for (const value of items) {
    const id = isObject(value) ? idOf(value) : undefined;
    if (!isObject(value) || !hasType(value, 'Annotation'))
      note('invalid', 'value-malformed', { source: shown(value) });
    else if (id !== undefined && ids.has(id)) note('invalid', 'duplicate', { id });
    else {
      if (id !== undefined) ids.add(id);
      all.push({ value, id });
    }
  }
  const bySource = new Map<string, Annotation[]>();
  const about: Annotation[] = [];
  for (const { value, id } of all) {
    const targets = listOf(value.target);
    const read = targets.flatMap((target) => readTarget(target) ?? []);
    const isAbout = targets.some((target) => ids.has(addressOf(target) ?? ''));
    if (isAbout) about.push({ value, id, targets: [] });
    else if (read.length === 0) note('invalid', 'value-malformed', { source: shown(value) });
    else {
      const [{ source }] = read as [Target];
      const annotation = { value, id, targets: read };
      const others = bySource.get(source);
      if (source === '') note('invalid', 'reference-missing', { id: shown(targets[0]) });
      else if (others) others.push(annotation);
      else bySource.set(source, [annotation]);
    }
  }
  return { bySource, about };
}

/** The name of the file that is at an address. */
function fileNameOf(source: string): string {
  const name =
    source
      .replace(/[?#].*$/, '')
      .split(/[/\\]/)
      .findLast(Boolean) ?? source;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
