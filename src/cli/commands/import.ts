import { existsSync } from 'node:fs';
import { articleEndings } from '../../core/articles';
import { anchoredOf, annotationsOf, byId, hasRecords, withAnchored } from '../../core/model/records';
import type { AnnotatedDocument } from '../../formats/shared/document';
import { addLabels } from '../../formats/shared/label-files';
import { DocumentNames } from '../../formats/shared/document-names';
import type { NoteCode } from '../../formats/shared/note-codes';
import { about, type Report } from '../../formats/shared/report';
import { checkReadable, receive } from '../../formats/shared/sidecars';
import { addLabelsToYaml, writeLabelSet } from '../../core/labels';
import { composeSidecar } from '../../core/sidecar/compose';
import { baseName, CORPUS_YAML, isLayerName, sidecarName } from '../../core/sidecar/name';
import type { Sidecar } from '../../core/sidecar/sidecar';
import { writeSidecar } from '../../core/sidecar/write';
import { isSkipped } from '../../core/skipped';
import { quickHash, TextIndex } from '../../core/text';
import { isForYaml } from '../../core/yaml-source';
import { textOf, UsageError, type Command } from '../command';
import { ArticleReader, NO_GIT } from '../article-reader';
import { CorpusFileError, DiskCorpus, hashOf, obstacleOf, type ArticleReading } from '../corpus';
import { documentsOf, inputOf, labelsBeside } from '../documents';
import {
  exactly,
  FORMAT_OPTIONS,
  FORMAT_NAMES,
  formatOf,
  formatOptionsOf,
  reportFileOf,
  REPORT_OPTIONS,
} from '../formats';
import { deferInterrupts, letInterrupt } from '../interrupt';
import { count, exitCodesOf, PrintedReport } from '../report';
import { FolderTarget, stampOf } from '../folder-target';
import { TargetError } from '../system-error';
import { Progress } from '../terminal';

/** Reads documents of another format into a corpus. */
export const importInto: Command = {
  name: 'import',
  summary: 'Reads files of another format into a corpus',
  usage: '[--from FORMAT] IN CORPUS',
  description:
    'Each document becomes an article with a sidecar. What is there stays: an article with the same text keeps its file, entities are added to those of its sidecar, and where the article has another text, entities are looked for in it. Labels that corpus.yaml lacks are added to it. Everything is written, or nothing.',
  examples: [
    [
      '--from brat collection/ corpus/',
      'A folder of brat standoff becomes a corpus, which is made if need be.',
    ],
    ['--from brat . .', 'Sidecars for .ann files that lie beside their articles in the working directory.'],
    ['--from brat --layer ada ada/ corpus/', 'What Ada annotated, into sidecars of her own.'],
    ['--from conll2003 --into news train.conll corpus/', 'Into the folder news of the corpus.'],
    [
      '--from conll2003 --dry-run - corpus/ < train.conll',
      'Says what would become of it, and writes nothing.',
    ],
  ],
  options: [
    { name: 'from', value: 'FORMAT', description: `One of ${FORMAT_NAMES}` },
    { name: 'into', value: 'FOLDER', description: 'A folder of the corpus for the articles' },
    {
      name: 'layer',
      value: 'NAME',
      description: 'The annotator whose sidecars are written, of documents that say none',
    },
    { name: 'dry-run', description: 'Writes nothing' },
    NO_GIT,
    ...REPORT_OPTIONS,
    ...FORMAT_OPTIONS,
  ],
  exitCodes: exitCodesOf('imported'),

  async run(words, values) {
    const [named, root] = exactly(words, 2, 'what is read and the folder of a corpus, IN CORPUS') as [
      string,
      string,
    ];
    const folder = folderOf(textOf(values, 'into'));
    const layer = layerOf(textOf(values, 'layer'));
    const isQuiet = values.quiet === true;
    const corpus = new DiskCorpus(root);
    const yamlError = corpus.yamlProblems.find(({ severity }) => severity === 'error');
    if (yamlError) throw new CorpusFileError(corpus.shown(CORPUS_YAML), corpus.yaml ?? '', yamlError);
    const reportFile = reportFileOf(values);
    const input = inputOf(named, formatOf(values, 'from'));
    const options = formatOptionsOf(values, [input.format]);
    const printed = new PrintedReport(reportFile, isQuiet);
    if (named !== '-') deferInterrupts();
    const target = values['dry-run'] ? undefined : new FolderTarget(root, false);
    const progress = new Progress('documents', isQuiet);
    try {
      const importer = new Importer(
        corpus,
        new ArticleReader(corpus, values),
        folder,
        target,
        printed.report,
      );
      const textOf = (name: string) => importer.textOf(name);
      const context = { report: printed.report, options, textOf };
      for await (const document of documentsOf(input, context)) {
        await importer.add(layer === '' || document.layer ? document : { ...document, layer });
        progress.tick();
        await letInterrupt();
        await target?.rest();
      }
      importer.addLabels(labelsBeside(input, context));
      return await printed.finish(target, target ? 'Imported' : 'Would import', values.strict === true);
    } catch (error) {
      await target?.abort();
      printed.close();
      throw error;
    }
  },
};

