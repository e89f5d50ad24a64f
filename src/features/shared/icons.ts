import * as vscode from 'vscode';
import { nextColor } from '../../core/color';
import type { Corpus } from '../../workspace/corpus/corpus';

/** Backgrounds of the usual themes, against which lines must be seen (WCAG 1.4.11: 3 to 1). */
export const LIGHT = '#ffffff';
export const DARK = '#1f1f1f';

/** A label's colour as a tree or quick pick icon: a rounded square. A data URI, so that any colour will do. */
export function colorIcon(color: string): vscode.Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect x="3" y="3" width="10" height="10" rx="3" fill="${color}"/></svg>`;
  return vscode.Uri.parse('data:image/svg+xml;utf8,' + encodeURIComponent(svg));
}

/** The colour of a label; one that is not in the label set gets a colour that no label of the set has. */
export function labelColor(corpus: Corpus | undefined, name: string): string {
  const colors = corpus?.labelSet.labels.map(({ color }) => color.toLowerCase());
  return corpus?.label(name)?.color ?? nextColor(new Set(colors));
}
