import type { AgreementOptions } from '../core/agreement';
import { ArticleAgreement } from './article-agreement';
import { ArticleChecks } from './article-checks';
import { ArticleCounts } from './article-counts';
import type { Values } from './command';
import { DiskCorpus } from './corpus';
import { StagedFiles } from './staged-files';

interface About {
  readonly root: string;
  readonly options: Values;
}

interface AboutAgreement extends About {
  readonly layers: readonly string[];
  readonly agreement: AgreementOptions;
}

/** What works in the second thread, by the names that commands call it by. */
export const WORKERS = {
  agreement: ({ root, options, layers, agreement }: AboutAgreement) =>
    new ArticleAgreement(new DiskCorpus(root), options, layers, agreement),
  checks: ({ root, options }: About) => new ArticleChecks(new DiskCorpus(root), options),
  staged: ({ staged, folder }: { readonly staged: string; readonly folder: string }) =>
    new StagedFiles(staged, folder),
  counts: ({ root, options }: About) => new ArticleCounts(new DiskCorpus(root), options),
};
