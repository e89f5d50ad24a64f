import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FormatError } from '../../../src/formats/shared/format';
import { jsonItems, jsonLines, parseJson, type Json } from '../../../src/formats/shared/json';
import { Report } from '../../../src/formats/shared/report';
import { escapeXml, escapeXmlContent, isForXml, parseXml, textOf } from '../../../src/formats/shared/xml';
import { hostileText } from '../core/arbitraries';
import { sourceFile, told } from './support';

const placeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    const { code, place } = error as FormatError;
    return [code, place.line, place.column];
  }
  return undefined;
};

describe('JSON of other tools', () => {
  it('that is malformed says where', () => {
    assert.deepEqual(
      placeOf(() => parseJson('{"a":\n  [1, }', 'x')),
      ['json-malformed', 2, 7],
    );
    assert.deepEqual(
      placeOf(() => parseJson('', 'x', 7)),
      ['json-malformed', 7, 1],
    );
  });

  it('in lines leaves out a line that is no object', () => {
    const notes: Parameters<Report['add']>[0][] = [];
    const file = sourceFile({ x: '{"a":1}\n\n{"a":\n7\n{"b":2}' }, 'x');
    const found = [...jsonLines(file, { report: new Report((note) => notes.push(note)), options: {} })];
    assert.deepEqual(found, [
      { value: { a: 1 }, line: 1 },
      { value: { b: 2 }, line: 5 },
    ]);
    assert.deepEqual(told(notes), ['invalid line-malformed line 3', 'invalid line-malformed line 4']);
  });

  it('in an array is read item by item, however it is written', () => {
    const object = fc.dictionary(hostileText, fc.jsonValue(), { maxKeys: 3 }) as fc.Arbitrary<Json>;
    const item = fc.oneof(object, fc.jsonValue() as fc.Arbitrary<Json>, hostileText);
    fc.assert(
      fc.property(fc.array(item, { maxLength: 5 }), fc.constantFrom(undefined, 2), (items, indent) => {
        const found = [...jsonItems(sourceFile({ x: JSON.stringify(items, undefined, indent) }, 'x'))];
        assert.deepEqual(
          found.map(({ value }) => value),
          JSON.parse(JSON.stringify(items)),
        );
      }),
    );
    assert.deepEqual(
      placeOf(() => [...jsonItems(sourceFile({ x: '[\n{"a": 1},\n{"a": }\n]' }, 'x'))]),
      ['json-malformed', 3, 7],
    );
    assert.deepEqual(
      placeOf(() => [...jsonItems(sourceFile({ x: '[{"a": 1},\n{"a": ' }, 'x'))])?.[0],
      'json-malformed',
    );
    assert.deepEqual(
      placeOf(() => [...jsonItems(sourceFile({ x: '[{"a": 1},\nx,\n{"a": 2}]' }, 'x'))])?.[0],
      'json-malformed',
    );
    assert.deepEqual(
      [...jsonItems(sourceFile({ x: '[{"a": 1}, 5,\n"[", {"a": 2}]\n' }, 'x'))],
      [
        { value: { a: 1 }, line: 1 },
        { value: 5, line: 1 },
        { value: '[', line: 1 },
        { value: { a: 2 }, line: 2 },
      ],
    );
  });
});

describe('XML of other tools', () => {
  it('that is malformed says where', () => {
    assert.deepEqual(
      placeOf(() => parseXml('<a>\n<b></a>', 'x')),
      ['xml-malformed', 2, 8],
    );
    assert.equal(placeOf(() => parseXml('', 'x'))?.[0], 'xml-malformed');
    assert.equal(placeOf(() => parseXml('<a>'.repeat(1000), 'x'))?.[0], 'xml-malformed');
  });

  it('reads no entities that it declares itself', () => {
    assert.equal(
      placeOf(() => parseXml('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'x'))?.[0],
      'xml-malformed',
    );
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const root = parseXml(`<a b="${escapeXml(text)}">${escapeXmlContent(text)}</a>`, 'x');
        if (isForXml(text)) {
          assert.equal(root.attributes.b, text);
          assert.equal(textOf(root), text);
        } else assert.ok(textOf(root).includes('\ufffd'));
      }),
    );
  });
});
