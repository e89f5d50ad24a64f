import fs from 'node:fs';
import path from 'node:path';

/**
 * The README as it is shown where the extension is installed: nothing is beside it there, and the page takes pictures
 * only from the web or from within. So pictures are within, and what a link leads to in the repository is its name.
 * @param {string} text @param {string} folder that links and pictures are relative to
 */
export function packagedReadme(text, folder) {
  return text
    .replace(/!\[([^\]]*)\]\((?!\w+:)([^)\s]+\.png)\)/g, (_, alt, name) => {
      const data = fs.readFileSync(path.join(folder, name)).toString('base64');
      return `![${alt}](data:image/png;base64,${data})`;
    })
    .replace(/(?<!!)\[([^\]]+)\]\((?!\w+:)[^)\s]+\)/g, '$1');
}
