import * as vscode from 'vscode';
import { disk } from '#disk';
import { decodeUtf8 } from '../../core/text';
import { say } from '../shared/messages';
import type { ReportLink, ReportText } from './report';

const SCHEME = 'corpus-report';
/** Its long lines are wrapped, see package.json. */
const LANGUAGE = 'corpus-report';
/** How many reports can be looked at. */
const MOST_KEPT = 20;

/**
 * The reports of imports and exports, as read-only documents whose places are links. They are kept in the
 * extension's storage, so that the last ones can be looked at after the window was closed.
 */
export class Reports
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.DefinitionProvider
{
  /** By the path of their document. */
  private readonly reports = new Map<string, ReportText>();
  private readonly folder: vscode.Uri;
  /** What is being kept. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(storage: vscode.Uri) {
    this.folder = vscode.Uri.joinPath(storage, 'reports');
  }

  register(): vscode.Disposable {
    const { workspace, languages } = vscode;
    const selector = { scheme: SCHEME };
    return vscode.Disposable.from(
      workspace.registerTextDocumentContentProvider(SCHEME, this),
      languages.registerDocumentLinkProvider(selector, this),
      languages.registerDefinitionProvider(selector, this),
    );
  }

  /** Keeps a report. @param name of its tab */
  add(name: string, report: ReportText): vscode.Uri {
    // In the order of time, and of no report of another window.
    const id = `${Date.now().toString(36).padStart(9, '0')}${Math.random().toString(36).slice(2, 6)}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${id}/${name}.txt` });
    this.reports.set(uri.path, report);
    this.writing = this.writing.then(() => this.keep(uri.path, report)).catch(() => undefined);
    return uri;
  }

  /** Shows a report, or the last one. */
  async show(uri?: vscode.Uri): Promise<void> {
    const shown = uri ?? (await this.last());
    if (!shown) return say(vscode.l10n.t('Nothing was imported or exported here yet.'));
    const plain = await vscode.workspace.openTextDocument(shown);
    const document = await vscode.languages.setTextDocumentLanguage(plain, LANGUAGE);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const report = await this.find(path);
    return report?.text ?? vscode.l10n.t('This report is gone: the last {0} are kept.', MOST_KEPT);
  }

  async provideDocumentLinks({ uri }: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const links = (await this.find(uri.path))?.links ?? [];
    return links.map((link) => new vscode.DocumentLink(link.range, targetOf(link)));
  }

  async provideDefinition(
    { uri }: vscode.TextDocument,
    at: vscode.Position,
  ): Promise<vscode.Location | undefined> {
    const links = (await this.find(uri.path))?.links;
    const link = links?.find(({ range }) => range.start.line === at.line);
    return link && new vscode.Location(link.uri, link.place ?? new vscode.Range(0, 0, 0, 0));
  }

  private async last(): Promise<vscode.Uri | undefined> {
    const path = [...this.reports.keys()].at(-1);
    if (path !== undefined) return vscode.Uri.from({ scheme: SCHEME, path });
    const name = (await this.names()).at(-1);
    const kept = name === undefined ? undefined : await this.read(name);
    return kept && vscode.Uri.from({ scheme: SCHEME, path: kept.path });
  }

  private async find(path: string): Promise<ReportText | undefined> {
    const known = this.reports.get(path);
    if (known) return known;
    const [, id = ''] = path.split('/');
    const kept = await this.read(`${id}.json`);
    return kept?.path === path ? kept.report : undefined;
  }

  /** The files of those that are kept, the oldest first. */
  private async names(): Promise<string[]> {
    const [names = []] = await disk.list([this.folder]);
    return names.filter((name) => /^[0-9a-z]+\.json$/.test(name));
  }

  private async keep(path: string, { text, links }: ReportText): Promise<void> {
    const [, id = ''] = path.split('/');
    const kept: Kept = {
      path,
      text,
      links: links.map(({ range, uri, place }) => ({
        uri: uri.toString(),
        range: numbersOf(range),
        ...(place && { place: numbersOf(place) }),
      })),
    };
    await disk.makeFolder(this.folder);
    await disk.keep(this.uriOf(`${id}.json`), new TextEncoder().encode(JSON.stringify(kept)));
    for (const old of (await this.names()).slice(0, -MOST_KEPT))
      await disk.remove(this.uriOf(old), () => Promise.resolve(true));
  }

  private async read(name: string): Promise<{ path: string; report: ReportText } | undefined> {
    try {
      const bytes = await disk.read(this.uriOf(name));
      const { path, text, links } = JSON.parse((bytes && decodeUtf8(bytes)) ?? '{}') as Kept;
      const report = links.map(({ uri, range, place }): ReportLink => {
        const where = place && new vscode.Range(...place);
        return { uri: vscode.Uri.parse(uri, true), range: new vscode.Range(...range), place: where };
      });
      return { path, report: { text, links: report } };
    } catch {
      // None, or not one of ours.
      return undefined;
    }
  }

  private uriOf(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, name);
  }
}

/** A report in the storage. */
interface Kept {
  readonly path: string;
  readonly text: string;
  readonly links: readonly { readonly uri: string; readonly range: Numbers; readonly place?: Numbers }[];
}

/** A range: lines and characters of its start and end. */
type Numbers = readonly [number, number, number, number];

function numbersOf({ start, end }: vscode.Range): Numbers {
  return [start.line, start.character, end.line, end.character];
}

/** The editor selects what the fragment says. */
function targetOf({ uri, place }: ReportLink): vscode.Uri {
  if (!place) return uri;
  const { start, end } = place;
  const to = place.isEmpty ? '' : `-${end.line + 1},${end.character + 1}`;
  return uri.with({ fragment: `L${start.line + 1},${start.character + 1}${to}` });
}
