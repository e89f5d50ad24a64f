import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelstudio } from '../../../src/formats/labelstudio';
import { textsOfHtml } from '../../../src/formats/labelstudio/html';
import { pageOf } from '../../../src/formats/labelstudio/page';
import { processorTime } from '../../support/processor-time';
import { parse, serialize, shown, told, type Files } from './support';

const HTML =
  '<html><head><title>x</title></head><body><h1>Caf&eacute; &amp; Co</h1>\n <p>Ada met\n<b>Bo</b>.</p><p>In Ulm</p></body></html>';
const TEXT = 'Café & Co\nAda met Bo.\nIn Ulm';

const region = (id: string, value: object, type = 'hypertextlabels', to = 'html') => ({
  id,
  from_name: 'ner',
  to_name: to,
  type,
  value,
});

const task = (result: readonly object[], data: object = { html: HTML }) => ({
  id: 4,
  data,
  annotations: [{ id: 1, result }],
});

async function read(value: unknown, more: Files = {}) {
  const { documents, notes } = await parse(labelstudio, {
    'a.json': JSON.stringify([value].flat()),
    ...more,
  });
  const others = notes.filter(({ code }) => code !== 'name-changed');
  return { documents, document: documents[0]!, entities: documents.flatMap(shown), told: told(others) };
}

/** A place within one text of the page, as Label Studio says it. */
const within = (path: string, startOffset: number, endOffset: number, more = {}) => ({
  start: path,
  end: path,
  startOffset,
  endOffset,
  hypertextlabels: ['X'],
  ...more,
});

