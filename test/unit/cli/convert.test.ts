import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { CliFolder, sidecarOf } from './support.ts';

const TEXT = 'Ada met Bob in Rome.\n';
const ANN = 'T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\nT3\tGPE 15 19\tRome\n';
const CONLL =
  '-DOCSTART- -X- -X- O\n\nAda -X- -X- B-PER\nmet -X- -X- O\nBob -X- -X- B-PER\nin -X- -X- O\nRome -X- -X- B-GPE\n. -X- -X- O\n';

describe('corpus-annotator convert', () => {
  let folder: CliFolder;
  beforeEach(() => (folder = new CliFolder({ 'in/a.txt': TEXT, 'in/a.ann': ANN })));
  afterEach(() => folder.remove());

  it('makes one file of a folder, and a folder of one file', async () => {
    const there = await folder.run('convert', '--from', 'brat', '--to', 'conll2003', 'in', 'out.conll');
    assert.deepEqual(there, { status: 0, stdout: '', stderr: 'Converted 1 document, 3 entities.\n' });
    assert.match(folder.read('out.conll'), /^Ada\b.* B-PER$/m);
    const back = await folder.run('convert', '--to', 'brat', 'out.conll', 'back');
    assert.equal(back.status, 0, back.stderr);
    assert.equal(Object.keys(folder.files).filter((name) => /^back\/.+\.ann$/.test(name)).length, 1);
  });

  it('writes a shard, and each document is in one', async () => {
    for (const name of ['b', 'c', 'd']) {
      folder.write(`in/${name}.txt`, TEXT);
      folder.write(`in/${name}.ann`, ANN);
    }
    const names: string[] = [];
    for (const number of [1, 2]) {
      const args = [
        '--from',
        'brat',
        '--to',
        'huggingface',
        '--shard',
        `${number}/2`,
        'in',
        `${number}.jsonl`,
      ];
      const { status, stderr } = await folder.run('convert', ...args);
      assert.equal(status, 0, stderr);
      const lines = folder.read(`${number}.jsonl`).split('\n').filter(Boolean);
      names.push(...lines.map((line) => (JSON.parse(line) as { document: string }).document));
    }
    assert.deepEqual(names.sort(), ['a', 'b', 'c', 'd']);
  });

  it('gives labels the same names in every shard', async () => {
    const record = (text: string, label: string) =>
      `${JSON.stringify([text, { entities: [[0, 3, label]] }])}\n`;
    const labels = ['A B', 'A_B', 'A\tB', 'PER'];
    folder.write('in.jsonl', labels.map((label, i) => record(`Ada ${i}`, label)).join(''));
    folder.write('corpus/corpus.yaml', 'version: 1\nlabels: {PER: {}}\n');
    labels.forEach((label, i) => {
      const entity = `id: aaaaa${i}, label: ${JSON.stringify(label)}, start: 0, end: 3, text: Ada`;
      folder.write(`corpus/${i}.txt`, `Ada ${i}`);
      folder.write(`corpus/${i}.ann.yaml`, sidecarOf(`${i}.txt`, `Ada ${i}`, [entity]));
    });
    const tags = (file: string) => folder.read(file).match(/B-.*/g) ?? [];
    const told = (file: string) =>
      folder
        .read(file)
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { values: { from: string; to: string } }).values);
    for (const words of [
      ['convert', '--from', 'spacy', 'in.jsonl'],
      ['export', 'corpus'],
    ]) {
      const write = async (name: string, ...more: string[]) => {
        const args = [...words, name, '--to', 'conll2003', '--report', `${name}.report`, '--force', ...more];
        const { status, stderr } = await folder.run(...args);
        assert.equal(status, 0, stderr);
      };
      await write('all');
      const shards = ['1', '2', '3'];
      for (const shard of shards) await write(shard, '--shard', `${shard}/3`);
      assert.ok(shards.filter((shard) => tags(shard).length > 0).length > 1, 'in several shards');
      assert.deepEqual(shards.flatMap(tags).sort(), tags('all').sort());
      assert.equal(new Set(tags('all')).size, 4);
      const inOrder = (values: ReturnType<typeof told>) =>
        values.map(({ from, to }) => `${from}>${to}`).sort();
      assert.deepEqual(
        inOrder(shards.flatMap((shard) => told(`${shard}.report`))),
        inOrder(told('all.report')),
      );
    }
  });

  describe('labels', () => {
    beforeEach(() => {
      folder.write('in/annotation.conf', '[entities]\nPER\nRIVER\n[relations]\nKnows Arg1:PER, Arg2:PER\n');
      folder.write('in/visual.conf', '[labels]\nPER | people | PER\n[drawing]\nPER bgColor:#ff0000\n');
    });

    it('go from the files of the source into those of the target, with those that occur', async () => {
      const { status, stderr } = await folder.run('convert', '--from', 'brat', '--to', 'brat', 'in', 'out');
      assert.equal(status, 0, stderr);
      assert.match(stderr, /^annotation\.conf: lost: .*\[relations\]/m);
      assert.match(folder.read('out/annotation.conf'), /^\[entities\]\nPER\nRIVER\nGPE\n\n/);
      assert.match(folder.read('out/visual.conf'), /^PER \| people \| PER$[^]*^PER\tbgColor:#ff0000$/m);
      const other = await folder.run(
        'convert',
        '--from',
        'brat',
        '--to',
        'labelstudio',
        'in',
        'tasks/all.json',
      );
      assert.equal(other.status, 0, other.stderr);
      assert.match(
        folder.read('tasks/label_config.xml'),
        /<Label value="PER" background="#ff0000" hint="people"\/>\s*<Label value="RIVER" .*\s*<Label value="GPE" /,
      );
    });

    it('make no file where all goes into a pipe, or into a shard, or where the target has none', async () => {
      const convert = async (to: string, ...more: string[]) => {
        const { status, stderr } = await folder.run(
          'convert',
          '--from',
          'brat',
          '--to',
          to,
          '--quiet',
          ...more,
        );
        assert.equal(status, 0, stderr);
      };
      await convert('labelstudio', 'in', '-');
      await convert('labelstudio', '--shard', '1/1', 'in', 'all.json');
      await convert('brat', '--shard', '1/1', 'in', 'out');
      await convert('conll2003', '--strict', 'in', 'all.conll');
      const made = Object.keys(folder.files).filter((name) => !name.startsWith('in/'));
      assert.deepEqual(made, ['all.conll', 'all.json', 'out/', 'out/a.ann', 'out/a.txt']);
    });

    it('are called the same in documents and in label files, which is told once', async () => {
      const entities: [number, number, string][] = [
        [0, 3, '*'],
        [4, 7, '_'],
        [8, 11, 'A B'],
        [12, 14, 'A_B'],
      ];
      folder.write('in.jsonl', JSON.stringify([TEXT, { entities }]));
      const args = ['--from', 'spacy', '--to', 'brat', '--report', 'report.jsonl', 'in.jsonl', 'out'];
      assert.equal((await folder.run('convert', ...args)).status, 0);
      const [name] = Object.keys(folder.files).filter(
        (file) => file.endsWith('.ann') && file.startsWith('out'),
      );
      const types = folder.read(name!).match(/(?<=^T\d\t)\S+/gm);
      assert.deepEqual(types, ['_', '__2', 'A_B', 'A_B_2']);
      assert.ok(folder.read('out/annotation.conf').startsWith(`[entities]\n${types.join('\n')}\n\n`));
      assert.equal(folder.read('report.jsonl').trim().split('\n').length, 4);
    });
  });

  it('reads from a pipe and writes into one, without a word of progress', () => {
    const { status, stdout, stderr } = folder.start(
      CONLL,
      ...['convert', '--from', 'conll2003', '--to', 'conll2003', '--scheme', 'bioes', '-', '-'],
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Rome .*S-GPE$/m);
    assert.ok(!stderr.includes('\r') && !stderr.includes('\u001b'));
  });

  it('tells of each loss, and with --strict writes nothing', async () => {
    folder.write('in/a.ann', ANN + 'T4\tORG 0 11\tAda met Bob\n');
    const convert = (...more: string[]) =>
      folder.run('convert', '--from', 'brat', '--to', 'conll2003', ...more, 'in', 'out.conll');
    const strict = await convert('--strict', '--report', 'lost.jsonl');
    assert.equal(strict.status, 1);
    assert.match(strict.stderr, /a \[\d+, \d+\): lost: /);
    assert.match(strict.stderr, /Wrote nothing \(--strict\) of /);
    assert.deepEqual(Object.keys(folder.files), ['in/', 'in/a.ann', 'in/a.txt', 'lost.jsonl']);
    const notes = folder.read('lost.jsonl').trim().split('\n');
    assert.ok(notes.every((line) => typeof (JSON.parse(line) as { message: string }).message === 'string'));
    assert.equal((await convert('--quiet')).stderr, '');
    assert.ok(folder.files['out.conll']);
  });

  it('says what to do where a folder is named for one file, also for one that is not there', async () => {
    for (const out of ['in', 'new/']) {
      const args = ['--from', 'brat', '--to', 'labelstudio', 'in', out];
      const { status, stderr } = await folder.run('convert', ...args);
      assert.equal(status, 1);
      assert.match(stderr, /is a folder, and all documents go into one file: name a file, or -/);
    }
    assert.deepEqual(Object.keys(folder.files), ['in/', 'in/a.ann', 'in/a.txt']);
  });

  it('replaces nothing without --force', async () => {
    folder.write('out.conll', 'mine');
    const convert = (...more: string[]) =>
      folder.run('convert', '--from', 'brat', '--to', 'conll2003', ...more, 'in', 'out.conll');
    const { status, stderr } = await convert();
    assert.equal(status, 1);
    assert.match(stderr, /out\.conll is there already; nothing was written/);
    assert.equal(folder.read('out.conll'), 'mine');
    assert.equal((await convert('--force')).status, 0);
    assert.notEqual(folder.read('out.conll'), 'mine');
  });

  it('writes no part of a folder where one file is there, or is in the way', async () => {
    await folder.run('convert', '--from', 'brat', '--to', 'conll2003', 'in', 'one.conll');
    await folder.run('convert', '--to', 'brat', 'one.conll', 'out');
    const written = Object.keys(folder.files).find((name) => /^out\/.+\.ann$/.test(name))!;
    folder.write(written, 'mine');
    const before = folder.files;
    const { status, stderr } = await folder.run('convert', '--to', 'brat', 'one.conll', 'out');
    assert.equal(status, 1);
    assert.match(stderr, /is there already/);
    assert.deepEqual(folder.files, before);
  });

  it('leaves no trace of what breaks off in the middle', async () => {
    const line = `{"text": "${TEXT.trim()}", "entities": []}\n`;
    folder.write('many.jsonl', Buffer.concat([Buffer.from(`${line}{"text": "`), Buffer.from([0xff, 0x0a])]));
    const before = folder.files;
    for (const [format, out] of [
      ['conll2003', 'new/folder/out.conll'],
      ['brat', 'new/folder'],
    ] as const) {
      const { status, stderr } = await folder.run(
        'convert',
        '--from',
        'doccano',
        '--to',
        format,
        'many.jsonl',
        out,
      );
      assert.equal(status, 1);
      assert.match(stderr, /^corpus-annotator: many\.jsonl:2:11 is not UTF-8; save it in that encoding\n$/);
      assert.deepEqual(folder.files, before);
    }
  });

  it('leaves no trace where it is broken off by ctrl+c', async () => {
    const line = JSON.stringify({
      text: TEXT.repeat(20),
      entities: [{ start_offset: 0, end_offset: 3, label: 'PER' }],
    });
    folder.write('many.jsonl', `${line}\n`.repeat(20_000));
    const before = Object.keys(folder.files);
    const isBegun = () => fs.existsSync(path.join(folder.path, 'new'));
    const args = ['convert', '--from', 'doccano', '--to', 'brat', 'many.jsonl', 'new/out'];
    assert.equal(await folder.interrupt('SIGINT', isBegun, ...args), 130);
    assert.deepEqual(Object.keys(folder.files), before);
  });

  it('takes away what one that was killed left long ago', async () => {
    folder.write('out/.corpus-annotator-01234567.tmp/a.ann', '');
    folder.write('out/.corpus-annotator-76543210.tmp/a.ann', '');
    const old = new Date(Date.now() - 48 * 3600 * 1000);
    fs.utimesSync(path.join(folder.path, 'out/.corpus-annotator-01234567.tmp'), old, old);
    assert.equal((await folder.run('convert', '--to', 'brat', '--from', 'brat', 'in', 'out')).status, 0);
    const isTemporary = (name: string) => /^out\/[^/]*\.tmp\/$/.test(name);
    assert.deepEqual(Object.keys(folder.files).filter(isTemporary), ['out/.corpus-annotator-76543210.tmp/']);
  });

  it('says where a source is malformed, and reads the rest', async () => {
    folder.write('in/a.ann', `${ANN}T4 what is this\n`);
    const { status, stderr } = await folder.run(
      'convert',
      '--from',
      'brat',
      '--to',
      'conll2003',
      'in',
      'out.conll',
    );
    assert.equal(status, 1);
    assert.match(stderr, /^a\.ann:4:1: invalid: The line is malformed: T4 what is this$/m);
    assert.match(
      stderr,
      /^Converted 1 document, 3 entities\.\n {2}1 invalid in the source: malformed lines\n/m,
    );
    assert.match(folder.read('out.conll'), /^Rome\b.* B-GPE$/m);
  });

  it('leaves out the files of a folder that cannot be read, tells of each, and fails', async () => {
    folder.write('in/b.txt', TEXT);
    folder.write('in/b.ann', Buffer.concat([Buffer.from(ANN), Buffer.from([0x23, 0xff])]));
    folder.write('in/c.ann', ANN);
    folder.write('in/n/d.txt', Uint8Array.from([0x41, 0x0a, 0xe9]));
    folder.write('in/n/d.ann', ANN);
    folder.write('in/x.ann/y.txt', TEXT);
    for (const [to, out] of [
      ['conll2003', 'out.conll'],
      ['brat', 'out'],
    ] as const) {
      const { status, stderr } = await folder.run(
        'convert',
        '--to',
        to,
        '--from',
        'brat',
        '--quiet',
        'in',
        out,
      );
      assert.equal(status, 1);
      assert.match(stderr, /^b\.ann:4:2: invalid: Left out: b\.ann is not UTF-8;/m);
      assert.match(stderr, /^c\.ann: invalid: Left out: c\.ann needs c\.txt beside it, which is not there$/m);
      assert.match(stderr, /^n\/d\.txt:2:1: invalid: n\/d\.ann is left out: n\/d\.txt is not UTF-8;/m);
    }
    assert.equal(folder.read('out.conll').match(/-DOCSTART-/g)?.length, 1);
    assert.deepEqual(
      Object.keys(folder.files).filter((name) => name.startsWith('out/')),
      [
        'out/',
        'out/a.ann',
        'out/a.txt',
        ...['annotation', 'kb_shortcuts', 'visual'].map((name) => `out/${name}.conf`),
      ],
    );
    const strict = await folder.run(
      'convert',
      '--to',
      'conll2003',
      '--from',
      'brat',
      '--strict',
      'in',
      'strict.conll',
    );
    assert.equal(strict.status, 1);
    assert.ok(!('strict.conll' in folder.files));
  });

  it('keeps what was read of a file of a folder before its fault, and nothing where no file can be read', async () => {
    const task = (text: string) => JSON.stringify({ data: { text }, annotations: [] });
    folder.write('tasks/a.json', `[${task('Ada')},\n${task('Bob')},\n${task('Cyd')},\n{"data": oh}]`);
    const convert = () =>
      folder.run('convert', '--from', 'labelstudio', '--to', 'conll2003', '--force', 'tasks', 'o.conll');
    const { status, stderr } = await convert();
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^a\.json:4:10: invalid: a\.json is read up to here only \(documents before: \d\): /m,
    );
    assert.match(folder.read('o.conll'), /^Bob /m);
    folder.write('tasks/a.json', '[oh]');
    assert.match(
      (await convert()).stderr,
      /tasks has files of Label Studio JSON, and none of them can be read\n$/,
    );
    assert.match(folder.read('o.conll'), /^Bob /m);
  });

  it('costs a record where a line is broken, tells where, and fails', () => {
    const { status, stdout, stderr } = folder.start(
      '{"text": "Ada", "entities": []}\n{"text": \n{"text": "Bob", "entities": []}\n',
      ...['convert', '--from', 'doccano', '--to', 'conll2003', '-', '-'],
    );
    assert.equal(status, 1);
    assert.match(stderr, /^stdin:2:10: invalid: The line is malformed/m);
    assert.match(stdout, /^Ada [^]*^Bob /m);
  });

  it('says where bytes are not UTF-8, also in a large file and in a pipe', async () => {
    const record = Buffer.from(`${JSON.stringify({ text: 'é'.repeat(1500), entities: [] })}\n`);
    const many = Buffer.concat([
      ...Array<Buffer>(1500).fill(record),
      Buffer.from('é x'),
      Buffer.from([0xc3, 0x28]),
    ]);
    folder.write('many.jsonl', many);
    const args = ['convert', '--from', 'doccano', '--to', 'conll2003', '--quiet'];
    assert.match((await folder.run(...args, 'many.jsonl', '-')).stderr, /many\.jsonl:1501:4 is not UTF-8/);
    assert.match(folder.start(many, ...args, '-', '-').stderr, /stdin:1501:4 is not UTF-8/);
  });

  it('reads Parquet from a pipe', async () => {
    await folder.run('convert', '--from', 'brat', '--to', 'huggingface-parquet', 'in', 'a.parquet');
    const bytes = fs.readFileSync(path.join(folder.path, 'a.parquet'));
    for (const from of [[], ['--from', 'huggingface-parquet']]) {
      const { status, stdout, stderr } = folder.start(
        bytes,
        'convert',
        ...from,
        '--to',
        'conll2003',
        '-',
        '-',
      );
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^Rome .*B-GPE$/m);
    }
  });

  for (const [what, output, said] of [
    ['a folder in place of a file', 'in', /in is a folder, and all documents go into one file/],
    [
      'a file in place of a folder',
      'in/a.txt/b.conll',
      /cannot be written \(a part of its path is no folder\)/,
    ],
  ] as const)
    it(`says what stands against it: ${what}`, async () => {
      const before = folder.files;
      const { status, stderr } = await folder.run(
        'convert',
        '--from',
        'brat',
        '--to',
        'conll2003',
        'in',
        output,
      );
      assert.equal(status, 1);
      assert.match(stderr, said);
      assert.deepEqual(folder.files, before);
    });

  it('says so, and leaves nothing, where a disk is full or a report cannot be written', async function () {
    if (!fs.existsSync('/dev/full')) this.skip();
    folder.write('in/a.ann', `${ANN}x\n`);
    const before = folder.files;
    for (const [args, said] of [
      [['in', '/dev/full'], /\/dev\/full cannot be written \(no space is left there\)/],
      [
        ['--report', '/dev/full', 'in', 'new/o.conll'],
        /\/dev\/full cannot be written \(no space is left there\)/,
      ],
      [['--report', 'no/r.jsonl', 'in', 'o.conll'], /no\/r\.jsonl cannot be written \(there is no such file/],
    ] as const) {
      const { status, stderr } = await folder.run(
        'convert',
        '--from',
        'brat',
        '--to',
        'conll2003',
        '--quiet',
        ...args,
      );
      assert.equal(status, 1);
      assert.match(stderr, said);
      assert.deepEqual(folder.files, before);
    }
    assert.ok(fs.statSync('/dev/full').isCharacterDevice());
  });

  it('says what is not there, and what is no format', async () => {
    folder.write('x.conll', '');
    for (const [input, said] of [
      ['nowhere', /nowhere cannot be read \(there is no such file or folder\)/],
      ['in/a.txt', /is not a format that is known; name it by --from/],
    ] as const) {
      const { status, stderr } = await folder.run('convert', '--to', 'brat', input, 'out');
      assert.equal(status, 1);
      assert.match(stderr, said);
      assert.ok(!('out/' in folder.files));
    }
  });
});
