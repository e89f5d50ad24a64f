// hyparquet repeats a value of a page as often as the page says, however few values it is to have, up to 2^31: one
// damaged byte keeps it busy for a minute, or takes all memory (seen in 1.31.5 and 1.33.0). In our bundles a run ends
// with the values that it is for. The build fails where hyparquet no longer has these lines, so that this goes then.
const fs = require('node:fs/promises');

const BOUNDED = [
  ['const count = header >>> 1\n', 'const count = Math.min(header >>> 1, output.length - seen)\n'],
  ['let count = header >> 1 << 3 //', 'let count = Math.min((header >>> 1) * 8, output.length - seen) //'],
];

/** @type {import('esbuild').Plugin} */
exports.boundedRuns = {
  name: 'bounded-runs',
  setup({ onLoad }) {
    onLoad({ filter: /hyparquet[\\/]src[\\/]encoding\.js$/ }, async ({ path }) => {
      let contents = (await fs.readFile(path, 'utf8')).replaceAll('\r\n', '\n');
      for (const [from, to] of BOUNDED) {
        if (contents.split(from).length !== 2) throw new Error(`${path} does not have: ${from}`);
        contents = contents.replace(from, to);
      }
      return { contents, loader: 'js' };
    });
  },
};
