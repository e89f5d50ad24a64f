import * as vscode from 'vscode';
import type { Level } from './levels';
import { withAlpha, withContrast } from '../../core/color';
import { DARK, LIGHT } from '../shared/icons';

/** How an entity is drawn besides its label's colour. */
export interface Look {
  readonly isReviewed: boolean;
  /** Which line it has; see `levelsOf`. */
  readonly level: Level;
  readonly style: 'background' | 'underline';
  readonly isHighContrast: boolean;
}

/** Widths of the borders of the levels; the second has its line as a background. */
const BORDERS = ['0 1px 2px 1px', '0 1px 0 1px', '2px 1px 0 1px'] as const;
const HIGH_CONTRAST_BORDERS = ['1px 1px 2px 1px', '1px 1px 0 1px', '2px 1px 0 1px'] as const;

/**
 * The decoration type of a label. What is not reviewed yet has a dashed line and a fainter tint, so the
 * two are told apart without colour too; the edges at both ends keep nested and adjacent spans apart. Lines of
 * spans that share text are at different heights, as the editor draws borders of one height over each other. All of
 * it is drawn behind the text: what the editor gives to the text itself (`color`, `textDecoration`, `before`) parts
 * a run of letters, which stand in another order then where they run from right to left.
 */
export function decorationType(color: string, look: Look): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    borderStyle: look.isReviewed ? 'solid' : 'dashed',
    borderWidth: (look.isHighContrast ? HIGH_CONTRAST_BORDERS : BORDERS)[look.level],
    borderRadius: '3px',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    light: shade(color, LIGHT, look),
    dark: shade(color, DARK, look),
  });
}

function shade(color: string, background: string, look: Look): vscode.ThemableDecorationRenderOptions {
  const line = withContrast(color, background, look.isHighContrast ? 4.5 : 3);
  const isTinted = look.style === 'background' && !look.isHighContrast;
  const tint = isTinted ? withAlpha(line, look.isReviewed ? 0.22 : 0.12) : 'transparent';
  return {
    borderColor: line,
    overviewRulerColor: withAlpha(line, look.isReviewed ? 0.6 : 0.9),
    backgroundColor: look.level === 1 ? `${tint}; ${innerLine(line, look.isReviewed)}` : tint,
  };
}

/** A line above that of level 0, which no border can be: the editor takes what follows a colour as CSS, too. */
function innerLine(color: string, isReviewed: boolean): string {
  const dash = `linear-gradient(90deg, ${color} ${isReviewed ? 100 : 60}%, transparent 0)`;
  return `background-image: ${dash}; background-size: 6px 2px; background-position: left bottom 3px; background-repeat: repeat-x`;
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