describe('Label Studio: pages and dialogues', () => {
  it('are read as they are shown, with places in the text of all nodes', async () => {
    const { document, entities, told } = await read(
      task([
        region(
          'a',
          within('/p[1]/b[1]/text()[1]', 0, 2, { globalOffsets: { start: 19, end: 21 }, text: 'Bo' }),
        ),
        region('b', within('/h1[1]/text()[1]', 0, 4, { globalOffsets: { start: 0, end: 4 }, text: 'Café' })),
        region('c', within('/p[2]/text()[1]', 3, 6, { globalOffsets: { start: 25, end: 28 } })),
        region('d', {
          ...within('/p[1]/text()[1]', 0, 0, { globalOffsets: { start: 11, end: 21 }, text: 'Ada met\nBo' }),
          end: '/p[1]/b[1]/text()[1]',
          endOffset: 2,
        }),
      ]),
    );
    assert.equal(document.index.raw, TEXT);
    assert.deepEqual(entities, [
      'X [0, 4) "Café"',
      'X [10, 20) "Ada met Bo"',
      'X [18, 20) "Bo"',
      'X [25, 28) "Ulm"',
    ]);
    assert.deepEqual(told, []);
  });

  it('are placed by paths where nothing else is said, if the text agrees', async () => {
    const { entities } = await read(
      task([
        region('a', within('/html[1]/body[1]/p[2]/text()[1]', 3, 6, { text: 'Ulm' })),
        region('b', within('/p[1]/text()[2]', 0, 1, { text: '.' })),
      ]),
    );
    assert.deepEqual(entities, ['X [20, 21) "."', 'X [25, 28) "Ulm"']);
  });

  it('are never placed where that is not certain', async () => {
    const { entities, told, document } = await read(
      task([
        // Both ways lead to other texts, and no text says which is right.
        region('a', within('/p[2]/text()[1]', 3, 6, { globalOffsets: { start: 12, end: 15 } })),
        region('b', within('/div[9]/text()[1]', 3, 6)),
        region('c', within('/p[2]/text()[1]', 3, 6, { globalOffsets: { start: 12, end: 15 }, text: 'Rome' })),
      ]),
    );
    assert.deepEqual(entities, ['X [11, 13) broken "Rome"']);
    assert.deepEqual(told.toSorted(), [
      'changed text-mismatch line 1',
      'lost region-unsupported line 1',
      'lost region-unsupported line 1',
    ]);
    // What was not read goes back as it was.
    const { files } = await serialize(labelstudio, [document]);
    const [back] = JSON.parse(files['']!) as { annotations: { result: { id: string }[] }[] }[];
    assert.deepEqual(back!.annotations[0]!.result.map(({ id }) => id).sort(), ['a', 'b']);
  });

  it('go back as a text, beside the page', async () => {
    const { document } = await read(
      task([
        region('a', within('/p[2]/text()[1]', 3, 6, { globalOffsets: { start: 25, end: 28 }, text: 'Ulm' })),
      ]),
    );
    const written = (await serialize(labelstudio, [document])).files['']!;
    const [back] = JSON.parse(written) as { data: object; annotations: { result: object[] }[] }[];
    assert.deepEqual(back!.data, { html: HTML, text: TEXT });
    assert.deepEqual(back!.annotations[0]!.result, [
      {
        value: { start: 25, end: 28, text: 'Ulm', labels: ['X'] },
        id: 'a',
        from_name: 'ner',
        to_name: 'text',
        type: 'labels',
      },
    ]);
    const again = await parse(labelstudio, { 'a.json': written });
    assert.deepEqual(shown(again.documents[0]!), ['X [25, 28) "Ulm"']);
  });

  it('are known by the configuration, or another task, where nothing is annotated', async () => {
    const config = '<View><HyperText name="html" value="$page"/></View>';
    const bare = { id: 5, data: { page: '<p>Ada</p><p>Bo</p>', other: 'x'.repeat(99) } };
    const { document } = await read(bare, { 'label_config.xml': config });
    assert.equal(document.index.raw, 'Ada\nBo');
    const first = task([region('a', within('/p[2]/text()[1]', 3, 6, { text: 'Ulm' }))]);
    const { documents } = await read([first, { id: 5, data: { html: '<p>Ada</p>' } }]);
    assert.deepEqual(
      documents.map(({ index }) => index.raw),
      [TEXT, 'Ada'],
    );
  });

  it('are read from a short form, from an address, and of predictions', async () => {
    const value = within('/p[2]/text()[1]', 3, 6, { globalOffsets: { start: 25, end: 28 }, text: 'Ulm' });
    const short = await read({ id: 4, html: HTML, ner: [value] });
    assert.equal(short.document.index.raw, TEXT);
    assert.deepEqual(short.entities, ['X [25, 28) "Ulm"']);
    const [address, page] = ['https://example.org/p/x.html', { 'x.html': HTML }];
    const far = await read(task([region('a', value)], { html: address }), page);
    assert.deepEqual(far.entities, ['X [25, 28) "Ulm"']);
    const back = JSON.parse((await serialize(labelstudio, [far.document])).files['']!) as { data: object }[];
    assert.deepEqual(back[0]!.data, { html: address, text: TEXT });
    const predictions = [{ model_version: 'm', result: [region('a', value)] }];
    const guessed = await read({ id: 4, data: { html: HTML }, predictions });
    assert.deepEqual(guessed.entities, ['X [25, 28) "Ulm"']);
    assert.equal(guessed.document.entities[0]!.suggestedBy, 'm');
  });

  it('of a dialogue are lines, with places by their numbers', async () => {
    const dialogue = [
      { author: 'x', text: 'Ada met Bo' },
      { author: 'y', text: '😀 in Ulm?' },
    ];
    const said = (value: object) => region('a', value, 'paragraphlabels', 'dlg');
    const value = {
      start: '1',
      end: '1',
      startOffset: 6,
      endOffset: 9,
      text: 'Ulm',
      paragraphlabels: ['LOC'],
    };
    const { document, entities, told } = await read(task([said(value)], { dlg: dialogue }));
    assert.equal(document.index.raw, 'Ada met Bo\n😀 in Ulm?');
    assert.deepEqual(entities, ['LOC [16, 19) "Ulm"']);
    assert.deepEqual(told, []);
    const back = JSON.parse((await serialize(labelstudio, [document])).files['']!) as { data: object }[];
    assert.deepEqual(back[0]!.data, { dlg: dialogue, text: document.index.raw });
    const config = '<View><Paragraphs name="dlg" value="$dlg" nameKey="who" textKey="said"/></View>';
    const other = dialogue.map(({ author, text }) => ({ who: author, said: text }));
    const keyed = await read(task([said(value)], { dlg: other }), { 'config.xml': config });
    assert.deepEqual(keyed.entities, entities);
  });
});

