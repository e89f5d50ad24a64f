import * as vscode from 'vscode';
import type { Format } from '../../formats/shared/format';
import type { Watch } from '../../workspace/steps/watch';
import { loadFormats } from '#formats';
import type { CorpusStore } from '../../workspace/store';
import { planImport, type ImportPlan } from '../../workspace/transfer/import-plan';
import { writeImport, type ImportOutcome } from '../../workspace/transfer/import-write';
import { TransferLog, type Failure } from '../../workspace/transfer/log';
import { inputsFor, recognizeInputs } from '../../workspace/transfer/recognize';
import { inputsOf, type DroppedFile, type Input } from '../../workspace/transfer/input-files';
import { countArticles, countDocuments, countEntities } from '../shared/counts';
import { say, showWarning } from '../shared/messages';
import { withProgress } from '../shared/progress';
import { chooseSource, type FormatChoice, type Options } from './choose-format';
import { chooseFolder, chooseInputs } from './choose-places';
import { finish, type Summary } from './finish';
import { failureMessage } from './messages';
import { confirmImport } from './preview';
import { reportText } from './report';
import type { Reports } from './reports';

export interface ImportArgument {
  /** The id of the format; told from the files where it is missing. */
  readonly from?: string;
  /** Of the format. */
  readonly options?: Options;
  /** What is imported, files and folders; asked where it is missing. */
  readonly files?: readonly (vscode.Uri | string | DroppedFile)[];
  /** The folder of the corpus where articles belong. */
  readonly folder?: vscode.Uri | string;
  /** Whether to show what would be done, and ask; as where it is missing. */
  readonly preview?: boolean;
  /** Whether labels that corpus.yaml lacks are added to it, where nothing is asked. */
  readonly addLabels?: boolean;
  /** Stops it, as the person can. */
  readonly token?: vscode.CancellationToken;
}

/** Imports files of another tool. @returns `undefined` where the person wanted none of it */
export async function importFiles(
  store: CorpusStore,
  reports: Reports,
  argument: ImportArgument = {},
): Promise<Summary | undefined> {
  const { t } = vscode.l10n;
  await store.catalog.ready;
  if (store.catalog.corpora.length === 0) return void say(t('Open the folder of your articles first.'));
  const named = argument.files?.map((file) =>
    typeof file === 'string' ? vscode.Uri.parse(file, true) : file,
  );
  const sources = named ?? (await chooseInputs());
  if (!sources || sources.length === 0) return undefined;
  const look = async ({ token }: Watch) => {
    const links: Failure[] = [];
    const inputs = await inputsOf(sources, (uri, path) => links.push({ uri, path, error: 'linked-folder' }));
    const likely = argument.from === undefined ? await recognizeInputs(inputs) : [];
    return token?.isCancellationRequested ? undefined : { inputs, links, likely };
  };
  const read = await withProgress(t('Looking at the files'), look, argument.token);
  if (!read) return undefined;
  const choice = await formatOf(argument, read.likely);
  if (!choice) return undefined;
  const isFolder =
    read.inputs.some(({ path }) => path.includes('/')) || read.inputs.length !== sources.length;
  const inputs = await inputsFor(choice.format, read.inputs, isFolder);
  if (inputs.length === 0) return warn(t('There is no file of the format {0} there.', choice.format.title));
  const folder = await folderOf(store, argument, sources, inputs);
  const corpus = folder && store.catalog.corpusAt(vscode.Uri.joinPath(folder, 'x'));
  if (!folder || !corpus) return undefined;
  // In a folder, most files are of something else; those that were named are meant.
  const others = [...read.links, ...(isFolder ? [] : othersAmong(read.inputs, inputs, choice.format))];
  const plan = await withProgress(
    t('Reading {0}', choice.format.title),
    (watch) => planImport(store, { ...choice, inputs, others, corpus, folder }, watch),
    argument.token,
  );
  return plan && decide(store, reports, argument, plan);
}

