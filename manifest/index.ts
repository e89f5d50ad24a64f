import { commands } from './commands.ts';
import { grammars, languages, yamlValidation } from './files.ts';
import { keybindings } from './keys.ts';
import { menus, submenus } from './menus.ts';
import { configuration, configurationDefaults } from './settings.ts';
import { views, viewsContainers, welcomes } from './views.ts';
import { walkthroughs } from './walkthrough.ts';

/** Members that the editor shows. */
const SHOWN =
  /^(?:title|name|label|aliases|description|markdownDescription|enumDescriptions|contents|altText)$/;
/** Members that it shows, and that are one text wherever they stand. */
const COMMON = /^(?:category|contextualTitle)$/;

/** Texts in English by the keys that stand for them in package.json. */
export type Sentences = Record<string, string>;

/**
 * A part of the manifest with `%key%` for each text that is shown; adds the texts to `sentences`. A key is the
 * path to its text, by ids where there are some, so that it stays when a row is added.
 */
function withKeys(sentences: Sentences, part: unknown, path: string, isShown = false): unknown {
  if (typeof part === 'string' && isShown) {
    sentences[path] = part;
    return `%${path}%`;
  }
  if (typeof part !== 'object' || part === null) return part;
  const members = Object.entries(part as Readonly<Record<string, unknown>>).map(([name, value]) => {
    const { id, command } = Object(value) as { readonly id?: string; readonly command?: string };
    const at = `${path}.${id ?? command ?? name}`.replaceAll('corpusAnnotator.', '');
    const isText = SHOWN.test(name) || (isShown && Array.isArray(part));
    return COMMON.test(name)
      ? ([name, withKeys(sentences, value, name, true)] as const)
      : ([name, withKeys(sentences, value, at, isText)] as const);
  });
  return Array.isArray(part) ? members.map(([, value]) => value) : Object.fromEntries(members);
}

/** What package.json says under `contributes`, and what package.nls.json holds. */
export function manifest(): { readonly contributes: object; readonly sentences: Sentences } {
  const sentences: Sentences = {};
  const parts = {
    languages,
    grammars,
    configurationDefaults,
    viewsContainers,
    views,
    commands,
    keybindings,
    submenus,
    menus,
    walkthroughs,
    viewsWelcome: welcomes,
    configuration,
    yamlValidation,
  };
  const contributes = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, withKeys(sentences, part, name)]),
  );
  return {
    contributes: { ...contributes, viewsWelcome: Object.values(contributes.viewsWelcome as object) },
    sentences,
  };
}
