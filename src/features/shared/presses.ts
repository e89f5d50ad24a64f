import * as vscode from 'vscode';
import { ARTICLE_LANGUAGE } from './language-id';
import { registerCommand } from './command';

/** Where a key was pressed: the active editor, and what was selected in it. */
export interface Press {
  readonly editor: vscode.TextEditor | undefined;
  readonly selections: readonly vscode.Selection[];
}

/** What an action has begun that the next press need not wait for: a write, a question. */
export interface Acted {
  readonly rest: PromiseLike<unknown>;
}

type Selections = readonly vscode.Selection[];

/** What was asked of the window last, until it has done so; and what it has told of that editor meanwhile. */
let wanted: { editor: vscode.TextEditor; selections: Selections; told?: Selections } | undefined;
/** How often a person has clicked in an editor, as far as the window has told. */
const clicks = new WeakMap<vscode.TextEditor, number>();
/** What a press that is handled now knew of clicks in its editor. */
let turn: { editor: vscode.TextEditor; clicks: number } | undefined;
/** How often a press has moved the cursor. */
let moves = 0;
let presses = 0;
let last: Promise<unknown> = Promise.resolve();
/** How long the editor's own keys wait their turn after the last press, in ms. */
const PAUSE = 1000;
let pause: ReturnType<typeof setTimeout> | undefined;

/** The cursor as who presses a key now means it. */
export function pressNow(): Press {
  const editor = vscode.window.activeTextEditor ?? onlyArticle();
  const selections = editor?.selections ?? [];
  // What the window still tells of an earlier selection does not count; what somebody else has selected since does.
  const isEarlier = wanted?.editor === editor && wanted?.told && isSame(wanted.told, selections);
  return { editor, selections: isEarlier ? wanted!.selections : selections };
}

/** The article that is shown beside what is no editor, such as the first steps, whose buttons are about it. */
function onlyArticle(): vscode.TextEditor | undefined {
  const [article, ...others] = vscode.window.visibleTextEditors.filter(
    ({ document }) => document.languageId === ARTICLE_LANGUAGE,
  );
  return others.length === 0 ? article : undefined;
}

function isSame(a: Selections, b: Selections): boolean {
  return a.length === b.length && a.every((selection, i) => selection.isEqual(b[i]!));
}

/** Whether a person has clicked somewhere after the press that is handled now: the cursor stays there. */
function isOvertaken(editor: vscode.TextEditor | undefined): boolean {
  return editor !== undefined && editor === turn?.editor && clicksIn(editor) !== turn.clicks;
}

function clicksIn(editor: vscode.TextEditor): number {
  return clicks.get(editor) ?? 0;
}

/** Lets a click count as what came last, also where the window does what was asked of it before after that. */
export function followClicks(): vscode.Disposable {
  return vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
    if (kind !== vscode.TextEditorSelectionChangeKind.Mouse) return;
    clicks.set(textEditor, clicksIn(textEditor) + 1);
    if (wanted?.editor === textEditor && !isSame(wanted.selections, selections))
      void select(textEditor, selections);
  });
}

/** Selects for the presses that come, at once. @returns when the window has it */
export async function selectNow(editor: vscode.TextEditor, selections: Selections): Promise<void> {
  if (!isOvertaken(editor)) await select(editor, selections);
}

function select(editor: vscode.TextEditor, selections: Selections): Promise<void> {
  moves++;
  const mine: typeof wanted = { editor, selections };
  wanted = mine;
  const telling = vscode.window.onDidChangeTextEditorSelection((event) => {
    if (event.textEditor !== editor) return;
    mine.told = event.selections;
    if (wanted === mine && isSame(event.selections, selections)) wanted = undefined;
  });
  editor.selections = selections;
  // What is asked of the window is done in order: after this it has selected, and told so.
  return keepPressing().finally(() => {
    telling.dispose();
    if (wanted === mine) wanted = undefined;
  });
}

/** Moves the cursor by a command of the editor. */
export async function moveBy(command: string): Promise<void> {
  if (isOvertaken(vscode.window.activeTextEditor)) return;
  await vscode.commands.executeCommand(command);
  // The window has told of this, and so of what it was asked before.
  wanted = undefined;
  moves++;
}

/**
 * Whether the editor's own keys for the cursor wait their turn behind ours. The window itself says so as one of ours is
 * pressed; it is taken back when no press has been on its way for long, else it could overtake one.
 */
async function keepPressing(): Promise<void> {
  clearTimeout(pause);
  await setPressing(true);
  clearTimeout(pause);
  pause = setTimeout(() => void endPressing(), PAUSE);
}

async function endPressing(): Promise<void> {
  const before = presses;
  // What was pressed before the window answers has come by then, also where the host stood still meanwhile.
  await setPressing(true);
  if (presses === before) await setPressing(false);
}

async function setPressing(isPressing: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'corpusAnnotator.pressing', isPressing);
}

/**
 * Runs what a press asks for when those before it have acted. Keys may come faster than articles open and cursors
 * move: each acts on the text and the selection as they were when it was pressed, or as the presses before it have left them.
 * @returns when it is all done
 */
export async function inTurn(
  action: (at: Press) => Promise<Acted | void> | Acted | void,
  at = pressNow(),
): Promise<void> {
  const movesBefore = moves;
  const { editor } = at;
  const mine = editor && { editor, clicks: clicksIn(editor) };
  const acted = last.then(() => {
    turn = mine;
    return action(moves === movesBefore ? at : pressNow());
  });
  const ended = acted.catch(() => undefined).finally(() => (turn = undefined));
  last = ended;
  presses++;
  clearTimeout(pause);
  void ended.then(() => (last === ended ? keepPressing() : undefined));
  await (
    await acted
  )?.rest;
}

const WARM_UP = 'warm-up';
const commands: string[] = [];

/** Registers a command whose presses are handled in turn, see {@link inTurn}. @param run is given an argument, if only an empty one */
export function registerPress<T>(
  name: string,
  run: (argument: T, at: Press) => Promise<Acted | void> | Acted | void,
): vscode.Disposable {
  commands.push(`corpusAnnotator.${name}`);
  return registerCommand(name, (argument?: T | typeof WARM_UP, _?: unknown, at?: Press) =>
    argument === WARM_UP ? undefined : inTurn((now) => run((argument ?? {}) as T, now), at),
  );
}

/**
 * The window asks the host, the first time that a command is run, whether its extension is active, and lets later keys
 * pass meanwhile. So each command of a key is run once for nothing.
 */
export async function warmUp(): Promise<void> {
  await vscode.commands.executeCommand('runCommands', {
    commands: commands.map((command) => ({ command, args: WARM_UP })),
  });
}
