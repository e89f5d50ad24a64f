import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import type { Side } from '../../core/sidecar/conflict-markers';
import type { SidesMerged } from '../../workspace/files/merge-sides';

/** Where it is kept of which article's versions it is known whose they are. */
const KEY = 'merging.owners';
/** Of how many articles. */
const MOST_KEPT = 200;

/** Of one article: what the sides are called, and the ids of the versions of each. */
type Owners = Readonly<Record<Side, { readonly name: string; readonly ids: readonly string[] }>>;

/**
 * Whose the versions are that a merge of git's two sides kept: the sidecar does not say, so that it is the same on
 * both sides. This workspace remembers it until they are settled.
 */
export class VersionOwners {
  constructor(private readonly memento: vscode.Memento) {}

  private get all(): Readonly<Record<string, Owners>> {
    return this.memento.get(KEY, {});
  }

  /** Remembers what a merge said, and forgets what an earlier one did. */
  async remember(article: vscode.Uri, { owners, names }: SidesMerged): Promise<void> {
    const key = article.toString();
    const others = Object.entries(this.all).filter(([other]) => other !== key);
    const idsOf = (side: Side) => [...owners].flatMap(([id, whose]) => (whose === side ? [id] : []));
    const own: Owners = {
      ours: { name: names.ours, ids: idsOf('ours') },
      theirs: { name: names.theirs, ids: idsOf('theirs') },
    };
    const kept = others.slice(1 - MOST_KEPT);
    const all = owners.size === 0 ? kept : [...kept, [key, own] as const];
    await this.memento.update(KEY, Object.fromEntries(all));
  }

  /** `ours (main)`, where an entity is such a version. */
  describe(article: string, { id, conflict }: Entity): string | undefined {
    const owners = conflict === undefined ? undefined : this.all[article];
    if (!owners) return undefined;
    const { t } = vscode.l10n;
    const { ours, theirs } = owners;
    if (ours.ids.includes(id)) return ours.name === '' ? t('ours') : t('ours ({0})', ours.name);
    if (!theirs.ids.includes(id)) return undefined;
    return theirs.name === '' ? t('theirs') : t('theirs ({0})', theirs.name);
  }
}
