import { link } from './link.ts';

const step = (id: string, title: string, doneWhen: string, altText: string, ...lines: readonly string[]) => ({
  id,
  title,
  description: lines.join('\n'),
  media: { svg: `media/walkthrough/${id}.svg`, altText },
  completionEvents: [`onContext:corpusAnnotator.${doneWhen}`],
});

/** The first steps. */
export const walkthroughs = [
  {
    id: 'firstTag',
    title: 'Tag your first article',
    description: 'Five steps, from a folder of texts to tags that you can share.',
    steps: [
      step(
        'open',
        'Open your articles',
        'did.open',
        'A folder of articles. One of them has a second file of the same name for its tags.',
        'An article is a text file. Open one from the list, or press **ctrl+p** and type its name.',
        link('Show My Articles', 'articles.focus'),
        link('Open a Folder', 'vscode.openFolder'),
        'Tags are kept in a small file beside each article. Your text stays as it is.',
      ),
      step(
        'tag',
        'Tag a name',
        'did.tag',
        'A sentence with two names in colour. The key g tags with the label GPE.',
        'Put the cursor on a name, or select some words, and press the key of a label: **p** for PER, **g** for GPE. Other labels have other keys: see the Labels view.',
        link('Tag What Is Selected', 'tagSelection'),
        'Articles are locked, so no key changes the text. **alt+a** unlocks and locks it. **ctrl+z** takes back the last tag.',
      ),
      step(
        'all',
        'Tag it everywhere',
        'did.tagAll',
        'Three more mentions of one name, each with a check mark.',
        'Put the cursor on the name you tagged and press **alt+m**: every other mention in the article is listed, and one key tags them all. **alt+shift+m** does it for all articles.',
        link('Tag All Mentions', 'tagAllInArticle'),
      ),
      step(
        'labels',
        'Choose your labels',
        'hasLabelSet',
        'Four labels, each with a key and a color.',
        'Start with the labels of a known scheme, or with your own. They are in **corpus.yaml**, with a key and a color for each.',
        link('Create a Label Set', 'createLabelSet'),
        link('Add a Label', 'addLabel'),
      ),
      step(
        'review',
        'Review, and go on',
        'did.finish',
        'Enter says that a tag is right, delete that it is wrong. 12 of 20 articles are done.',
        'Press **alt+u** to go through what nobody has checked yet: **enter** accepts, **delete** removes, a label’s key corrects. Then mark the article as done.',
        link('Review Next', 'reviewNext'),
        link('Mark Article as Done', 'markDone'),
      ),
    ],
  },
];
