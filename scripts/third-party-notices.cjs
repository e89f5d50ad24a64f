// What the licences of bundled packages ask for: their notices, in one file beside the bundles. Packages whose licence
// has the same words share them.
const fs = require('node:fs');
const path = require('node:path');

/** saxes 6.0.0 says that it is under the ISC license and comes without its text. */
const ISC = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`;

/** The notices for files that were bundled. @param inputs paths, of packages and others */
exports.thirdPartyNotices = function (inputs) {
  const folders = new Set(inputs.flatMap((input) => folderOf(path.resolve(input)) ?? []));
  const byTerms = new Map();
  for (const { terms, head } of [...folders].sort().map(noticeOf))
    byTerms.set(terms, [...(byTerms.get(terms) ?? []), head]);
  const parts = [...byTerms].map(([terms, heads]) => [...heads, terms].join('\n\n'));
  return `Parts of the following packages are in this program.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
};

/** The folder of the package that a file is of; `undefined` for our own. */
function folderOf(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}

/** What a package says of itself and of whose it is, and the terms, which others may share, without line breaks. */
function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const file = fs.readdirSync(folder).find((one) => /^licen[cs]e(?:\.\w+)?$/i.test(one));
  if (!file && license !== 'ISC') throw new Error(`${name} has no text of its licence`);
  const text = file ? fs.readFileSync(path.join(folder, file), 'utf8') : `Copyright ${author}\n\n${ISC}`;
  const isRight = (line) => /^(?:Copyright|All rights reserved)\b/.test(line);
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const rights = lines.filter(isRight);
  const rest = lines.filter(
    (line) => !isRight(line) && !/^(?:the )?[\w\d -]+ license(?: \(\w+\))?$/i.test(line),
  );
  const paragraphs = rest.join('\n').split(/\n{2,}/);
  const terms = paragraphs.map((one) => one.replace(/\s+/g, ' ').trim()).filter((one) => one !== '');
  return { head: [`${name} ${version} (${license})`, ...rights].join('\n'), terms: terms.join('\n\n') };
}