/** A folder of the corpus as a prefix of paths. @throws UsageError */
function folderOf(named: string | undefined): string {
  const parts = (named ?? '').split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  if (named?.startsWith('/') || parts.some(isSkipped))
    throw new UsageError(`--into takes a folder in the corpus, not ${named}.`);
  return parts.map((part) => `${part}/`).join('');
}

/** The layer that is asked for; empty for the shared one. @throws UsageError */
function layerOf(named = ''): string {
  if (!isLayerName(named))
    throw new UsageError(`--layer takes a name without points and slashes, not ${named}.`);
  return named;
}

class Importer {
  private readonly names: DocumentNames;
  private readonly labels = new Set<string>();
  /** See {@link articleEndings}. */
  private readonly endings: readonly string[];
  private readonly yamlStamp: string | undefined;
  /** Of documents with layers: what they are called, and what tells their text, once there is an article of it. */
  private readonly layered = new Map<string, { readonly name: string; readonly text: number | undefined }>();
  /** Whether nothing is there yet: then nothing is looked for. */
  private readonly isNew: boolean;

  constructor(
    private readonly corpus: DiskCorpus,
    private readonly reader: ArticleReader,
    private readonly prefix: string,
    private readonly target: FolderTarget | undefined,
    private readonly report: Report,
  ) {
    this.names = new DocumentNames(report);
    this.isNew = target?.isNew ?? !existsSync(corpus.root);
    this.yamlStamp = stampOf(corpus.file(CORPUS_YAML));
    this.endings = articleEndings(corpus.labelSet.articles, this.isNew ? [] : corpus.articles());
  }

  async add(document: AnnotatedDocument): Promise<void> {
    const { layer } = document;
    const text = wellFormed(document.index.raw);
    const known = layer === undefined ? undefined : this.layered.get(document.name);
    if (known?.text !== undefined && known.text !== quickHash(text))
      return this.leave(document, 'layer-text');
    const name = known?.name ?? this.prefix + this.names.take(document.name);
    if (layer !== undefined && !known) this.layered.set(document.name, { name, text: undefined });
    const path = this.pathOf(name);
    const article = baseName(path);
    const sidecarPath = sidecarName(path, layer);
    // What is called as the article and the annotator has the same sidecar.
    const other = layer && this.pathsOf(`${name}.${layer}`).find((one) => existsSync(this.corpus.file(one)));
    if (other) return this.leave(document, 'layer-name', { name: other });
    const stamp = this.isNew ? undefined : stampOf(this.corpus.file(sidecarPath));
    const there = this.isThere(path) ? await this.read(path, layer) : undefined;
    if (!there && stamp !== undefined)
      throw new TargetError(
        `${this.corpus.shown(sidecarPath)} is there without its article ${article}; nothing was written. Bring the article back, or delete the sidecar`,
      );
    const index = there?.index ?? (text === document.index.raw ? document.index : new TextIndex(text));
    const textHash = there?.textHash ?? hashOf(index.raw);
    const old = there?.sidecar && this.current(name, there, textHash);
    const { sidecar } = receive({ ...document, name }, { article, textHash, index, old }, this.report);
    for (const { label } of document.entities) this.labels.add(label);
    const isKnown = known?.text !== undefined;
    if (!there && !isKnown) this.target?.write({ path, content: index.raw });
    if (layer !== undefined) this.layered.set(document.name, { name, text: quickHash(text) });
    // All layers of an article are one document.
    if (isKnown) this.report.documents--;
    const isEmpty = !hasRecords(sidecar) && sidecar.status === 'open' && sidecar.frame.tail.length === 0;
    if (isEmpty && !there?.sidecar) return;
    this.write(sidecarPath, writeSidecar(sidecar), there?.sidecar && there.source, stamp, name);
  }

