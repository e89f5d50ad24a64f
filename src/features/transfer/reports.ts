import * as vscode from 'vscode';
import { say } from '../shared/messages';
import type { ReportLink, ReportText } from './report';

const SCHEME = 'corpus-report';
/** How many reports of this window can be looked at. */
const MOST_KEPT = 20;

/** The reports of imports and exports, as read-only documents whose places are links. */
export class Reports
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.DefinitionProvider
{
  private readonly reports = new Map<string, ReportText>();
  private count = 0;

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
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${++this.count}/${name}.txt` });
    this.reports.set(uri.path, report);
    const [oldest] = this.reports.keys();
    if (this.reports.size > MOST_KEPT && oldest !== undefined) this.reports.delete(oldest);
    return uri;
  }

  /** Shows a report, or the last one. */
  async show(uri = this.last): Promise<void> {
    if (!uri) return say(vscode.l10n.t('Nothing was imported or exported in this window yet.'));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  private get last(): vscode.Uri | undefined {
    const path = [...this.reports.keys()].at(-1);
    return path === undefined ? undefined : vscode.Uri.from({ scheme: SCHEME, path });
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return (
      this.reports.get(path)?.text ??
      vscode.l10n.t('This report is gone: reports are kept while the window is open. Save one to keep it.')
    );
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return (this.reports.get(uri.path)?.links ?? []).map(
      (link) => new vscode.DocumentLink(link.range, targetOf(link)),
    );
  }

  provideDefinition({ uri }: vscode.TextDocument, at: vscode.Position): vscode.Location | undefined {
    const link = this.reports.get(uri.path)?.links.find(({ range }) => range.start.line === at.line);
    return link && new vscode.Location(link.uri, link.place ?? new vscode.Range(0, 0, 0, 0));
  }
}

/** The editor selects what the fragment says. */
function targetOf({ uri, place }: ReportLink): vscode.Uri {
  if (!place) return uri;
  const { start, end } = place;
  const to = place.isEmpty ? '' : `-${end.line + 1},${end.character + 1}`;
  return uri.with({ fragment: `L${start.line + 1},${start.character + 1}${to}` });
}
