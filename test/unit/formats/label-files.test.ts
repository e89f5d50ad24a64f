import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hexOfCssColor } from '../../../src/core/css-color';
import { labelstudio } from '../../../src/formats/labelstudio';
import { addLabels, readLabelFiles } from '../../../src/formats/shared/label-files';
import { Report, type Note } from '../../../src/formats/shared/report';
import { isForXml } from '../../../src/formats/shared/xml';
import type { Label } from '../../../src/core/labels';
import { hostileText } from '../core/arbitraries';
import { sourceFile, told, type Files } from './support';

const readFrom = (files: Files) => {
  const find = (name: string) => (Object.hasOwn(files, name) ? sourceFile(files, name) : undefined);
  return readLabelFiles(labelstudio, find, { report: new Report(), options: {} });
};
const added = (
  ...[specs, known]: Parameters<typeof addLabels> extends [infer S, infer K, unknown] ? [S, K] : never
) => {
  const notes: Note[] = [];
  const labels = addLabels(specs, known, { report: new Report((note) => notes.push(note)) });
  return { labels, notes };
};

describe('label files of other tools', () => {
  it('are found by their names', () => {
    assert.equal(readFrom({ 'other.xml': '<View/>' }), undefined);
    assert.deepEqual(readFrom({ 'config.xml': '<View><Labels><Label value="A"/></Labels></View>' }), [
      { name: 'A' },
    ]);
    assert.equal(
      readLabelFiles({}, () => assert.fail(), { report: new Report(), options: {} }),
      undefined,
    );
    assert.throws(() => readFrom({ 'config.xml': '<View>' }), { code: 'xml-malformed' });
  });

  it('make labels of a corpus: each once, with a key and a colour that no other has', () => {
    const known: Label[] = [{ name: 'PER', key: 'p', color: '#ff0000' }];
    const { labels, notes } = added(
      [
        { name: 'PER', key: 'x', color: '#000000' },
        { name: 'ORG', key: 'P', color: '#3b82f6', description: 'Firms' },
        { name: 'LOC', key: 'L', color: 'blue' },
        { name: 'LOC' },
        { name: 'two\nlines' },
        { name: 'constructor', key: 'shift+a' },
      ],
      known,
    );
    assert.deepEqual(labels, [
      ...known,
      { name: 'ORG', key: undefined, color: '#3b82f6', description: 'Firms' },
      { name: 'LOC', key: 'l', color: '#db0000', description: undefined },
      { name: 'constructor', key: undefined, color: '#157137', description: undefined },
    ]);
    assert.deepEqual(told(notes), [
      'changed label-added',
      'changed label-added',
      'changed label-unfit',
      'changed label-added',
    ]);
  });

  it('have colours as style sheets do', () => {
    const CASES: readonly [css: string, hex: string | undefined][] = [
      ['red', '#ff0000'],
      ['DarkOrange', '#ff8c00'],
      ['#FFA39E', '#ffa39e'],
      ['#abc', '#abc'],
      ['#abcd', '#abc'],
      ['#11223344', '#112233'],
      ['rgb(1, 2, 255)', '#0102ff'],
      ['rgba(1 2 3 / 0.5)', '#010203'],
      ['rgb(1, 2, 256)', undefined],
      ['rgb(10%, 2%, 3%)', undefined],
      ['#12345', undefined],
      ['constructor', undefined],
      ['', undefined],
    ];
    for (const [css, hex] of CASES) assert.equal(hexOfCssColor(css), hex, css);
  });

  describe('Label Studio', () => {
    it('reads the labels of text, with aliases, colours and keys', () => {
      const config = `<View>
  <!-- a template -->
  <Style>.htx-text { white-space: pre-wrap }</Style>
  <View style="display: flex">
    <Labels name="label" toName="text" choice="multiple">
      <Label value="Person" alias="PER" background="darkorange" hotkey="1"/>
      <Label value="ORG" background="#FFC069" hint="Firms &amp; parties"/>
      <View><Label value="ORG"/><Label value="LOC"/></View>
    </Labels>
  </View>
  <RectangleLabels name="box" toName="img"><Label value="Car"/></RectangleLabels>
  <Text name="text" value="$text"/>
</View>`;
      assert.deepEqual(readFrom({ 'label_config.xml': config }), [
        { name: 'PER', key: '1', color: '#ff8c00', description: 'Person' },
        { name: 'ORG', color: '#ffc069', description: 'Firms & parties' },
        { name: 'LOC' },
      ]);
    });

    it('comes back as it was written', () => {
      const text = hostileText.filter((one) => one !== '' && isForXml(one));
      const label = fc.record({
        name: text,
        color: fc.constantFrom('#3b82f6', '#abc'),
        key: fc.option(fc.constantFrom('a', '1'), { nil: undefined }),
        description: fc.option(text, { nil: undefined }),
      });
      fc.assert(
        fc.property(fc.uniqueArray(label, { selector: ({ name }) => name, maxLength: 4 }), (labels) => {
          const [{ path = '', content }] = labelstudio.labelFiles!.serialize(labels, {
            report: new Report(),
            options: {},
          }) as [{ path?: string; content: string }];
          const specs = labels.map((one) => JSON.parse(JSON.stringify(one)) as object);
          assert.deepEqual(readFrom({ [path]: content }), specs);
        }),
      );
    });
  });
});
