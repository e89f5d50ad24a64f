import * as vscode from 'vscode';
import type { ArticleState } from '../../workspace/corpus/summary';
import type { CorpusStore } from '../../workspace/store';
import { countArticles } from '../shared/counts';
import { colorIcon } from '../shared/icons';
import type { FilterSpec } from './filter';
import { STATES } from './order';
import { stateName } from '../shared/article-state';
import { stateIcon } from './rows';

type Item = vscode.QuickPickItem & { readonly value?: string };
/** What a step gives: its answer, `back` to the step before, or nothing where the person left. */
type Answer<T> = { readonly value: T } | 'back' | undefined;
type Step = (spec: FilterSpec, step: number) => Promise<Answer<FilterSpec>>;

/** Asks for states, then labels, then text; each may be left open. */
export async function chooseFilter(store: CorpusStore, current: FilterSpec): Promise<FilterSpec | undefined> {
  const labels = labelItems(store);
  const steps: Step[] = [
    async (spec, step) => {
      const placeholder = vscode.l10n.t('In which states? None means all.');
      return mapAnswer(
        await pickMany(stateItems(store), spec.states, placeholder, step, steps.length),
        (states) => ({
          ...spec,
          states: states as ArticleState[],
        }),
      );
    },
    async (spec, step) => {
      const placeholder = vscode.l10n.t('With an entity of which label? None means any.');
      return mapAnswer(await pickMany(labels, spec.labels, placeholder, step, steps.length), (chosen) => ({
        ...spec,
        labels: chosen,
      }));
    },
    async (spec, step) =>
      mapAnswer(await askText(spec.text, step, steps.length), (text) => ({ ...spec, text })),
  ];
  let spec = current;
  for (let n = 0; n < steps.length;) {
    const answer = await steps[n]!(spec, n + 1);
    if (answer === undefined) return undefined;
    if (answer === 'back') {
      n--;
    } else {
      spec = answer.value;
      n++;
    }
  }
  return spec;
}

function mapAnswer<T, U>(answer: Answer<T>, map: (value: T) => U): Answer<U> {
  return typeof answer === 'object' ? { value: map(answer.value) } : answer;
}

function stateItems(store: CorpusStore): Item[] {
  return STATES.map((value) => ({
    value,
    label: stateName(value),
    description: countArticles(store.catalog.all.filter((entry) => entry.state === value).length),
    iconPath: stateIcon(value),
  }));
}

/** The labels of the label sets, then those that only entities have. */
function labelItems(store: CorpusStore): Item[] {
  const counts = new Map<string, number>();
  for (const { summary } of store.catalog.all) {
    for (const label of summary.labels.keys()) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const known = new Map(
    store.catalog.corpora.flatMap(({ labelSet }) =>
      labelSet.labels.map((label) => [label.name, label.color]),
    ),
  );
  const item = (value: string): Item => ({
    value,
    label: value,
    description: countArticles(counts.get(value) ?? 0),
    ...(known.has(value) && { iconPath: colorIcon(known.get(value)!) }),
  });
  const unknown = [...counts.keys()].filter((label) => !known.has(label)).sort();
  const separator = {
    label: vscode.l10n.t('not in the label set'),
    kind: vscode.QuickPickItemKind.Separator,
  };
  return [...[...known.keys()].map(item), ...(unknown.length > 0 ? [separator, ...unknown.map(item)] : [])];
}

function pickMany(
  items: readonly Item[],
  chosen: readonly string[],
  placeholder: string,
  step: number,
  totalSteps: number,
): Promise<Answer<string[]>> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.items = items;
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.selectedItems = items.filter(({ value }) => value !== undefined && chosen.includes(value));
  pick.placeholder = placeholder;
  return ask(pick, step, totalSteps, () => pick.selectedItems.flatMap(({ value }) => value ?? []));
}

function askText(text: string, step: number, totalSteps: number): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.value = text;
  input.placeholder = vscode.l10n.t('Text in the article or its path');
  input.prompt = vscode.l10n.t('Leave it empty for any text.');
  return ask(input, step, totalSteps, () => input.value.trim());
}

function ask<T>(
  input: vscode.QuickPick<Item> | vscode.InputBox,
  step: number,
  totalSteps: number,
  value: () => T,
): Promise<Answer<T>> {
  input.title = vscode.l10n.t('Filter Articles');
  input.step = step;
  input.totalSteps = totalSteps;
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const finish = (answer: Answer<T>) => {
      resolve(answer);
      input.dispose();
    };
    input.onDidAccept(() => finish({ value: value() }));
    input.onDidTriggerButton(() => finish('back'));
    input.onDidHide(() => finish(undefined));
    input.show();
  });
}
