import * as vscode from 'vscode';
import { labelPlaces, type LabelPlace } from '../../core/label-rename';
import type { CorpusStore } from '../../workspace/store';

/**
 * `F2` on the name of a label in `corpus.yaml`. The editor asks for the new name; what it would do then, an edit
 * without a list or one undo for all files, is left to the command.
 */
export class LabelRenames implements vscode.RenameProvider {
  constructor(private readonly store: CorpusStore) {}

  async prepareRename(document: vscode.TextDocument, position: vscode.Position) {
    await this.store.catalog.ready;
    const place = this.corpusOf(document) && placeAt(document, position);
    // Another extension may know what else can be renamed here.
    if (!place) throw new Error(vscode.l10n.t('Only a label is renamed here: put the cursor on its name.'));
    if (document.isDirty) throw new Error(vscode.l10n.t('Save this file first: renaming a label writes it.'));
    return { range: rangeOf(document, place), placeholder: place.name };
  }

  provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    to: string,
  ): vscode.WorkspaceEdit | undefined {
    const corpus = this.corpusOf(document);
    const from = placeAt(document, position)?.name;
    if (!corpus || from === undefined) return undefined;
    // Not waited for: it shows a list, and the editor would tell meanwhile that it is still renaming.
    void vscode.commands.executeCommand('corpusAnnotator.renameLabel', { from, to, root: corpus.root });
    return new vscode.WorkspaceEdit();
  }

  private corpusOf({ uri }: vscode.TextDocument) {
    return this.store.catalog.corpora.find((corpus) => corpus.yamlUri.toString() === uri.toString());
  }
}

function placeAt(document: vscode.TextDocument, position: vscode.Position): LabelPlace | undefined {
  return labelPlaces(document.getText()).find((place) => rangeOf(document, place).contains(position));
}

function rangeOf(document: vscode.TextDocument, { start16, end16 }: LabelPlace): vscode.Range {
  return new vscode.Range(document.positionAt(start16), document.positionAt(end16));
}
