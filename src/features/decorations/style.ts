import * as vscode from 'vscode';
import { withAlpha, withContrast } from '../../core/color';
import { DARK, LIGHT } from '../shared/icons';
import { edgesCss, labelCss, lineCss, withImages } from '../shared/span-css';
import type { Place } from './levels';

/** How an entity is drawn besides its label's colour. */
export interface Look extends Place {
  readonly isReviewed: boolean;
  readonly style: 'background' | 'underline';
  /** Whether its label stands at it. */
  readonly hasLabel: boolean;
  readonly isHighContrast: boolean;
}

/**
 * The decoration type of a label. What is not reviewed yet has a dashed line and a fainter tint, so the
 * two are told apart without colour too; the edges at both ends keep nested and adjacent spans apart. Lines of
 * spans that share text are at different heights, as lines of one height would be drawn over each other.
 */
export function decorationType(label: string, color: string, look: Look): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    borderRadius: '3px',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    light: shade(label, color, LIGHT, look),
    dark: shade(label, color, DARK, look),
  });
}

function shade(
  label: string,
  color: string,
  background: string,
  { isReviewed, level, corner, style, hasLabel, isHighContrast }: Look,
): vscode.ThemableDecorationRenderOptions {
  const line = withContrast(color, background, isHighContrast ? 4.5 : 3);
  const isTinted = style === 'background' && !isHighContrast;
  const tint = isTinted ? withAlpha(line, isReviewed ? 0.22 : 0.12) : 'transparent';
  const stroke = isReviewed ? 'solid' : 'dashed';
  const images = [...lineCss(line, stroke, level), ...edgesCss(line, stroke, isHighContrast)];
  // Letters need more contrast than lines (WCAG 1.4.3).
  const letters = withContrast(color, background, isHighContrast ? 7 : 4.5);
  return {
    overviewRulerColor: withAlpha(line, isReviewed ? 0.6 : 0.9),
    backgroundColor: withImages(tint, images, hasLabel ? labelCss(label, letters, corner) : ''),
  };
}

/** An entity whose text the article no longer has: a box where it was. */
export function brokenType(): vscode.TextEditorDecorationType {
  const color = new vscode.ThemeColor('editorWarning.foreground');
  return vscode.window.createTextEditorDecorationType({
    borderColor: color,
    borderStyle: 'dotted',
    borderWidth: '1px',
    borderRadius: '3px',
    overviewRulerColor: color,
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
}
