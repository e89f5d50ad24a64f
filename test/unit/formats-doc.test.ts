import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Format } from '../../src/formats/shared/format.ts';
import { FORMATS } from '../../src/formats/index.ts';

const OVERLAP = { any: 'any', nested: 'nested only', none: 'none' } as const;

/** The row of a format in docs/formats.md. */
function row({ id, title, extensions, layout, limits }: Format): string {
  const { overlap, discontinuous, fields, relations } = limits;
  const files = `${extensions.map((extension) => `\`${extension}\``).join(' ')}${layout === 'one-file' ? '' : ', one a document'}`;
  const kept = fields.filter((field) => field !== 'externalId').map((field) => FIELDS[field]);
  const held = [
    OVERLAP[overlap],
    discontinuous ? 'yes' : 'no',
    kept.join(', ') || '–',
    relations ? 'yes' : 'no',
  ];
  return [title, `\`${id}\``, files, ...held].join(' | ');
}

const FIELDS = {
  reviewed: 'reviewed',
  suggestedBy: 'suggested by',
  note: 'note',
  link: 'link',
  attributes: 'attributes',
};

describe('docs/formats.md', () => {
  it('tells what each format holds', () => {
    const rows = fs
      .readFileSync('docs/formats.md', 'utf8')
      .split('\n')
      .filter((line) => /^\| [^|]+ \| `/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim())
          .join(' | '),
      );
    assert.deepEqual(rows, FORMATS.map(row));
  });
});
