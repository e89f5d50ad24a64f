import { ArticleChecks } from './article-checks';
import { ArticleCounts } from './article-counts';
import { ArticleDocuments } from './article-documents';
import type { Values } from './command';
import { DiskCorpus } from './corpus';
import { DocumentParts, type PartWriting } from './document-parts';
import { FilesInParts } from './documents';
import { StagedFiles } from './staged-files';

interface About {
  readonly root: string;
  readonly options: Values;
}

interface AboutWriting {
  readonly writing: PartWriting;
}

/** What works in the second thread, by the names that commands call it by. */
export const WORKERS = {
  checks: ({ root, options }: About) => new ArticleChecks(new DiskCorpus(root), options),
  articles: ({ root, options, writing }: About & AboutWriting) =>
    new DocumentParts(new ArticleDocuments(new DiskCorpus(root), options), writing),
  files: ({ writing, ...about }: FilesInParts['about'] & AboutWriting) =>
    new DocumentParts(new FilesInParts(about), writing),
  staged: ({ staged, folder }: { readonly staged: string; readonly folder: string }) =>
    new StagedFiles(staged, folder),
  counts: ({ root, options }: About) => new ArticleCounts(new DiskCorpus(root), options),
};
