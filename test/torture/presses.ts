import fs from 'node:fs';
import { Workbench } from '../hosts/workbench.ts';
import { randomBelow, type Below } from './random.ts';
import { count, type Scenario } from './scenario.ts';

/** How long the extension host is held, in ms. */
const HELD = 300;
/** Between two presses of a person who is fast, and of one who looks, in ms. */
const [FAST, CALM] = [50, 100];

const LABELS = ['p', 'o', 'g', 'l'];
const KEYS = [
  ...[...LABELS, ...LABELS, ...LABELS, 'x', '.', '=', '-', '=', 'Shift+Equal', 'Shift+Minus'],
  ...[
    'Tab',
    'Tab',
    'Shift+Tab',
    'Enter',
    'Delete',
    'Backspace',
    'Escape',
    'Control+Z',
    'Control+Z',
    'Control+Y',
  ],
  ...['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Shift+ArrowRight', 'Home', 'End'],
  ...['Control+ArrowRight', 'Control+ArrowRight', 'Control+ArrowLeft', 'Control+Shift+ArrowRight'],
];
const TEXT = Array.from(
  { length: 12 },
  (_, i) => `Ada Byron met Zoë in Novo Mesto on day ${i}, and O’Neil wrote of the 😀 ferry to 北京.\n`,
).join('');
const CORPUS =
  'labels:\n  PER: {key: p}\n  ORG: {key: o}\n  GPE: {key: g}\n  LOC: {key: l}\n  END: {key: z}\n';

/** Keys, as fast as a hand is, into a window of a real VS Code whose extension host is held again and again. */
export const presses: Scenario = {
  name: 'presses',
  async run(isLong) {
    const each = isLong ? 1000 : 70;
    const seed = isLong ? Math.floor(Math.random() * 2 ** 32) : 20_221;
    const below = randomBelow(seed);
    const keys = Array.from({ length: each }, () => KEYS[below(KEYS.length)]!);
    const workbench = await Workbench.open({
      corpus: false,
      files: { 'calm.txt': TEXT, 'fast.txt': TEXT, 'corpus.yaml': CORPUS },
      settings: { 'corpusAnnotator.suggestions': false },
    });
    try {
      const calm = await press(workbench, 'calm', keys, CALM);
      const release = holdHosts(below);
      const fast = await press(workbench, 'fast', keys, FAST).finally(release);
      const isSame = calm.join('\n') === fast.join('\n');
      const [same, text] = [
        isSame ? 0 : 1,
        ['calm.txt', 'fast.txt'].filter((name) => workbench.read(name) !== TEXT),
      ];
      if (!isSame) console.error(`seed ${seed}\n${calm.join('\n')}\n--- but fast\n${fast.join('\n')}`);
      return [
        {
          what: `keys at ${1000 / FAST} a second, while the extension host stands still for ${HELD} ms at random moments`,
          tried: `${count(each)} presses`,
          outcome: `${isSame ? 'the same' : 'other'} entities as at rest (${count(calm.length)}), the text ${text.length === 0 ? 'untouched' : 'changed'}`,
          failures: same + text.length,
        },
      ];
    } finally {
      await workbench.close();
    }
  },
};

/** @returns the entities, without what differs from run to run */
async function press(
  workbench: Workbench,
  name: string,
  keys: readonly string[],
  pause: number,
): Promise<string[]> {
  await workbench.openFile(`${name}.txt`);
  await workbench.status('Corpus Article').waitFor();
  await workbench.goTo(1, 1);
  // What the program reads as a window opens, it has read then.
  await workbench.page.keyboard.press(LABELS[0]!);
  await workbench.readWhen(`${name}.ann.yaml`, (text) => text.includes('reviewed: true'));
  let at = performance.now();
  for (const key of [...keys, 'Escape', 'Control+End', 'ArrowUp', 'z']) {
    at = Math.max(at + pause, performance.now() - pause);
    await new Promise((resolve) => setTimeout(resolve, at - performance.now()));
    await workbench.page.keyboard.press(key);
  }
  const sidecar = await workbench.readWhen(`${name}.ann.yaml`, (text) => text.includes('label: END'));
  return (
    sidecar
      .split('\n')
      .filter((line) => line.startsWith('  - '))
      .map((line) => line.replace(/id: \w+, /, ''))
      // Of two of one span and label, that with the smaller id is first.
      .sort()
  );
}

/** @returns what holds the extension hosts (`SIGSTOP`), and lets them go on (`SIGCONT`) */
export function findHosts(): (name: 'SIGSTOP' | 'SIGCONT') => void {
  const hosts = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isExtensionHost(name))
    .map(Number);
  if (hosts.length === 0) throw new Error('There is no extension host to hold.');
  return (name) => {
    for (const host of hosts) process.kill(host, name);
  };
}

/** Holds the extension hosts at random moments. @returns what ends that */
function holdHosts(below: Below): () => void {
  const signal = findHosts();
  let timer = setTimeout(hold, HELD);
  function hold(): void {
    signal('SIGSTOP');
    timer = setTimeout(() => {
      signal('SIGCONT');
      timer = setTimeout(hold, 100 + below(900));
    }, HELD);
  }
  return () => {
    clearTimeout(timer);
    signal('SIGCONT');
  };
}

function isExtensionHost(pid: string): boolean {
  const command = readProcess(pid, 'cmdline') ?? '';
  return command.includes('--type=extensionHost') && isOurs(pid);
}

/** Whether a process was started by this one, or by what this one has started. */
function isOurs(pid: string): boolean {
  const parent = /\) \w (\d+)/.exec(readProcess(pid, 'stat') ?? '')?.[1];
  if (parent === undefined || parent === '1') return false;
  return Number(parent) === process.pid || isOurs(parent);
}

function readProcess(pid: string, file: 'cmdline' | 'stat'): string | undefined {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined; // It has ended.
  }
}
