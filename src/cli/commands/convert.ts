import { isInShard } from '../../core/interchange/shards';
import { textOf, UsageError, type Command } from '../command';
import { documentsOf } from '../documents';
import {
  exactly,
  FORMAT_OPTIONS,
  FORMAT_NAMES,
  formatOf,
  formatOptionsOf,
  REPORT_OPTIONS,
  SHARD_OPTION,
  shardOf,
} from '../formats';
import { deferInterrupts, letInterrupt } from '../interrupt';
import { PrintedReport } from '../report';
import { targetOf } from '../target';
import { Progress } from '../terminal';

/** Converts files from a format to another, one document after the other. */
export const convert: Command = {
  name: 'convert',
  summary: 'Converts files from one format to another, without a corpus',
  usage: '[--from FORMAT] --to FORMAT IN OUT',
  description:
    'Reads a file, a folder or standard input (-), and writes a file, a folder or standard output (-). What the target cannot hold is told: which entity, where, and why.',
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
  exitCodes: '0 converted, 1 not (or, with --strict, something would be lost)',

  async run(words, values) {
    const [input, output] = exactly(words, 2, 'what is read and what is written, IN OUT') as [string, string];
    const to = formatOf(values, 'to');
    if (!to) throw new UsageError('convert needs --to FORMAT.');
    const from = formatOf(values, 'from');
    const options = formatOptionsOf(values);
    const shard = shardOf(values);
    const printed = new PrintedReport(textOf(values, 'report'), values.quiet === true);
    const { report } = printed;
    const serializer = to.serialize({ report, options, labels: [] });
    const isFolder = to.layout === 'file-per-document';
    if (input !== '-') deferInterrupts();
    const target = targetOf(output, { isForced: values.force === true, isFolder });
    const progress = new Progress('documents', values.quiet === true);
    try {
      for await (const document of documentsOf({ from, input }, { report, options })) {
        progress.tick();
        await letInterrupt();
        if (shard && !isInShard(document.name, shard)) continue;
        for (const piece of await serializer.document(document)) target.write(piece);
      }
      for (const piece of await serializer.end()) target.write(piece);
      return printed.finish(target, 'Converted', values.strict === true);
    } catch (error) {
      target.abort();
      throw error;
    }
  },
};
