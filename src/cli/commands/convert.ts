import type { Context } from '../../formats/shared/format';
import { labelsFrom } from '../../formats/shared/label-files';
import { UsageError, type Command } from '../command';
import { documentsOf, inputOf, labelsBeside } from '../documents';
import {
  exactly,
  FORMAT_OPTIONS,
  FORMAT_NAMES,
  formatOf,
  REPORT_OPTIONS,
  SHARD_OPTION,
  shardOf,
} from '../formats';
import { deferInterrupts } from '../interrupt';
import { exitCodesOf } from '../report';
import { writeDocuments } from '../writing';

/** Converts files from a format to another, one document after the other. */
export const convert: Command = {
  name: 'convert',
  summary: 'Converts files from one format to another, without a corpus',
  usage: '[--from FORMAT] --to FORMAT IN OUT',
  description:
    'Reads a file, a folder or standard input (-), and writes a file, a folder or standard output (-). What the target cannot hold is told: which entity, where, and why. So is what is invalid in the source; in a folder, a file that cannot be read is left out. The labels in files that the source keeps beside its documents (as annotation.conf of brat) go, with those that occur, into those that the target has.',
  examples: [
    ['--from brat --to conll2003 collection/ train.conll', 'A folder of brat standoff becomes one file.'],
    [
      '--to brat train.conll collection/',
      'And back; the format of the file is told by its name and content.',
    ],
    [
      '--from brat --to conll2003 --strict --report lost.jsonl collection/ train.conll',
      'Writes nothing if anything is lost, and says into lost.jsonl what that was.',
    ],
    ['--from conll2003 --to conll2003 --scheme bioes - - < a.conll | gzip > b.conll.gz', 'In a pipe.'],
  ],
  options: [
    { name: 'from', value: 'FORMAT', description: `One of ${FORMAT_NAMES}` },
    { name: 'to', value: 'FORMAT', description: `One of ${FORMAT_NAMES}` },
    SHARD_OPTION,
    ...REPORT_OPTIONS,
    { name: 'force', description: 'Replaces files that are there' },
    ...FORMAT_OPTIONS,
  ],
  exitCodes: exitCodesOf('converted'),

  async run(words, values) {
    const [named, output] = exactly(words, 2, 'what is read and what is written, IN OUT') as [string, string];
    const to = formatOf(values, 'to');
    if (!to) throw new UsageError('convert needs --to FORMAT.');
    const shard = shardOf(values);
    const input = inputOf(named, formatOf(values, 'from'));
    if (named !== '-') deferInterrupts();
    // As in an export, what a label set says beyond the labels of entities is for label files only.
    const labelsOf = (context: Context) => (to.labelFiles ? labelsFrom(labelsBeside(input, context)) : []);
    const writing = {
      from: input.format,
      to,
      output,
      labelsOf,
      values,
      shard,
      did: 'Converted',
      counted: 'documents',
    };
    return writeDocuments((context) => documentsOf(input, context), writing);
  },
};