  /** Tells that what an annotator did is left out, and why. */
  private leave({ name, layer = '' }: AnnotatedDocument, code: NoteCode, values = {}): void {
    this.report.add({ kind: 'invalid', code, document: name, values: { layer, ...values } });
  }

  /** The text of the article of a name, where there is one. */
  async textOf(name: string): Promise<string | undefined> {
    // A name may come from a stranger's file; only what stays within the corpus is one of its articles.
    if (name.split(/[\\/]/).some((part) => part === '' || isSkipped(part))) return undefined;
    const path = this.pathsOf(this.prefix + name).find((path) => this.isThere(path));
    return path === undefined ? undefined : (await this.read(path)).index.raw;
  }

  /** Adds the labels that the corpus lacks to its label set. @param specs those of the format's own files */
  addLabels(specs: ReturnType<typeof labelsBeside>): void {
    const { corpus } = this;
    // Where nothing is annotated yet, the built-in labels serve nobody.
    const known = corpus.yaml === undefined && !corpus.hasSidecars() ? [] : corpus.labelSet.labels;
    const wanted = [...specs, ...[...this.labels].sort().map((name) => ({ name }))];
    const labels = addLabels(wanted, known, { report: this.report });
    const added = labels.slice(known.length);
    if (added.length === 0) return;
    const anew = writeLabelSet(labels);
    if (!isForYaml(anew))
      throw new TargetError(
        `${corpus.shown(CORPUS_YAML)} cannot hold ${count(labels.length, 'label')}: it would be too big to be read again. Nothing was written`,
      );
    const source = corpus.yaml === undefined ? anew : addLabelsToYaml(corpus.yaml, added);
    if (source === undefined)
      throw new TargetError(
        `${corpus.shown(CORPUS_YAML)} is written so that no label can be added to it; add ${added.map(({ name }) => name).join(', ')} by hand. Nothing was written`,
      );
    this.write(CORPUS_YAML, source, corpus.yaml, this.yamlStamp);
  }

  /** Where the article of a name is, or will be. */
  private pathOf(name: string): string {
    const paths = this.pathsOf(name);
    const [first] = paths;
    if (first === undefined)
      throw new TargetError(
        `${name}.txt would be no article: corpus.yaml says ${this.corpus.labelSet.articles.join(', ')}. Nothing was written`,
      );
    return paths.find((path) => this.isThere(path)) ?? first;
  }

  private isThere(path: string): boolean {
    return !this.isNew && existsSync(this.corpus.file(path));
  }

  private pathsOf(name: string): string[] {
    return this.endings.map((ending) => name + ending).filter((path) => this.corpus.isArticle(path));
  }

  private async read(path: string, layer?: string): Promise<ArticleReading> {
    const reading = await this.reader.read(path, layer);
    const obstacle = obstacleOf(reading);
    if (obstacle)
      throw new CorpusFileError(this.corpus.shown(obstacle.path), obstacle.source, obstacle.problem);
    return reading;
  }

  /** The sidecar that is there, for the article as it is now. */
  private current(document: string, reading: ArticleReading, textHash: string): Sidecar {
    const { sidecar, index, article } = reading;
    const { frame, textHash: said } = sidecar!;
    if (said === textHash) return sidecar!;
    const was = byId(sidecar!.entities);
    reading.entities.forEach((entity) => {
      const { start, end } = was.get(entity.id)!;
      if (!entity.broken && start === entity.start && end === entity.end) return;
      const code = entity.broken ? 'place-unknown' : 'span-moved';
      this.report.add({ kind: 'changed', code, document, ...about(entity) });
    });
    const now = withAnchored(annotationsOf(sidecar), anchoredOf(reading));
    return composeSidecar(now, index, { article, textHash, frame }, sidecar);
  }

  /**
   * @param old what is there, and its stamp; `undefined` where nothing is
   * @param sidecarOf the document that it is the sidecar of, if it is one
   */
  private write(
    path: string,
    content: string,
    old: string | undefined,
    stamp: string | undefined,
    sidecarOf?: string,
  ): void {
    if (content === old) return;
    if (!this.target) {
      if (sidecarOf !== undefined) checkReadable(content, sidecarOf);
    } else if (stamp === undefined) this.target.write({ path, content, sidecarOf });
    else this.target.replace(path, content, stamp, sidecarOf);
  }
}

/** A text that UTF-8 can hold: half a character becomes U+FFFD. */
function wellFormed(text: string): string {
  return /\p{Surrogate}/u.test(text) ? Buffer.from(text).toString() : text;
}
