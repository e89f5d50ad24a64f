import fs from 'node:fs';

/** package.json as the editor knows it in English: with the sentences of package.nls.json for their keys. */
export function readManifest<T>(): T {
  const sentences = JSON.parse(fs.readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
  return JSON.parse(fs.readFileSync('package.json', 'utf8'), (_, value: unknown) => {
    const key = typeof value === 'string' ? /^%(.+)%$/.exec(value)?.[1] : undefined;
    return key === undefined ? value : sentences[key];
  }) as T;
}