describe('texts of HTML', () => {
  const paths = (html: string) => textsOfHtml(html).map(({ path, text }) => `${path} ${text}`);

  it('have paths as a browser has them', () => {
    assert.deepEqual(paths('<p>a<p>b<br>c</p><!-- x -->d'), [
      '/p/text() a',
      '/p[2]/text() b',
      '/p[2]/text()[2] c',
      '/text() d',
    ]);
    assert.deepEqual(paths('<ul><li>a<ul><li>b</ul><li>c</ul>'), [
      '/ul/li/text() a',
      '/ul/li/ul/li/text() b',
      '/ul/li[2]/text() c',
    ]);
    assert.deepEqual(paths('<pre>\n\na</pre><textarea>\nb</textarea>'), [
      '/pre/text() \na',
      '/textarea/text() b',
    ]);
    assert.deepEqual(paths('<table><tr><td>a<td>b<tr><td>c</table>'), [
      '/table/tbody/tr/td/text() a',
      '/table/tbody/tr/td[2]/text() b',
      '/table/tbody/tr[2]/td/text() c',
    ]);
    assert.deepEqual(
      paths('<a title="x>y">a</a> 1 < 2 &lt;&#x41;&#66;&unknown; <script>if (a<b) "</p>"</script>'),
      ['/a/text() a', '/text()  1 < 2 <AB&unknown; ', '/script/text() if (a<b) "</p>"'],
    );
  });

  it('take time by the size of the page, however it is broken', () => {
    for (const piece of [
      '<a ',
      '<a href="',
      '<!--',
      '<b>',
      '<script>',
      '<li>',
      '</p',
      '&',
      '<p><table><tr>',
    ]) {
      const time = (count: number) => processorTime(() => pageOf(piece.repeat(count)));
      time(1000);
      assert.ok(time(40_000) < 3000, piece);
    }
  });

  it('are shown without a character that is none of theirs', () => {
    const inner = fc.array(
      fc.constantFrom('<p>', '</p>', '<b>', 'Ada', ' ', '\n', '😀', '<br/>', '&amp;', '<li>'),
    );
    fc.assert(
      fc.property(inner, (pieces) => {
        const html = pieces.join('');
        const all = textsOfHtml(html)
          .map(({ text }) => text)
          .join('');
        const { text } = pageOf(html)!;
        assert.equal(text.replace(/\s/g, ''), all.replace(/\s/g, ''));
        assert.equal(text, text.trim());
      }),
    );
    const place = fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(inner, place, (pieces, [start, length]) => {
        const html = pieces.join('');
        const all = textsOfHtml(html)
          .map(({ text }) => text)
          .join('');
        const wanted = Array.from(all)
          .slice(start, start + length)
          .join('');
        fc.pre(Array.from(wanted).length === length && wanted.trim() !== '');
        const page = pageOf(html)!;
        const span = page.spanOf({ globalOffsets: { start, end: start + length }, text: wanted })!;
        const shown = Array.from(page.text).slice(span.start, span.end).join('');
        assert.equal(shown.replace(/\s/g, ''), wanted.replace(/\s/g, ''));
        assert.equal(shown, shown.trim());
      }),
    );
  });
});
