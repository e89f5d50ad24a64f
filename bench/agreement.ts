import fs from 'node:fs';
import path from 'node:path';
import { compareEntities, type Entity } from '../src/core/model/entity.ts';
import { sidecarName } from '../src/core/sidecar/name.ts';
import { NEW_FRAME } from '../src/core/sidecar/sidecar.ts';
import { writeSidecar } from '../src/core/sidecar/write.ts';
import { hashText } from '../src/core/text.ts';
import { CLI, PEAK, PROCESSOR, run, type Usage } from './convert.ts';
import { makeArticle, type Article } from './generate.ts';
import { median, result, type Aims, type Result } from './results.ts';

const RUNS = 3;
const ENTITIES = 50;
const ANNOTATORS = ['ada', 'bob', 'cyd'];
const MANY = 10_000;
/** Of a tenth, for how it grows, and for γ. */
const FEW = 1000;

const count = (n: number) => n.toLocaleString('en');
const shape = (articles: number) =>
  `${count(articles)} articles, ${count(articles * ENTITIES)} entities, ${ANNOTATORS.length} annotators`;
const all = (articles: number) => `agreement, all but γ, ${shape(articles)}`;
const gamma = `agreement, γ, ${shape(FEW)}`;
const GROWTH = `agreement: processor time of ${count(MANY)} articles : ten times that of ${count(FEW)}`;
const READING = `agreement, all but γ : stats of all layers, processor time, ${count(MANY)} articles`;

/** Times in ms, peak memory in MB. */
export const agreementAims: Aims = {
  [all(MANY)]: 10_000,
  [gamma]: 60_000,
  [`${all(MANY)}: ${PEAK}`]: 500,
  [`${gamma}: ${PEAK}`]: 500,
  [GROWTH]: 1.5,
  [READING]: 8,
};

/** `corpus-annotator agreement` in processes of its own. */
export async function agreeing(own: string): Promise<Result[]> {
  const folder = path.join(own, 'agreement');
  const usage = path.join(own, 'agreement-usage.json');
  const [many, few] = [path.join(folder, 'many'), path.join(folder, 'few')];
  await writeAnnotated(many, MANY);
  await writeAnnotated(few, FEW);
  const runs = (...args: readonly string[]) => {
    console.log(`… ${args[0]}`);
    return Array.from({ length: RUNS }, () => run(CLI, args, usage));
  };
  const measure = (corpus: string, measures: string) =>
    runs('agreement', '--format', 'json', '--measure', measures, corpus);
  const names = ['cohen_kappa', 'scott_pi', 'fleiss_kappa', 'krippendorff_alpha', 'krippendorff_alpha_u'];
  const allBut = ['f1', ...names, 'krippendorff_alpha_u_2016', 'relations', 'attributes'].join();
  const [ofMany, ofFew] = [measure(many, allBut), measure(few, allBut)];
  const ofGamma = measure(few, 'gamma');
  const counted = runs('stats', '--layer', 'all', many);
  const processor = (runs: readonly Usage[]) => median(runs.map((usage) => usage.processor));
  const results = [
    ...rows(all(MANY), ofMany),
    ...rows(all(FEW), ofFew),
    ...rows(gamma, ofGamma),
    result(GROWTH, '×', [processor(ofMany) / (10 * processor(ofFew))]),
    result(READING, '×', [processor(ofMany) / processor(counted)]),
  ];
  fs.rmSync(folder, { recursive: true });
  return results;
}

function rows(name: string, runs: readonly Usage[]): Result[] {
  const of = (key: 'ms' | 'processor' | 'peak') => runs.map((usage) => usage[key]);
  return [
    result(name, 'ms', of('ms')),
    result(`${name}: ${PROCESSOR}`, 'ms', of('processor')),
    result(`${name}: ${PEAK}`, 'MB', of('peak')),
  ];
}

/** Articles that all have annotated, each a little otherwise, in folders of a hundred. */
async function writeAnnotated(folder: string, articles: number): Promise<void> {
  for (let n = 0; n < articles; n++) {
    const { text, entities } = makeArticle(ENTITIES, n);
    const name = `${String(n % 100).padStart(3, '0')}.txt`;
    const file = path.join(folder, String(Math.floor(n / 100)).padStart(3, '0'), name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    const known = {
      article: name,
      textHash: await hashText(text),
      status: 'done',
      frame: NEW_FRAME,
    } as const;
    ANNOTATORS.forEach((annotator, who) =>
      fs.writeFileSync(
        sidecarName(file, annotator),
        writeSidecar({ ...known, entities: asTaggedBy(who, entities).sort(compareEntities) }),
      ),
    );
  }
}

/** One in eleven is missed, one in thirteen has another label, one in seventeen another end. */
function asTaggedBy(who: number, entities: Article['entities']): Entity[] {
  return entities.flatMap((entity, n) => {
    const { end, text } = entity;
    if ((n + who) % 11 === 0) return [];
    if ((7 * n + who) % 13 === 0) return [{ ...entity, label: 'MISC' }];
    return [(5 * n + who) % 17 === 0 ? { ...entity, end: end - 1, text: text.slice(0, -1) } : entity];
  });
}
