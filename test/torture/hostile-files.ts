/** A file that means harm, and what it passes for. */
export interface HostileFile {
  readonly name: string;
  readonly as: 'sidecar' | 'corpus.yaml' | 'article';
  readonly text: string;
}

/** A list of pieces with a space between; within them, ␣ is a space, ⇥ a tab and ⏎ a line feed. */
function pieces(list: string): string[] {
  return list
    .split(' ')
    .map((piece) => piece.replaceAll('␣', ' ').replaceAll('⇥', '\t').replaceAll('⏎', '\n'));
}

/** What YAML, or a reader of lines, gives a meaning to. */
const PIECES = [
  ...pieces('␣ ⇥ ⏎ ⏎␣ - -␣ -⏎ -␣a⏎ ␣-␣ ? ?␣ ?␣a⏎ ?␣-␣ -␣?␣ ?a, : :␣ a:␣ a:⏎ a:␣b⏎ a:␣b,'),
  ...pieces('[ [] [], ] { {} {}, } , a a, [a]:␣b⏎ {a:␣b}:␣c⏎ 0 0x . 1, = @ ` % %a⏎ <<:␣'),
  ...pieces(String.raw`" "" "", "⏎ ␣" ' '' '', \ \" \ud800 \u0041 # ␣# #␣a⏎ a␣#b⏎ ␣␣#␣a⏎`),
  ...pieces('& &a␣ &a␣a⏎ * *a␣ *a, ! !a␣ !!str␣ | |⏎ |1⏎ >⏎ >-⏎␣a⏎⏎ ---⏎ ---␣a⏎ ...⏎'),
  ...pieces('␣␣-␣{⏎ ␣␣-␣{id:␣a,⏎ ␣␣-␣[⏎ __proto__:␣{ 😀'),
  ...['\r', '\r\n', '\u2028', '\0', '\ufeff', '\ud800'],
];

const ENTITY = '  - {id: a1, label: ORG, start: 0, end: 4, text: text';

/** Where in a sidecar a piece is repeated: what stands before, and behind. */
const SIDECAR_PLACES: [place: string, before: string, behind: string][] = [
  ['alone', '', ''],
  ['as entities', 'version: 1\nentities:\n', ''],
  ['in a text', `version: 1\nentities:\n${ENTITY}, note: "`, '"}\n'],
  ['in an entity', `version: 1\nentities:\n${ENTITY}, x: `, '}\n'],
  ['in an id', 'version: 1\nentities:\n  - {id: a', 'b, label: ORG, start: 0, end: 4, text: text}\n'],
  ['under a key', 'version: 1\nx: ', `\nentities:\n${ENTITY}}\n`],
  ['in a list', 'version: 1\nx: [', `]\nentities:\n${ENTITY}}\n`],
  ['behind the entities', `version: 1\nentities:\n${ENTITY}}\n`, ''],
  ['behind a key', 'version: 1\nentities:', `[]\n`],
];

const CORPUS_PLACES: [place: string, before: string, behind: string][] = [
  ['as labels', 'version: 1\nlabels:\n', ''],
  ['in a description', 'version: 1\nlabels:\n  A: {description: ', '}\n'],
  ['as articles', 'version: 1\narticles: ["', '"]\n'],
];

const ARTICLE_PIECES = [
  ...pieces('␣ ⇥ ⏎ x x␣ 😀 👩‍👩‍👧 date␣2020-01-01␣ date:␣ date:␣2020-13-01⏎ a:␣b⏎'),
  ...['\0', '\ud800', '\udc00', '\u0301', 'n\u0303', '\ufeff', '\u2028', '\u0085', '\u3000'],
  ...['\r', '\r\n', '\r\r\n'],
];

/** Files in which one piece is repeated to a length (in UTF-16 units). */
export function* repeated(length: number): Generator<HostileFile> {
  const fill = (piece: string) => piece.repeat(Math.ceil(length / piece.length));
  for (const piece of PIECES) {
    for (const [place, before, behind] of SIDECAR_PLACES) {
      yield { name: `${JSON.stringify(piece)} ${place}`, as: 'sidecar', text: before + fill(piece) + behind };
    }
    for (const [place, before, behind] of CORPUS_PLACES) {
      yield {
        name: `${JSON.stringify(piece)} ${place}`,
        as: 'corpus.yaml',
        text: before + fill(piece) + behind,
      };
    }
  }
  for (const piece of ARTICLE_PIECES) {
    yield { name: `${JSON.stringify(piece)} as an article`, as: 'article', text: fill(piece) };
  }
}

/** Files in which something counts up: keys, anchors, entities, labels. */
export function* counted(length: number): Generator<HostileFile> {
  const many = (item: (i: number) => string) => {
    const items: string[] = [];
    for (let i = 0, size = 0; size < length; i++) size += items[items.push(item(i)) - 1]!.length;
    return items.join('');
  };
  const entities = 'version: 1\nentities:\n';
  const entity = (i: number, more = '') =>
    `  - {id: a${i}, label: L${i}, start: ${i}, end: ${i + 4}, text: text${more}}\n`;
  const sidecars: Record<string, string> = {
    keys: 'version: 1\n' + many((i) => `k${i}: 1\n`),
    'keys in a flow map': `version: 1\nx: {${many((i) => `k${i}: 1, `)}}\n`,
    'keys in an entity': `${entities}${ENTITY}, ${many((i) => `k${i}: 1, `)}z: 1}\n`,
    attributes: `${entities}${ENTITY}, attributes: { ${many((i) => `k${i}: 1, `)}}}\n`,
    anchors: `version: 1\nx:\n${many((i) => `- &a${i} 1\n`)}entities: []\n`,
    'anchors and aliases': `version: 1\nx:\n${many((i) => `- &a${i} 1\n- *a${i >> 1}\n`)}entities:  []\n`,
    'aliases of aliases': `version: 1\nx0: &x0 [a]\n${many((i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}]\n`)}entities:  []\n`,
    entities: entities + many(entity),
    'entities and a broken one': `${entities}${many(entity)}  - {id: "x\n`,
    'entities of one id': entities + many(() => entity(1)),
    'entities with unknown keys': entities + many((i) => entity(i, `, x: {y: [${i}]}`)),
    'entities with odd keys': entities + many((i) => entity(i, `, "x y": 0x${i}`)),
    'entities with attributes': entities + many((i) => entity(i, `, attributes: {y: [${i}, null]}`)),
    'entities in blocks':
      entities + many((i) => `- id: a${i}\n  label: L\n  start: 0\n  end: 4\n  text: text\n`),
    'entities with comments': entities + many((i) => `  # c\n\n${entity(i)}`),
    'wrong entities': entities + many((i) => entity(i).replace('start: ', 'start: -')),
    parts: `${entities}${ENTITY}, parts: [${many(() => '[0, 1], ')}[0, 1]]}\n`,
  };
  for (const [name, text] of Object.entries(sidecars)) {
    yield { name, as: 'sidecar', text };
    yield { name: `${name}, with \\r\\n`, as: 'sidecar', text: text.replaceAll('\n', '\r\n') };
  }
  const labelSets: Record<string, string> = {
    labels: 'labels:\n' + many((i) => `  L${i}:\n`),
    'labels with keys': 'labels:\n' + many((i) => `  L${i}: {key: a, color: red}\n`),
    'labels in a flow map': `labels: {${many((i) => `L${i}: , `)}}\n`,
    articles: 'articles:\n' + many((i) => `- "*${i}"\n`),
  };
  for (const [name, text] of Object.entries(labelSets)) yield { name, as: 'corpus.yaml', text };
}