async function decide(
  store: CorpusStore,
  reports: Reports,
  { preview = true, addLabels = false, token }: ImportArgument,
  plan: ImportPlan,
): Promise<Summary | undefined> {
  const { t } = vscode.l10n;
  const { title } = plan.format;
  const name = t('Import of {0}', title);
  if (plan.documents.length === 0) {
    const report = reports.add(name, reportText(t('Nothing was imported from {0}', title), [], plan.reading));
    const [failure] = plan.reading.failures;
    const why = failure ? failureMessage(failure.error) : t('the files hold no document');
    return finish(reports, report, plan.reading, t('Nothing was imported ({0})', why.replace(/\.$/, '')));
  }
  const showNotes = () => {
    const whole = new TransferLog();
    whole.add(plan.reading);
    whole.add(plan.preview);
    const head = t('What an import of {0} would do; nothing is written yet', title);
    void reports.show(reports.add(t('Preview of {0}', title), reportText(head, countsOf(plan), whole)));
  };
  const decision = preview ? await confirmImport(plan, showNotes) : { addsLabels: addLabels };
  if (!decision) return undefined;
  const outcome = await withProgress(
    t('Importing {0}', countDocuments(plan.documents.length)),
    (watch) => writeImport(store, plan, name, { ...watch, ...decision }),
    token,
  );
  const counts = outcomeCounts(outcome);
  const report = reports.add(name, reportText(name, counts, outcome.log));
  const message = t(
    'Imported {0} with {1} from {2}',
    countDocuments(outcome.log.report.documents),
    countEntities(outcome.log.report.entities),
    title,
  );
  return finish(reports, report, outcome.log, message);
}

function countsOf({ documents, labels }: ImportPlan): string[] {
  const added = documents.reduce((sum, one) => sum + one.added, 0);
  return [`${countDocuments(documents.length)}, ${countEntities(added)}`, ...countsByLabel(labels)];
}

function countsByLabel(labels: ReadonlyMap<string, number>): string[] {
  const counts = [...labels].sort(([, a], [, b]) => b - a).map(([label, count]) => `${label} ${count}`);
  return counts.length > 0 ? [vscode.l10n.t('By label: {0}', counts.join(', '))] : [];
}

function outcomeCounts(outcome: ImportOutcome): string[] {
  const { t } = vscode.l10n;
  const { log, labels, newArticles, changedArticles, addedLabels } = outcome;
  const { documents, entities, relations } = log.report;
  return [
    t('{0}, {1} added', countDocuments(documents), countEntities(entities)),
    ...(relations > 0 ? [t('Relations added: {0}', relations)] : []),
    newArticles === 1 ? t('1 new article') : t('{0} new articles', newArticles),
    ...(changedArticles > 0 ? [t('Entities added to {0} there before', countArticles(changedArticles))] : []),
    ...countsByLabel(labels),
    ...(addedLabels.length > 0 ? [t('Labels added to corpus.yaml: {0}', addedLabels.join(', '))] : []),
  ];
}

/** Of files that were named, those that are neither of a format nor beside one that is. */
function othersAmong(named: readonly Input[], inputs: readonly Input[], format: Format): Failure[] {
  const stemOf = ({ path }: Input) => path.replace(/\.[^./]*$/, '');
  const stems = new Set(inputs.map(stemOf));
  const labelFiles = new Set(format.labelFiles?.names);
  return named
    .filter((one) => !stems.has(stemOf(one)) && !labelFiles.has(one.path))
    .map(({ uri, path }) => ({ uri, path, error: 'other-format' }));
}

async function formatOf(
  { from, options = {} }: ImportArgument,
  likely: Parameters<typeof chooseSource>[0],
): Promise<FormatChoice | undefined> {
  if (from === undefined) return chooseSource(likely);
  const { formatById } = await loadFormats();
  const format: Format | undefined = formatById(from);
  if (format) return { format, options };
  return warn(vscode.l10n.t('There is no format “{0}” to import from.', from));
}

/** Where articles belong: what was said; where the files are, if that is in a corpus; else the person is asked. */
async function folderOf(
  store: CorpusStore,
  { folder, preview }: ImportArgument,
  sources: readonly (vscode.Uri | DroppedFile)[],
  inputs: readonly Input[],
): Promise<vscode.Uri | undefined> {
  if (folder !== undefined) return typeof folder === 'string' ? vscode.Uri.parse(folder, true) : folder;
  const [source] = sources;
  if (source instanceof vscode.Uri && sources.length === 1 && store.catalog.corpusAt(source)) {
    const isFile = inputs[0]?.uri?.toString() === source.toString();
    return isFile ? vscode.Uri.joinPath(source, '..') : source;
  }
  return chooseFolder(store, preview !== false);
}

function warn(message: string): undefined {
  void showWarning(message);
  return undefined;
}
